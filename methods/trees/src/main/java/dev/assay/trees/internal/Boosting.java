package dev.assay.trees.internal;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.trees.BoostingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Newton boosting of the log-loss over coded rows. A round grows one tree a score.
public final class Boosting {
    private final int classes;
    private final double[] baseline;
    private final List<BoostedTree[]> rounds;
    private final Optional<OutOfFold> outOfFold;

    private Boosting(int classes, double[] baseline, List<BoostedTree[]> rounds, Optional<OutOfFold> outOfFold) {
        this.classes = classes;
        this.baseline = baseline;
        this.rounds = List.copyOf(rounds);
        this.outOfFold = outOfFold;
    }

    /// Probabilities of the training rows by models that have not seen them, row-major `[rows, classes]`.
    ///
    /// @param raw     before the shift
    /// @param shifted after it; the shift of a fold is told by the other folds
    public record OutOfFold(double[] raw, double[] shifted) {}

    /// Grows the model: as many rounds, of trees as large, as cross-validation found best, its scores
    /// shifted so that unseen rows have
    /// the classes' shares on average. With one fold, or one row, it grows all rounds and shifts nothing.
    ///
    /// @param label  class of each row
    /// @param weight positive weight of each row
    public static Boosting fit(
            BoostingSettings settings,
            Codes codes,
            int[] label,
            double[] weight,
            int classes,
            Seed seed,
            Engine engine,
            Progress progress) {
        Optional<CrossValidation> validation = settings.folds() > 1 && label.length > 1
                ? Optional.of(CrossValidation.best(settings, codes, label, weight, classes, seed, engine))
                : Optional.empty();
        BoostingSettings best = validation.map(CrossValidation::settings).orElse(settings);
        int wanted = validation.map(CrossValidation::rounds).orElse(settings.iterations());
        Booster booster = new Booster(best, codes, label, weight, classes);
        double[] baseline = booster.baseline();
        if (validation.isPresent() && wanted > 0) {
            double[] shift = validation.get().shift();
            Arrays.setAll(baseline, k -> baseline[k] + shift[k]);
        }
        List<BoostedTree[]> rounds = new ArrayList<>();
        for (int round = 0; round < wanted; round++) {
            rounds.add(booster.grow(engine));
            progress.at(round + 1, wanted);
        }
        return new Boosting(classes, baseline, rounds, validation.map(v -> new OutOfFold(v.raw(), v.shifted())));
    }

    /// Class probabilities, row-major `[rows, classes]`.
    public double[] probabilities(Codes codes, Engine engine) {
        double[] out = new double[codes.rows() * classes];
        int width = baseline.length;
        Blocks.run(codes.rows(), engine, (block, from, to) -> {
            byte[] rows = codes.rowMajor(from, to);
            double[] scores = Scores.repeat(baseline, to - from);
            for (BoostedTree[] trees : rounds) {
                Scores.add(trees, rows, codes.features(), scores);
            }
            double[] p = new double[classes];
            for (int i = 0; i < to - from; i++) {
                Scores.probabilities(scores, i * width, classes, p);
                System.arraycopy(p, 0, out, (from + i) * classes, classes);
            }
        });
        return out;
    }

    /// Number of rounds kept.
    public int rounds() {
        return rounds.size();
    }

    /// What the models of cross-validation say of the training rows; empty without one.
    public Optional<OutOfFold> outOfFold() {
        return outOfFold;
    }
}
