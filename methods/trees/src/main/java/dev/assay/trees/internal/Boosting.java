package dev.assay.trees.internal;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.trees.BoostingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Newton boosting of the log-loss over coded rows.
///
/// Two classes have one score a row, the log-odds of class 1; K > 2 classes have K scores and softmax. A round grows one
/// tree a score.
public final class Boosting {
    private static final double SMALLEST_SHARE = 1e-15;
    private static final double LEAST_IMPROVEMENT = 1e-7;

    private final int classes;
    private final double[] baseline;
    private final List<BoostedTree[]> rounds;
    private final boolean stoppedEarly;

    private Boosting(int classes, double[] baseline, List<BoostedTree[]> rounds, boolean stoppedEarly) {
        this.classes = classes;
        this.baseline = baseline;
        this.rounds = List.copyOf(rounds);
        this.stoppedEarly = stoppedEarly;
    }

    /// Grows the model.
    ///
    /// @param label  class of each row
    /// @param weight positive weight of each row
    public static Boosting fit(
            BoostingSettings settings,
            Codes all,
            int[] label,
            double[] weight,
            int classes,
            Seed seed,
            Engine engine,
            Progress progress) {
        int n = label.length;
        boolean stops = n > settings.earlyStopRows();
        int[] held = stops ? heldOut(label, classes, settings.validationShare(), seed) : new int[0];
        int[] used = others(n, held);
        Codes codes = stops ? all.at(used) : all;
        int[] y = pick(label, used);
        double[] w = normalised(weight, used);
        byte[] heldCodes = all.at(held).rowMajor(0, held.length);
        int[] heldY = pick(label, held);
        double[] heldW = normalised(weight, held);

        int scoresARow = classes == 2 ? 1 : classes;
        double[] baseline = baseline(y, w, classes);
        double[] scores = repeat(baseline, used.length);
        double[] heldScores = repeat(baseline, held.length);
        List<BoostedGrower> growers = new ArrayList<>();
        for (int k = 0; k < scoresARow; k++) {
            growers.add(new BoostedGrower(codes, used.length, settings.minLeaf(), settings.leaves()));
        }
        List<BoostedTree[]> rounds = new ArrayList<>();
        double bestLoss = stops ? loss(heldScores, heldY, heldW, classes) : 0;
        int bestRounds = 0;
        int round = 0;
        for (; round < settings.iterations(); round++) {
            newton(scores, y, w, classes, growers);
            BoostedTree[] trees = engine.map(
                            scoresARow, k -> growers.get(k).grow(settings.learningRate(), scores, k, scoresARow))
                    .toArray(new BoostedTree[0]);
            rounds.add(trees);
            progress.at(round + 1, settings.iterations());
            if (stops) {
                add(trees, heldCodes, all.features(), heldScores);
                double loss = loss(heldScores, heldY, heldW, classes);
                if (loss < bestLoss - LEAST_IMPROVEMENT) {
                    bestLoss = loss;
                    bestRounds = round + 1;
                } else if (round + 1 - bestRounds >= settings.patience()) {
                    break;
                }
            }
        }
        boolean early = stops && round < settings.iterations();
        return new Boosting(classes, baseline, stops ? rounds.subList(0, bestRounds) : rounds, early);
    }

    /// Working response and hessian of each score at each row.
    private static void newton(double[] scores, int[] y, double[] w, int classes, List<BoostedGrower> growers) {
        int width = growers.size();
        double[] p = new double[classes];
        for (int i = 0; i < y.length; i++) {
            probabilities(scores, i * width, classes, p);
            for (int k = 0; k < width; k++) {
                int ofClass = width == 1 ? 1 : k;
                double own = p[ofClass];
                double h = Math.max(own * (1 - own), 1e-16);
                growers.get(k).hessian()[i] = w[i] * h;
                growers.get(k).working()[i] = ((y[i] == ofClass ? 1 : 0) - own) / h;
            }
        }
    }

    /// The class probabilities of the row whose scores start at `at`.
    private static void probabilities(double[] scores, int at, int classes, double[] p) {
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

    private static double[] baseline(int[] y, double[] w, int classes) {
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

    private static double loss(double[] scores, int[] y, double[] w, int classes) {
        int width = classes == 2 ? 1 : classes;
        double[] p = new double[classes];
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            probabilities(scores, i * width, classes, p);
            sum -= w[i] * Math.log(Math.max(p[y[i]], SMALLEST_SHARE));
            total += w[i];
        }
        return sum / total;
    }

    private static void add(BoostedTree[] trees, byte[] codes, int features, double[] scores) {
        int rows = scores.length / trees.length;
        for (int k = 0; k < trees.length; k++) {
            for (int i = 0; i < rows; i++) {
                scores[i * trees.length + k] += trees[k].value(codes, i * features);
            }
        }
    }

    /// A share of the rows of each class, ascending; at least one row and never all rows of a class with two or more.
    private static int[] heldOut(int[] label, int classes, double share, Seed seed) {
        boolean[] held = new boolean[label.length];
        for (int k = 0; k < classes; k++) {
            int ofClass = k;
            int[] rows = java.util.stream.IntStream.range(0, label.length)
                    .filter(i -> label[i] == ofClass)
                    .toArray();
            int size = (int) Math.min(Math.max(0, rows.length - 1), Math.round(share * rows.length));
            int[] chosen =
                    Draws.sample(rows.length, size, seed.child("stop").child(k).generator());
            for (int c : chosen) {
                held[rows[c]] = true;
            }
        }
        return java.util.stream.IntStream.range(0, label.length)
                .filter(i -> held[i])
                .toArray();
    }

    private static int[] others(int n, int[] held) {
        int[] used = new int[n - held.length];
        for (int i = 0, h = 0, u = 0; i < n; i++) {
            if (h < held.length && held[h] == i) {
                h++;
            } else {
                used[u++] = i;
            }
        }
        return used;
    }

    private static int[] pick(int[] values, int[] at) {
        return Arrays.stream(at).map(i -> values[i]).toArray();
    }

    /// Weights with mean 1, so that the least hessian of a leaf means the same whatever their unit.
    private static double[] normalised(double[] weight, int[] at) {
        double[] w = Arrays.stream(at).mapToDouble(i -> weight[i]).toArray();
        double mean = Arrays.stream(w).average().orElse(1);
        return Arrays.stream(w).map(v -> v / mean).toArray();
    }

    private static double[] repeat(double[] values, int times) {
        double[] out = new double[values.length * times];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i % values.length];
        }
        return out;
    }

    /// Class probabilities, row-major `[rows, classes]`.
    public double[] probabilities(Codes codes, Engine engine) {
        double[] out = new double[codes.rows() * classes];
        int width = baseline.length;
        Blocks.run(codes.rows(), engine, (block, from, to) -> {
            byte[] rows = codes.rowMajor(from, to);
            double[] scores = repeat(baseline, to - from);
            for (BoostedTree[] trees : rounds) {
                add(trees, rows, codes.features(), scores);
            }
            double[] p = new double[classes];
            for (int i = 0; i < to - from; i++) {
                probabilities(scores, i * width, classes, p);
                System.arraycopy(p, 0, out, (from + i) * classes, classes);
            }
        });
        return out;
    }

    /// Number of rounds kept.
    public int rounds() {
        return rounds.size();
    }

    /// Whether growth ended before the last round allowed.
    public boolean stoppedEarly() {
        return stoppedEarly;
    }
}
