package dev.assay.trees.internal;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.trees.BoostingSettings;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How far to boost, told by rows that the models have not seen: one model a fold grows on the other
/// folds, all of them round by round, until the weighted log-loss of all rows, each judged by the model
/// of its own fold, has not become better for a while.
final class CrossValidation {
    private static final double LEAST_IMPROVEMENT = 1e-7;
    /// Leaves of small trees: interactions of two or three features.
    private static final int SMALL = 4;
    /// A class with fewer rows than this a fold says nothing about what it depends on.
    private static final int ROWS_A_FOLD = 2;

    private final int[][] folds;
    private final int[] y;
    private final double[] w;
    private final int classes;
    private final BoostingSettings settings;
    private final int rounds;
    private final double loss;
    private final double[] scores;

    private CrossValidation(
            int[][] folds,
            int[] y,
            double[] w,
            int classes,
            BoostingSettings settings,
            int rounds,
            double loss,
            double[] scores) {
        this.folds = folds;
        this.y = y;
        this.w = w;
        this.classes = classes;
        this.settings = settings;
        this.rounds = rounds;
        this.loss = loss;
        this.scores = scores;
    }

    private static final class Fold {
        final int[] held;
        final Booster booster;
        final byte[] codes;
        final int features;
        final int[] y;
        final double[] w;
        double[] scores;
        double[] best;
        double loss;

        Fold(BoostingSettings settings, Codes all, int[] y, double[] w, int classes, int[] held) {
            this.held = held;
            int[] used = others(y.length, held);
            this.booster = new Booster(settings, all.at(used), pick(y, used), pick(w, used), classes);
            this.features = all.features();
            this.codes = all.at(held).rowMajor(0, held.length);
            this.y = pick(y, held);
            this.w = pick(w, held);
            this.scores = Scores.repeat(booster.baseline(), held.length);
            this.best = scores.clone();
            this.loss = Scores.loss(scores, this.y, this.w, classes);
        }

        void grow(int classes) {
            Scores.add(booster.grow(), codes, features, scores);
            loss = Scores.loss(scores, y, w, classes);
        }
    }

    /// Grows the models, with trees as large as the settings say and with small ones. Small trees learn
    /// little noise, so that more rounds are good: a group that never has a class then gets hardly any
    /// of it.
    ///
    /// @param label  class of each row
    /// @param weight positive weight of each row
    /// @return the one of least log-loss
    static CrossValidation best(
            BoostingSettings settings,
            Codes codes,
            int[] label,
            double[] weight,
            int classes,
            Seed seed,
            Engine engine) {
        int[][] folds = folds(label, classes, Math.min(settings.folds(), label.length), seed);
        CrossValidation large = of(settings, codes, label, weight, classes, folds, engine);
        if (settings.leaves() <= SMALL || large.rounds == 0) {
            return large;
        }
        CrossValidation small = of(settings.withLeaves(SMALL), codes, label, weight, classes, folds, engine);
        return small.loss < large.loss ? small : large;
    }

    private static CrossValidation of(
            BoostingSettings settings,
            Codes codes,
            int[] label,
            double[] weight,
            int classes,
            int[][] folds,
            Engine engine) {
        Fold[] parts = engine.map(folds.length, f -> new Fold(settings, codes, label, weight, classes, folds[f]))
                .toArray(new Fold[0]);
        double total = Arrays.stream(weight).sum();
        double least = loss(parts);
        int best = 0;
        int most = learns(label, classes, folds.length) ? settings.iterations() : 0;
        for (int round = 1; round <= most; round++) {
            engine.map(parts.length, f -> {
                parts[f].grow(classes);
                return f;
            });
            double loss = loss(parts);
            if (loss < least - LEAST_IMPROVEMENT * total) {
                least = loss;
                best = round;
                for (Fold part : parts) {
                    part.best = part.scores.clone();
                }
            } else if (round - best >= settings.patience()) {
                break;
            }
        }
        int width = Scores.width(classes);
        double[] scores = new double[label.length * width];
        for (Fold part : parts) {
            for (int i = 0; i < part.held.length; i++) {
                System.arraycopy(part.best, i * width, scores, part.held[i] * width, width);
            }
        }
        return new CrossValidation(folds, label, weight, classes, settings, best, least, scores);
    }

    private static double loss(Fold[] parts) {
        double loss = 0;
        for (Fold part : parts) {
            loss += part.loss;
        }
        return loss;
    }

    /// Whether two classes at least have rows enough in every fold, and no class that occurs has too few.
    private static boolean learns(int[] label, int classes, int folds) {
        int[] rows = new int[classes];
        for (int k : label) {
            rows[k]++;
        }
        int[] occurring = Arrays.stream(rows).filter(n -> n > 0).toArray();
        return occurring.length > 1 && Arrays.stream(occurring).allMatch(n -> n >= ROWS_A_FOLD * folds);
    }

    /// Rows of each fold, ascending: as many of each class in every fold as can be.
    private static int[][] folds(int[] label, int classes, int folds, Seed seed) {
        int[] fold = new int[label.length];
        int next = 0;
        for (int k = 0; k < classes; k++) {
            int ofClass = k;
            int[] rows = IntStream.range(0, label.length)
                    .filter(i -> label[i] == ofClass)
                    .toArray();
            for (int i :
                    Draws.permutation(rows.length, seed.child("folds").child(k).generator())) {
                fold[rows[i]] = next++ % folds;
            }
        }
        int[][] rows = new int[folds][];
        Arrays.setAll(
                rows,
                f -> IntStream.range(0, label.length).filter(i -> fold[i] == f).toArray());
        return rows;
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

    private static double[] pick(double[] values, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
    }

    /// The settings that were best.
    BoostingSettings settings() {
        return settings;
    }

    /// Rounds after which the log-loss was best.
    int rounds() {
        return rounds;
    }

    /// What to add to the scores of a model of all rows, so that unseen rows have the classes' shares on
    /// average.
    double[] shift() {
        return Scores.shiftToShares(scores, IntStream.range(0, y.length).toArray(), y, w, classes);
    }

    /// Probabilities of each row by the model that has not seen it, `[rows, classes]`.
    double[] raw() {
        return probabilities(scores);
    }

    /// The same shifted; the shift of a fold is told by the other folds.
    double[] shifted() {
        double[] moved = scores.clone();
        for (int[] fold : folds) {
            Scores.shift(moved, fold, Scores.shiftToShares(scores, others(y.length, fold), y, w, classes));
        }
        return probabilities(moved);
    }

    private double[] probabilities(double[] of) {
        double[] out = new double[y.length * classes];
        double[] p = new double[classes];
        for (int i = 0; i < y.length; i++) {
            Scores.probabilities(of, i * Scores.width(classes), classes, p);
            System.arraycopy(p, 0, out, i * classes, classes);
        }
        return out;
    }
}
