package dev.assay.trees.internal;

import java.util.Arrays;

/// A Pareto tail: P(Y > y | Y > t) = (y/t)^-alpha for y >= t.
///
/// @param alpha       tail index, NaN if there is none to estimate
/// @param threshold   t: the 99th percentile of training
/// @param exceedances training values above t
public record Hill(double alpha, double threshold, int exceedances) {
    private static final double LEVEL = 0.99;

    /// No tail.
    public static final Hill NONE = new Hill(Double.NaN, Double.POSITIVE_INFINITY, 0);

    /// Hill's (1975) estimator on the values above the weighted 99th percentile: `1/alpha = sum w ln(y/t) / sum
    /// w` over y > t. None if t is not positive or nothing lies above it.
    public static Hill of(Rows rows) {
        double total = Arrays.stream(rows.weight()).sum();
        double sum = 0;
        int at = 0;
        while (at < rows.count() - 1 && (sum += rows.weight()[at]) < LEVEL * total) {
            at++;
        }
        double threshold = rows.response()[at];
        int from = Rows.firstAbove(rows.response(), threshold);
        if (!(threshold > 0) || from == rows.count()) {
            return NONE;
        }
        double logs = 0;
        double mass = 0;
        for (int i = from; i < rows.count(); i++) {
            logs += rows.weight()[i] * Math.log(rows.response()[i] / threshold);
            mass += rows.weight()[i];
        }
        return new Hill(mass / logs, threshold, rows.count() - from);
    }

    /// Whether the tail reaches down to `v`.
    boolean covers(double v) {
        return alpha > 0 && v >= threshold;
    }

    /// A value beyond `v`, `u` uniform on (0, 1].
    double beyond(double v, double u) {
        return Math.min(Double.MAX_VALUE, v * Math.pow(u, -1 / alpha));
    }
}
