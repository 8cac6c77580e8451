package dev.assay.trees;

/// Scores of predicted quantiles `[rows][levels]` against the truth.
final class Scores {
    private Scores() {}

    static double pinball(double[][] quantiles, double[] levels, double[] truth) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int k = 0; k < levels.length; k++) {
                double e = truth[i] - quantiles[i][k];
                sum += Math.max(levels[k] * e, (levels[k] - 1) * e);
            }
        }
        return sum / (truth.length * (double) levels.length);
    }

    static double coverage(double[][] quantiles, int low, int high, double[] truth) {
        int inside = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] >= quantiles[i][low] && truth[i] <= quantiles[i][high]) {
                inside++;
            }
        }
        return (double) inside / truth.length;
    }
}
