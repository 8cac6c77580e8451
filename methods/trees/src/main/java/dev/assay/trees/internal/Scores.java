package dev.assay.trees.internal;

import java.util.Arrays;

/// Scores of rows and the probabilities they stand for. Two classes have one score a row, the log-odds
/// of class 1; more have one each and softmax.
final class Scores {
    private static final double SMALLEST = 1e-15;
    private static final int SWEEPS = 50;
    private static final double LARGEST_STEP = 2;
    private static final double LARGEST_SHIFT = 20;
    private static final double CLOSE = 1e-10;

    private Scores() {}

    /// Scores of a row.
    static int width(int classes) {
        return classes == 2 ? 1 : classes;
    }

    /// The class probabilities of the row whose scores start at `at`.
    static void probabilities(double[] scores, int at, int classes, double[] p) {
        if (classes == 2) {
            p[1] = 1 / (1 + Math.exp(-scores[at]));
            p[0] = 1 - p[1];
            return;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            most = Math.max(most, scores[at + k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            p[k] = Math.exp(scores[at + k] - most);
            sum += p[k];
        }
        for (int k = 0; k < classes; k++) {
            p[k] /= sum;
        }
    }

    /// The weighted sum of the log-losses of rows.
    static double loss(double[] scores, int[] y, double[] w, int classes) {
        int width = width(classes);
        double[] p = new double[classes];
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            probabilities(scores, i * width, classes, p);
            sum -= w[i] * Math.log(Math.max(p[y[i]], SMALLEST));
        }
        return sum;
    }

    /// Adds a round's trees to the scores of rows.
    static void add(BoostedTree[] trees, byte[] codes, int features, double[] scores) {
        int rows = scores.length / trees.length;
        for (int k = 0; k < trees.length; k++) {
            for (int i = 0; i < rows; i++) {
                scores[i * trees.length + k] += trees[k].value(codes, i * features);
            }
        }
    }

    static double[] repeat(double[] values, int times) {
        double[] out = new double[values.length * times];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i % values.length];
        }
        return out;
    }

    /// Adds a shift to the scores of some rows.
    static void shift(double[] scores, int[] rows, double[] shift) {
        for (int row : rows) {
            for (int k = 0; k < shift.length; k++) {
                scores[row * shift.length + k] += shift[k];
            }
        }
    }

    /// What has to be added to the scores so that the weighted mean probability of each class among
    /// these rows is its weighted share there: Newton steps class by class.
    static double[] shiftToShares(double[] scores, int[] rows, int[] y, double[] w, int classes) {
        int width = width(classes);
        double[] shift = new double[width];
        double[] observed = new double[classes];
        for (int row : rows) {
            observed[y[row]] += w[row];
        }
        double total = Arrays.stream(observed).sum();
        double[] p = new double[classes];
        double[] own = new double[width];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = 0;
            for (int k = 0; k < width; k++) {
                int ofClass = width == 1 ? 1 : k;
                double predicted = 0;
                double slope = 0;
                for (int row : rows) {
                    for (int j = 0; j < width; j++) {
                        own[j] = scores[row * width + j] + shift[j];
                    }
                    probabilities(own, 0, classes, p);
                    predicted += w[row] * p[ofClass];
                    slope += w[row] * p[ofClass] * (1 - p[ofClass]);
                }
                double gap = observed[ofClass] - predicted;
                if (!(slope > 0)) {
                    continue;
                }
                off = Math.max(off, Math.abs(gap));
                double step = Math.clamp(gap / slope, -LARGEST_STEP, LARGEST_STEP);
                shift[k] = Math.clamp(shift[k] + step, -LARGEST_SHIFT, LARGEST_SHIFT);
            }
            if (off <= CLOSE * total) {
                break;
            }
        }
        return shift;
    }
}
