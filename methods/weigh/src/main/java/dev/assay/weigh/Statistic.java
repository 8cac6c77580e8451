package dev.assay.weigh;

import java.util.Arrays;
import java.util.Optional;

/// What is estimated from weighted rows: a total, or a quotient of two totals, of which means are a case.
///
/// The arrays are kept, not copied.
///
/// @param name        what people call it
/// @param numerator   `[rows]` finite
/// @param denominator `[rows]` finite, for quotients
public record Statistic(String name, double[] numerator, Optional<double[]> denominator) {
    /// @throws IllegalArgumentException if lengths differ or a value is not finite
    public Statistic {
        if (denominator.isPresent() && denominator.get().length != numerator.length) {
            throw new IllegalArgumentException("numerator and denominator of '" + name + "' differ in length");
        }
        if (!Arrays.stream(numerator).allMatch(Double::isFinite)
                || denominator
                        .filter(x -> !Arrays.stream(x).allMatch(Double::isFinite))
                        .isPresent()) {
            throw new IllegalArgumentException("'" + name + "' must have finite values");
        }
    }

    /// `sum w y`.
    public static Statistic total(String name, double[] y) {
        return new Statistic(name, y, Optional.empty());
    }

    /// `sum w y / sum w`.
    public static Statistic mean(String name, double[] y) {
        double[] ones = new double[y.length];
        Arrays.fill(ones, 1);
        return new Statistic(name, y, Optional.of(ones));
    }

    /// `sum w y / sum w x`.
    public static Statistic ratio(String name, double[] y, double[] x) {
        return new Statistic(name, y, Optional.of(x));
    }

    /// The same over the rows of a domain.
    ///
    /// @param domain `[rows]`
    public Statistic within(String newName, boolean[] domain) {
        return new Statistic(newName, masked(numerator, domain), denominator.map(x -> masked(x, domain)));
    }

    private static double[] masked(double[] values, boolean[] domain) {
        double[] masked = values.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] = domain[i] ? masked[i] : 0;
        }
        return masked;
    }
}
