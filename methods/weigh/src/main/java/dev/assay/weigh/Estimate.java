package dev.assay.weigh;

/// An estimate with its precision.
///
/// @param name          of the statistic
/// @param value         the estimate
/// @param standardError its standard error
/// @param lower         lower end of the 95 percent interval, `value - 1.96 standardError`
/// @param upper         upper end
/// @param variation     coefficient of variation, `standardError / |value|`; NaN at 0
/// @param designEffect  variance over that of a simple random sample of as many rows, drawn with replacement
///                      from the same population: `(sum w)^2 s^2 / n` for a total, with `s^2 = n / (n - 1)
///                      sum w (y - mean)^2 / sum w` (Kish 1965); of the linearised variable for a quotient.
///                      NaN if that is 0
public record Estimate(
        String name,
        double value,
        double standardError,
        double lower,
        double upper,
        double variation,
        double designEffect) {
    /// The 97.5 percent point of the normal distribution.
    private static final double Z = 1.959963984540054;

    /// @param variance `>= 0`
    /// @param simple   the variance under simple random sampling
    static Estimate of(String name, double value, double variance, double simple) {
        double error = Math.sqrt(variance);
        return new Estimate(
                name,
                value,
                error,
                value - Z * error,
                value + Z * error,
                value == 0 ? Double.NaN : error / Math.abs(value),
                simple > 0 ? variance / simple : Double.NaN);
    }
}
