package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.trees.internal.Binning;
import dev.assay.trees.internal.Boosting;
import dev.assay.trees.internal.Weights;
import java.util.stream.IntStream;

/// Histogram gradient boosting for two or more classes: Newton steps on the log-loss, trees grown leaf by leaf.
/// Immutable; the same for the same seed, whatever the number of threads.
///
/// Weights enter gradients, hessians and the early-stopping loss. Missing values take the better side of each split;
/// categories are ordered by their mean step within the node.
///
/// References: Friedman (2001); Ke and others (2017), LightGBM.
public final class BoostedClassifier {
    private final Binning binning;
    private final Boosting boosting;
    private final int classes;

    private BoostedClassifier(Binning binning, Boosting boosting, int classes) {
        this.binning = binning;
        this.boosting = boosting;
        this.classes = classes;
    }

    /// Grows a classifier.
    ///
    /// @param y       a class a row of `x`; at least 2 classes are possible, not all need occur
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @param seed    decides which rows tell when to stop, if there are enough rows for that
    /// @throws Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no row has a positive weight
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
        Boosting boosting = Boosting.fit(
                settings,
                binning.apply(used, engine),
                IntStream.of(kept).map(i -> y.codes()[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> weights[i]).toArray(),
                y.count(),
                seed,
                engine,
                progress);
        return new BoostedClassifier(binning, boosting, y.count());
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

    /// Whether validation rows ended growth before the last round allowed.
    public boolean stoppedEarly() {
        return boosting.stoppedEarly();
    }

    /// Cells of `x` whose category did not occur in training; they are treated as missing.
    public long unseen(Predictors x, Engine engine) {
        return binning.apply(x, engine).unseen();
    }
}
