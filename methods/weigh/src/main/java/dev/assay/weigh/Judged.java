package dev.assay.weigh;

import java.util.Arrays;

/// What is said of an estimate: which of value, standard error and interval the sample can bear.
final class Judged {
    /// A standard error below this part of what was added up is rounding.
    private static final double ROUNDING = 1e-12;

    /// A standard error below this part of what was added up is what calibrations leave: they meet their
    /// targets to 1e-9, and each replicate misses them in its own way.
    private static final double MISSED = 1e-7;

    /// A calibration that leaves less than this part of the standard error fixes the estimate.
    private static final double FIXED = 1e-3;

    private final Statistic statistic;
    private final double[] weights;
    private final boolean[] counted;
    private final Linearised linear;

    /// @param weights `[rows]` the full sample's
    Judged(Statistic statistic, double[] weights) {
        this.statistic = statistic;
        this.weights = weights;
        this.counted = statistic.counted(weights);
        this.linear = Linearised.of(statistic, weights);
    }

    /// @throws IllegalArgumentException if a weight is not finite
    static double[] finite(double[] weights) {
        if (!Arrays.stream(weights).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a weight is not a finite number");
        }
        return weights;
    }

    Linearised linear() {
        return linear;
    }

    /// `[rows]` the rows that count.
    boolean[] counted() {
        return counted;
    }

    /// The estimate.
    ///
    /// @param variance NaN if unknown
    /// @param plain    its variance were there no calibration
    /// @param valued   how many units differ from what the others may all be, see [#valued]
    Estimate estimate(Reach reach, Estimate.Basis basis, double variance, double plain, int valued) {
        double value = linear.value();
        if (reach.rows() == 0) {
            return told(Double.NaN, Double.NaN, basis, "no row has a value and a weight");
        }
        if (!Double.isFinite(value)) {
            return told(
                    Double.NaN,
                    Double.NaN,
                    basis,
                    Double.isNaN(value) ? "the denominator adds up to 0" : "the sum is greater than any number");
        }
        if (reach.taken()) {
            return told(value, 0, basis, "every primary unit was drawn, so there is no sampling error");
        }
        double error = Math.sqrt(variance);
        if (!Double.isFinite(error)) {
            return told(
                    value,
                    Double.NaN,
                    basis,
                    Double.isNaN(error) ? "too few replicates are left" : "its variance is greater than any number");
        }
        if (Math.sqrt(plain) <= ROUNDING * linear.size()) {
            return told(
                    value,
                    Double.NaN,
                    basis,
                    reach.units() == 1 ? "it rests on one primary unit" : "no two primary units differ");
        }
        if (error <= MISSED * linear.size() && error <= FIXED * Math.sqrt(plain)) {
            return told(value, error, basis, "the calibration fixes it, so there is no sampling error");
        }
        if (reach.units() < Estimate.LEAST_UNITS) {
            return told(value, error, basis, resting(reach.units()) + ", too few for an interval");
        }
        if (basis.degrees() < 1) {
            return told(value, error, basis, "there are no degrees of freedom");
        }
        if (valued < Estimate.LEAST_UNITS) {
            return told(
                    value,
                    error,
                    basis,
                    (valued == 1 ? "one primary unit differs" : valued + " primary units differ")
                            + " from the others, too few for an interval");
        }
        double half = basis.quantile() * error;
        return full(value, error, value - half, value + half, basis, "");
    }

    /// How many primary units have a value other than 0 or, for a quotient, other than 1 (numerator and denominator
    /// differ), whichever are fewer: of a share near 0 or 1 only these tell anything.
    ///
    /// @param unit  `[rows]` the primary unit of each
    /// @param units how many there are
    int valued(int[] unit, int units) {
        boolean[] other = new boolean[units];
        boolean[] apart = new boolean[units];
        for (int i = 0; i < counted.length; i++) {
            if (counted[i]) {
                other[unit[i]] |= statistic.top(i) != 0;
                apart[unit[i]] |= statistic.denominator().isEmpty() || statistic.top(i) != statistic.bottom(i);
            }
        }
        int n = 0;
        int m = 0;
        for (int u = 0; u < units; u++) {
            n += other[u] ? 1 : 0;
            m += apart[u] ? 1 : 0;
        }
        return statistic.denominator().isEmpty() ? n : Math.min(n, m);
    }

    private static String resting(int units) {
        return units == 1 ? "it rests on one primary unit" : "it rests on " + units + " primary units";
    }

    private Estimate told(double value, double error, Estimate.Basis basis, String reason) {
        return full(value, error, Double.NaN, Double.NaN, basis, reason);
    }

    private Estimate full(double value, double error, double lower, double upper, Estimate.Basis basis, String reason) {
        double simple =
                linear.simpleVariance(weights, counted, statistic.denominator().isPresent());
        return new Estimate(
                statistic.name(),
                value,
                error,
                lower,
                upper,
                value == 0 ? Double.NaN : error / Math.abs(value),
                simple > 0 ? error * error / simple : Double.NaN,
                basis,
                reason);
    }
}
