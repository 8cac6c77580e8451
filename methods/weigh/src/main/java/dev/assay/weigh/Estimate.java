package dev.assay.weigh;

import org.apache.commons.statistics.distribution.TDistribution;

/// An estimate with its precision. What cannot be known is NaN, and `reason` says why.
///
/// @param name          of the statistic
/// @param value         the estimate; NaN if no row counts or a denominator adds up to 0
/// @param standardError its standard error; NaN if the sample says nothing of it
/// @param lower         lower end of the 95 percent interval, `value - t standardError`; NaN without one
/// @param upper         upper end
/// @param variation     coefficient of variation, `standardError / |value|`; NaN at 0
/// @param designEffect  variance over that of a simple random sample of as many rows, drawn with replacement
///                      from the domain: `(sum w)^2 s^2 / n` for a total, with `s^2 = n / (n - 1) sum w (y -
///                      mean)^2 / sum w` (Kish 1965); of the linearised variable for a quotient. NaN if that
///                      is not positive
/// @param basis         what it rests on
/// @param reason        why value, standard error or interval is missing, in a few words; else empty
public record Estimate(
        String name,
        double value,
        double standardError,
        double lower,
        double upper,
        double variation,
        double designEffect,
        Basis basis,
        String reason) {
    /// Fewer primary units have no interval: with four rows of a skewed variable an interval by t holds the
    /// mean of the domain four times in five, with eight of a moderately skewed one nine times in ten.
    public static final int LEAST_UNITS = 8;

    /// What an estimate rests on.
    ///
    /// @param rows              rows that count: in the domain, with a weight other than 0
    /// @param units             primary units they lie in
    /// @param degrees           degrees of freedom: these primary units less their strata, not counting strata
    ///                          of which every unit was drawn; fewer where fewer replicates are left
    /// @param quantile          97.5 percent point of Student's t with so many; NaN below 1
    /// @param replicatesLeftOut replicates in which it does not exist or that were not calibrated
    public record Basis(int rows, int units, int degrees, double quantile, int replicatesLeftOut) {
        static Basis of(Reach reach, int degrees, int replicatesLeftOut) {
            return new Basis(
                    reach.rows(),
                    reach.units(),
                    degrees,
                    degrees < 1 ? Double.NaN : TDistribution.of(degrees).inverseCumulativeProbability(0.975),
                    replicatesLeftOut);
        }
    }

    /// Whether there is an interval.
    public boolean hasInterval() {
        return !Double.isNaN(lower);
    }
}
