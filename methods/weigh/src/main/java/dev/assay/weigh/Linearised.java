package dev.assay.weigh;

import dev.assay.fault.Fault;

/// A statistic's value and the variable whose total varies as it does.
record Linearised(double value, double[] variable) {
    static Linearised of(Statistic statistic, double[] weights) {
        double[] y = statistic.numerator();
        double top = sum(weights, y);
        if (statistic.denominator().isEmpty()) {
            return new Linearised(top, y);
        }
        double[] x = statistic.denominator().get();
        double bottom = value(statistic, sum(weights, x));
        double ratio = top / bottom;
        double[] variable = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            variable[i] = (y[i] - ratio * x[i]) / bottom;
        }
        return new Linearised(ratio, variable);
    }

    /// The value alone.
    static double value(Statistic statistic, double[] weights) {
        double top = sum(weights, statistic.numerator());
        return statistic.denominator().isEmpty()
                ? top
                : top / value(statistic, sum(weights, statistic.denominator().get()));
    }

    private static double value(Statistic statistic, double bottom) {
        if (bottom == 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "The denominator of '" + statistic.name()
                            + "' adds up to 0, so the quotient does not exist; check the domain or the column.");
        }
        return bottom;
    }

    private static double sum(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }

    /// The variance under simple random sampling with replacement.
    double simpleVariance(double[] weights, boolean quotient) {
        double all = 0;
        double mean = 0;
        int n = 0;
        for (int i = 0; i < weights.length; i++) {
            all += weights[i];
            mean += weights[i] * variable[i];
            n += weights[i] != 0 ? 1 : 0;
        }
        // The linearised variable of a quotient has mean 0 but for rounding.
        mean = quotient ? 0 : mean / all;
        double spread = 0;
        for (int i = 0; i < weights.length; i++) {
            spread += weights[i] * (variable[i] - mean) * (variable[i] - mean);
        }
        return all * spread / (n - 1);
    }
}
