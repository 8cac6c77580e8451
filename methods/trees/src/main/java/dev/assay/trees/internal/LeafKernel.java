package dev.assay.trees.internal;

import java.util.function.DoublePredicate;
import java.util.random.RandomGenerator;

/// Gaussian kernels inside the leaves of a single tree, with Silverman's (1986, equation 3.31) width `0.9
/// min(sd, IQR / 1.34) n^(-1/5)` for each leaf, kept within the leaf's smallest and largest value.
public final class LeafKernel {
    private static final int ATTEMPTS = 100;

    private final double[] width;
    private final double[] low;
    private final double[] high;

    private LeafKernel(double[] width, double[] low, double[] high) {
        this.width = width;
        this.low = low;
        this.high = high;
    }

    /// The kernels of this ensemble's first tree.
    public static LeafKernel of(Ensemble ensemble) {
        Leaves leaves = ensemble.leaves(0);
        int n = ensemble.tree(0).leaves();
        double[] width = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        double[] y = ensemble.rows().response();
        double[] weight = ensemble.rows().weight();
        for (int leaf = 0; leaf < n; leaf++) {
            int from = leaves.from(leaf);
            int to = leaves.to(leaf);
            int[] m = leaves.members();
            low[leaf] = y[m[from]];
            high[leaf] = y[m[to - 1]];
            double mass = 0;
            double squares = 0;
            double mean = 0;
            for (int i = from; i < to; i++) {
                mass += weight[m[i]];
                squares += weight[m[i]] * weight[m[i]];
                mean += weight[m[i]] * y[m[i]];
            }
            mean /= mass;
            double variance = 0;
            for (int i = from; i < to; i++) {
                variance += weight[m[i]] * (y[m[i]] - mean) * (y[m[i]] - mean);
            }
            double sd = Math.sqrt(variance / mass);
            double iqr = quantile(y, weight, m, from, to, 0.75 * mass) - quantile(y, weight, m, from, to, 0.25 * mass);
            double spread = iqr > 0 ? Math.min(sd, iqr / 1.34) : sd;
            // Kish's effective number of rows stands for n when weights differ.
            width[leaf] = 0.9 * spread * Math.pow(mass * mass / squares, -0.2);
        }
        return new LeafKernel(width, low, high);
    }

    private static double quantile(double[] y, double[] weight, int[] members, int from, int to, double target) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += weight[members[i]];
            if (sum >= target) {
                return y[members[i]];
            }
        }
        return y[members[to - 1]];
    }

    /// The value blurred, inside its leaf's range and where it may be.
    double blur(int leaf, double value, DoublePredicate allowed, RandomGenerator random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double v = value + width[leaf] * random.nextGaussian();
            if (v >= low[leaf] && v <= high[leaf] && allowed.test(v)) {
                return v;
            }
        }
        return value;
    }
}
