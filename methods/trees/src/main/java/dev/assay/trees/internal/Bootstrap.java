package dev.assay.trees.internal;

import java.util.random.RandomGenerator;

/// A tree's share of the training rows: a subset if memory demands it, and how often each row was drawn.
final class Bootstrap {
    private Bootstrap() {}

    /// How often each row of `sample` comes up in `sample.length` draws with replacement, in proportion to
    /// weights.
    /// By row; 0 for rows that were not drawn or are not in the sample.
    static double[] counts(Rows rows, int[] sample, RandomGenerator random) {
        double[] counts = new double[rows.count()];
        int n = sample.length;
        if (rows.equal()) {
            for (int i = 0; i < n; i++) {
                counts[sample[random.nextInt(n)]]++;
            }
            return counts;
        }
        // Sorted uniforms as normalised sums of exponentials: one walk along the cumulative weights for all draws.
        double[] points = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += random.nextExponential();
            points[i] = sum;
        }
        sum += random.nextExponential();
        double total = 0;
        for (int row : sample) {
            total += rows.weight()[row];
        }
        double scale = total / sum;
        double reached = rows.weight()[sample[0]];
        int at = 0;
        for (int i = 0; i < n; i++) {
            while (points[i] * scale > reached && at < n - 1) {
                reached += rows.weight()[sample[++at]];
            }
            counts[sample[at]]++;
        }
        return counts;
    }

    /// `size` of the rows `0..n-1`, ascending, every subset equally likely (Knuth's algorithm S).
    static int[] subset(int n, int size, RandomGenerator random) {
        int[] chosen = new int[size];
        int k = 0;
        for (int row = 0; k < size; row++) {
            if (size == n || random.nextDouble() * (n - row) < size - k) {
                chosen[k++] = row;
            }
        }
        return chosen;
    }
}
