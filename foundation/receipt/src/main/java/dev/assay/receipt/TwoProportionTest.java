package dev.assay.receipt;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The pooled z test of two proportions, two-sided: whether a share is the same in two samples.
///
/// @param z difference of the shares over its standard error, without sign; its square is the statistic of
///          [ChiSquareTest] for two values
/// @param p how often samples with one share lie so far apart, 0 to 1
public record TwoProportionTest(double z, double p) {
    /// The test of `x` among `n` against `y` among `m`. Where all or none are counted there is nothing to tell
    /// apart, and p is 1.
    ///
    /// @throws IllegalArgumentException if a sample is empty, or a count not between 0 and its sample's size
    public static TwoProportionTest of(long x, long n, long y, long m) {
        Rules.require(n > 0 && m > 0, "there must be a value in both samples");
        Rules.require(x >= 0 && x <= n && y >= 0 && y <= m, "a count must be between 0 and the size of its sample");
        double pooled = ((double) x + y) / ((double) n + m);
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / n + 1.0 / m));
        if (error == 0) {
            return new TwoProportionTest(0, 1);
        }
        double z = Math.abs((double) x / n - (double) y / m) / error;
        return new TwoProportionTest(
                z, Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(z)));
    }

    /// The test of counts in at most two cells.
    ///
    /// @throws IllegalArgumentException if there are more
    public static TwoProportionTest of(CellCounts cells) {
        Rules.require(cells.cells() <= 2, "the test of two proportions takes two values, not " + cells.cells());
        return of(cells.reference(0), cells.referenceTotal(), cells.current(0), cells.currentTotal());
    }
}
