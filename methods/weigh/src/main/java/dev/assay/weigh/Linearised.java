package dev.assay.weigh;

/// A statistic's value and the variable whose total varies as it does.
///
/// @param value    NaN if it does not exist
/// @param variable `[rows]`
/// @param size     the sum of what is added up, by size; what is less than some 1e-16 of it is rounding
record Linearised(double value, double[] variable, double size) {
    /// A denominator below this part of the sizes of what it sums is 0 but for rounding.
    private static final double NOTHING = 1e-13;

    static Linearised of(Statistic statistic, double[] weights) {
        double value = value(statistic, weights);
        double bottom = statistic.denominator().isPresent() ? bottom(statistic, weights) : 1;
        double[] variable = new double[weights.length];
        double size = 0;
        for (int i = 0; i < variable.length; i++) {
            double top = statistic.top(i);
            double expected = statistic.denominator().isPresent() ? value * statistic.bottom(i) : 0;
            variable[i] = (top - expected) / bottom;
            size += Math.abs(weights[i]) * (Math.abs(top) + Math.abs(expected)) / Math.abs(bottom);
        }
        return new Linearised(value, variable, size);
    }

    /// The value alone: NaN if the denominator adds up to 0.
    static double value(Statistic statistic, double[] weights) {
        double top = 0;
        for (int i = 0; i < weights.length; i++) {
            top += weights[i] * statistic.top(i);
        }
        return statistic.denominator().isEmpty() ? top : top / bottom(statistic, weights);
    }

    /// NaN for 0.
    private static double bottom(Statistic statistic, double[] weights) {
        double sum = 0;
        double sizes = 0;
        for (int i = 0; i < weights.length; i++) {
            double term = weights[i] * statistic.bottom(i);
            sum += term;
            sizes += Math.abs(term);
        }
        return Math.abs(sum) <= NOTHING * sizes ? Double.NaN : sum;
    }

    /// The variance under simple random sampling, with replacement, of as many rows from the domain.
    ///
    /// @param counted `[rows]`
    double simpleVariance(double[] weights, boolean[] counted, boolean quotient) {
        double all = 0;
        double mean = 0;
        int n = 0;
        for (int i = 0; i < weights.length; i++) {
            if (counted[i]) {
                all += weights[i];
                mean += weights[i] * variable[i];
                n++;
            }
        }
        // The linearised variable of a quotient has mean 0 but for rounding.
        mean = quotient ? 0 : mean / all;
        double spread = 0;
        for (int i = 0; i < weights.length; i++) {
            if (counted[i]) {
                spread += weights[i] * (variable[i] - mean) * (variable[i] - mean);
            }
        }
        return all * spread / (n - 1);
    }
}
