package dev.assay.trees;

/// The sign of an amount; the order is that of cumulative masses and of gate classes.
public enum Sign {
    /// Below zero.
    NEGATIVE,
    /// Zero within the tolerance.
    ZERO,
    /// Above zero.
    POSITIVE;

    /// The sign of `y`, |y| up to `zeroTolerance` being zero.
    public static Sign of(double y, double zeroTolerance) {
        if (Math.abs(y) <= zeroTolerance) {
            return ZERO;
        }
        return y < 0 ? NEGATIVE : POSITIVE;
    }
}
