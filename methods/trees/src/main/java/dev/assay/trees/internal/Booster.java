package dev.assay.trees.internal;

import dev.assay.engine.Engine;
import dev.assay.trees.BoostingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A boosted model while it grows, round by round, on its own training rows.
final class Booster {
    private static final double SMALLEST_SHARE = 1e-15;

    private final BoostingSettings settings;
    private final int classes;
    private final int[] y;
    private final double[] w;
    private final double[] baseline;
    private final double[] scores;
    private final List<BoostedGrower> growers = new ArrayList<>();

    /// @param y      class of each row
    /// @param weight positive weight of each row
    Booster(BoostingSettings settings, Codes codes, int[] y, double[] weight, int classes) {
        this.settings = settings;
        this.classes = classes;
        this.y = y;
        this.w = normalised(weight);
        this.baseline = baseline();
        this.scores = Scores.repeat(baseline, y.length);
        for (int k = 0; k < baseline.length; k++) {
            growers.add(new BoostedGrower(codes, y.length, settings.minLeaf(), settings.leaves()));
        }
    }

    /// The scores before the first round: log-odds of the two classes, or logarithms of the shares of
    /// more.
    double[] baseline() {
        double[] share = new double[classes];
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            share[y[i]] += w[i];
            total += w[i];
        }
        for (int k = 0; k < classes; k++) {
            share[k] = Math.max(share[k] / total, SMALLEST_SHARE);
        }
        if (classes == 2) {
            return new double[] {Math.log(share[1] / share[0])};
        }
        double[] logs = new double[classes];
        Arrays.setAll(logs, k -> Math.log(share[k]));
        return logs;
    }

    /// Grows one tree a score, on this thread.
    BoostedTree[] grow() {
        newton();
        BoostedTree[] trees = new BoostedTree[growers.size()];
        Arrays.setAll(trees, this::tree);
        return trees;
    }

    /// Grows one tree a score, side by side.
    BoostedTree[] grow(Engine engine) {
        newton();
        return engine.map(growers.size(), this::tree).toArray(new BoostedTree[0]);
    }

    private BoostedTree tree(int k) {
        return growers.get(k).grow(settings.learningRate(), scores, k, growers.size());
    }

    /// Working response and hessian of each score at each row.
    private void newton() {
        int width = growers.size();
        double[] p = new double[classes];
        for (int i = 0; i < y.length; i++) {
            Scores.probabilities(scores, i * width, classes, p);
            for (int k = 0; k < width; k++) {
                int ofClass = width == 1 ? 1 : k;
                double own = p[ofClass];
                double h = Math.max(own * (1 - own), 1e-16);
                growers.get(k).hessian()[i] = w[i] * h;
                growers.get(k).working()[i] = ((y[i] == ofClass ? 1 : 0) - own) / h;
            }
        }
    }

    /// Weights with mean 1, so that the least hessian of a leaf means the same whatever their unit.
    private static double[] normalised(double[] weight) {
        double mean = Arrays.stream(weight).average().orElse(1);
        return Arrays.stream(weight).map(v -> v / mean).toArray();
    }
}
