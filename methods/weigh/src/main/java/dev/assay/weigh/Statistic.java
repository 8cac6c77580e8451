package dev.assay.weigh;

import java.util.Arrays;
import java.util.Optional;

/// What is estimated from weighted rows: a total, or a quotient of two totals, of which means are a case; over all
/// rows or over a domain. Rows without a value are no part of the domain: their cells count 0, their weights and
/// their part in the design stay, so that a standard error knows that the domain's size was drawn, too.
///
/// The arrays are kept, not copied.
///
/// @param name        what people call it
/// @param numerator   `[rows]` finite
/// @param denominator `[rows]` finite, for quotients
/// @param domain      `[rows]` which rows count; empty if all do. What stands in the others is not looked at
public record Statistic(String name, double[] numerator, Optional<double[]> denominator, Optional<boolean[]> domain) {
    /// @throws IllegalArgumentException if lengths differ or a value is not finite
    public Statistic {
        if (denominator.filter(x -> x.length != numerator.length).isPresent()
                || domain.filter(d -> d.length != numerator.length).isPresent()) {
            throw new IllegalArgumentException("numerator, denominator and domain of '" + name + "' differ in length");
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
        return new Statistic(name, y, Optional.empty(), Optional.empty());
    }

    /// `sum w y / sum w`.
    public static Statistic mean(String name, double[] y) {
        double[] ones = new double[y.length];
        Arrays.fill(ones, 1);
        return ratio(name, y, ones);
    }

    /// `sum w y / sum w x`.
    public static Statistic ratio(String name, double[] y, double[] x) {
        return new Statistic(name, y, Optional.of(x), Optional.empty());
    }

    /// The same over the rows of a domain that counted so far.
    ///
    /// @param rows `[rows]`
    public Statistic within(String newName, boolean[] rows) {
        boolean[] both = rows;
        if (domain.isPresent()) {
            both = rows.clone();
            for (int i = 0; i < both.length; i++) {
                both[i] &= domain.get()[i];
            }
        }
        return new Statistic(newName, numerator, denominator, Optional.of(both));
    }

    /// What a row adds to the numerator.
    double top(int row) {
        return in(row) ? numerator[row] : 0;
    }

    /// What a row adds to the denominator; 0 for totals.
    double bottom(int row) {
        return denominator.isPresent() && in(row) ? denominator.get()[row] : 0;
    }

    private boolean in(int row) {
        return domain.isEmpty() || domain.get()[row];
    }

    /// `[rows]` whether a row has part in the estimate: it lies in the domain, weighs other than 0 and, for a
    /// quotient, adds to one of its sums.
    boolean[] counted(double[] weights) {
        boolean[] counted = new boolean[numerator.length];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = in(i)
                    && weights[i] != 0
                    && (denominator.isEmpty()
                            || numerator[i] != 0
                            || denominator.get()[i] != 0);
        }
        return counted;
    }
}
