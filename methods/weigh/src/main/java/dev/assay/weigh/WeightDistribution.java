package dev.assay.weigh;

/// How the final weights are spread and how far they went from the design weights.
///
/// @param ratio             of `w / d` over rows with a positive design weight
/// @param weight            of `w` over all rows
/// @param sum               `sum w`
/// @param negative          rows with `w < 0`
/// @param zero              rows with `w = 0`
/// @param nearlyZero        rows with a positive design weight and a ratio within a millionth of 0
/// @param nearlyAtBound     rows within a millionth of the way from a ratio of 1 to a bound
/// @param atLower           rows at their lower bound
/// @param atUpper           rows at their upper bound
/// @param effectiveSize     `(sum w)^2 / sum w^2` (Kish 1965)
/// @param designEffect      rows over the effective size
/// @param chiSquareDistance `sum (w - d)^2 / d` over rows with a positive design weight
/// @param entropyDistance   `sum w ln(w / d) - w + d`; NaN if a weight is negative
public record WeightDistribution(
        Quantiles ratio,
        Quantiles weight,
        double sum,
        int negative,
        int zero,
        int nearlyZero,
        int nearlyAtBound,
        int atLower,
        int atUpper,
        double effectiveSize,
        double designEffect,
        double chiSquareDistance,
        double entropyDistance) {

    /// Quantiles with linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). NaN if
    /// there are no values.
    ///
    /// @param min   the least value
    /// @param p0001 0.1 percent lie below
    /// @param p001  1 percent
    /// @param p005  5 percent
    /// @param p025  25 percent
    /// @param p050  the median
    /// @param p075  75 percent
    /// @param p095  95 percent
    /// @param p099  99 percent
    /// @param p0999 99.9 percent
    /// @param max   the greatest value
    public record Quantiles(
            double min,
            double p0001,
            double p001,
            double p005,
            double p025,
            double p050,
            double p075,
            double p095,
            double p099,
            double p0999,
            double max) {}
}
