package dev.assay.trees;

import dev.assay.fault.Fault;

/// When a value is zero, and when a sign counts as present.
///
/// @param zeroTolerance |y| up to this is zero, and is drawn as exactly 0; at least 0
/// @param minCount      least number of rows of a sign, at least 1
/// @param minShare      least weighted share of a sign, in [0, 1). 0.01 reproduces microimpute, and erases any
///     programme received by fewer than one in a hundred
/// @param resample      whether rows of a sign that is not present are drawn as they are, at their
///     share; otherwise no such value is drawn
public record RegimeSettings(double zeroTolerance, int minCount, double minShare, boolean resample) {
    /// A millionth of a unit.
    public static final double ZERO_TOLERANCE = 1e-6;
    /// Fewer than ten rows are too few to model.
    public static final int MIN_COUNT = 10;
    /// Rare is not absent.
    public static final double MIN_SHARE = 0;

    /// A total keeps what few rows bring to it.
    public static final boolean RESAMPLE = true;

    /// The defaults.
    public static final RegimeSettings DEFAULT = new RegimeSettings(ZERO_TOLERANCE, MIN_COUNT, MIN_SHARE, RESAMPLE);

    /// @throws Fault (BAD_SETTING) if a component is out of range
    public RegimeSettings {
        require(zeroTolerance >= 0 && Double.isFinite(zeroTolerance), "zeroTolerance", "finite and at least 0");
        require(minCount >= 1, "minCount", "at least 1");
        require(minShare >= 0 && minShare < 1, "minShare", "in [0, 1)");
    }

    /// The same with another least number of rows of a sign.
    public RegimeSettings withMinCount(int rows) {
        return new RegimeSettings(zeroTolerance, rows, minShare, resample);
    }

    /// The same with or without drawing what is too rare to model.
    public RegimeSettings withResample(boolean on) {
        return new RegimeSettings(zeroTolerance, minCount, minShare, on);
    }

    private static void require(boolean holds, String name, String range) {
        if (!holds) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "regime setting '" + name + "' is out of range; it must be " + range + ".");
        }
    }
}
