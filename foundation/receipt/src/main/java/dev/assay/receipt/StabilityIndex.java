package dev.assay.receipt;

/// The population stability index: the sum of (p - q) ln(p / q) over cells, p the shares of the reference.
///
/// Customary readings are moderate from 0.1 and major from 0.25 on. It is told for information: on fifty values
/// it calls two runs of one thing major, and on a long tail it misses a plain shift.
///
/// @param value 0 or more
public record StabilityIndex(double value) {
    private static final double FILL = 1e-4;
    private static final double SMALLER = 1e6;

    /// The index of these counts. A share of 0 is filled, on each side by itself, with 0.0001, or with a
    /// millionth of the smallest other share where that is not larger than 0.0001. Shares are not made to add up
    /// again.
    public static StabilityIndex of(CellCounts cells) {
        double[] p = new double[cells.cells()];
        double[] q = new double[cells.cells()];
        for (int i = 0; i < p.length; i++) {
            p[i] = (double) cells.reference(i) / cells.referenceTotal();
            q[i] = (double) cells.current(i) / cells.currentTotal();
        }
        fill(p);
        fill(q);
        double value = 0;
        for (int i = 0; i < p.length; i++) {
            value += (p[i] - q[i]) * Math.log(p[i] / q[i]);
        }
        return new StabilityIndex(value);
    }

    private static void fill(double[] shares) {
        double smallest = 1;
        for (double share : shares) {
            smallest = share > 0 ? Math.min(smallest, share) : smallest;
        }
        double fill = smallest > FILL ? FILL : smallest / SMALLER;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = shares[i] > 0 ? shares[i] : fill;
        }
    }
}
