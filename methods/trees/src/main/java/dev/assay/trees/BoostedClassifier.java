package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.measure.GateMetrics;
import dev.assay.trees.internal.Binning;
import dev.assay.trees.internal.Boosting;
import dev.assay.trees.internal.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Histogram gradient boosting for two or more classes: Newton steps on the log-loss, trees grown leaf by leaf.
/// Immutable; the same for the same seed, whatever the number of threads.
///
/// Its probabilities are there to be drawn from. So the number of rounds is the one with the least
/// weighted log-loss on unseen rows, by cross-validation at every number of rows, and a shift of the
/// scores then brings the mean probability of each class on unseen rows to the class's share. A class
/// with fewer than two rows a fold is
/// not learnt: every row has the shares of the classes.
///
/// Weights enter gradients, hessians, the log-loss and the shares. Missing values take the better side
/// of each split; categories are ordered by their mean step within the node.
///
/// References: Friedman (2001); Ke and others (2017), LightGBM.
public final class BoostedClassifier {
    private final Binning binning;
    private final Boosting boosting;
    private final int classes;
    private final Optional<Validation> validation;

    private BoostedClassifier(Binning binning, Boosting boosting, int classes, Optional<Validation> validation) {
        this.binning = binning;
        this.boosting = boosting;
        this.classes = classes;
        this.validation = validation;
    }

    /// What models of the other folds say of the training rows.
    ///
    /// @param metrics   weighted, of shifted probabilities, the shift being told by the other folds,
    ///     too. With two classes class 1 is the one asked about
    /// @param unshifted mean probability of each class before the shift
    /// @param rounds    that were found best
    public record Validation(GateMetrics metrics, List<Double> unshifted, int rounds) {}

    /// Grows a classifier.
    ///
    /// @param y       a class a row of `x`; at least 2 classes are possible, not all need occur
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @param seed    decides which rows form a fold
    /// @throws Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no row has a positive
    ///     weight
    /// @throws IllegalArgumentException if fewer than 2 classes are possible
    public static BoostedClassifier fit(
            BoostingSettings settings,
            Predictors x,
            Response.Classes y,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        if (y.count() < 2) {
            throw new IllegalArgumentException("a classifier needs at least 2 classes, got " + y.count());
        }
        int[] kept = Weights.positive(x.rows(), y.length(), weights);
        Predictors used = kept.length == x.rows() ? x : x.at(kept);
        Binning binning = Binning.fit(used, settings.bins(), engine);
        int[] codes = IntStream.of(kept).map(i -> y.codes()[i]).toArray();
        double[] w = IntStream.of(kept).mapToDouble(i -> weights[i]).toArray();
        Boosting boosting =
                Boosting.fit(settings, binning.apply(used, engine), codes, w, y.count(), seed, engine, progress);
        Optional<Validation> validation =
                boosting.outOfFold().map(p -> validation(p, codes, w, y.count(), boosting.rounds()));
        return new BoostedClassifier(binning, boosting, y.count(), validation);
    }

    private static Validation validation(Boosting.OutOfFold p, int[] y, double[] w, int classes, int rounds) {
        GateMetrics metrics = classes > 2
                ? GateMetrics.multiClass(p.shifted(), classes, y, w)
                : GateMetrics.binary(
                        IntStream.range(0, y.length)
                                .mapToDouble(i -> p.shifted()[2 * i + 1])
                                .toArray(),
                        y,
                        w);
        double total = Arrays.stream(w).sum();
        List<Double> unshifted = IntStream.range(0, classes)
                .mapToObj(k -> IntStream.range(0, y.length)
                                .mapToDouble(i -> w[i] * p.raw()[i * classes + k])
                                .sum()
                        / total)
                .toList();
        return new Validation(metrics, unshifted, rounds);
    }

    /// Class probabilities, row-major `[rows, classes]`; each row sums to 1.
    ///
    /// @throws Fault (BAD_DATA) if the predictors are not those of training
    public double[] probabilities(Predictors x, Engine engine) {
        return boosting.probabilities(binning.apply(x, engine), engine);
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// Boosting rounds kept.
    public int rounds() {
        return boosting.rounds();
    }

    /// How good the probabilities are on unseen rows; empty with one fold or one row.
    public Optional<Validation> validation() {
        return validation;
    }

    /// Cells of `x` whose category did not occur in training; they are treated as missing.
    public long unseen(Predictors x, Engine engine) {
        return binning.apply(x, engine).unseen();
    }
}
