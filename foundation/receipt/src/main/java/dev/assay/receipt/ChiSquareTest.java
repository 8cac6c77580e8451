package dev.assay.receipt;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Pearson's test of a contingency table of 2 by k: whether two samples of categories come from one
/// distribution.
///
/// Not the goodness of fit to the reference: that takes the reference's own noise for truth, and has no answer
/// to a value that the reference does not have.
///
/// @param statistic the sum of (observed - expected)^2 / expected over all cells, without Yates' correction
/// @param df        degrees of freedom: values less one
/// @param p         how often samples of one distribution lie so far apart, 0 to 1
public record ChiSquareTest(double statistic, int df, double p) {
    /// The test of these counts. With fewer than two values there is nothing to tell apart, and p is 1.
    public static ChiSquareTest of(CellCounts cells) {
        double n = cells.referenceTotal();
        double m = cells.currentTotal();
        double statistic = 0;
        int values = 0;
        for (int i = 0; i < cells.cells(); i++) {
            double both = (double) cells.reference(i) + cells.current(i);
            if (both > 0) {
                values++;
                statistic += share(cells.reference(i), both * n / (n + m));
                statistic += share(cells.current(i), both * m / (n + m));
            }
        }
        int df = values - 1;
        double p = df < 1 ? 1 : ChiSquaredDistribution.of(df).survivalProbability(statistic);
        return new ChiSquareTest(statistic, df, p);
    }

    private static double share(double observed, double expected) {
        return (observed - expected) * (observed - expected) / expected;
    }
}
