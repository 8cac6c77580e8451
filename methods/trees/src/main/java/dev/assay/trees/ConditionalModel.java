package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import java.util.Arrays;
import java.util.function.IntFunction;

/// A fitted distribution of one target given predictors. Immutable; safe to use from many threads.
///
/// Class targets are drawn as codes.
public sealed interface ConditionalModel permits Marginal, CartTree, QuantileForest, ZeroInflated {
    /// One draw a row of `x`, from the conditional distribution given that row.
    ///
    /// @return `[rows]`; the same for the same seed, whatever the number of threads
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    double[] draw(Predictors x, Seed seed, Engine engine);

    /// Conditional quantiles at levels that differ from row to row: the smallest support point v with F(v) >=
    /// level.
    ///
    /// @param levels the levels wanted for a row, each in [0, 1]; called from several threads
    /// @return `[rows][levels of the row]`
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    double[][] quantiles(Predictors x, IntFunction<double[]> levels, Engine engine);

    /// Conditional quantiles at the same levels for every row, `[rows][levels]`.
    ///
    /// @param levels each in [0, 1], in any order
    /// @throws IllegalArgumentException      if a level is outside
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    default double[][] quantiles(Predictors x, double[] levels, Engine engine) {
        if (!Arrays.stream(levels).allMatch(q -> q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile levels must be in [0, 1], got " + Arrays.toString(levels));
        }
        double[] kept = levels.clone();
        return quantiles(x, row -> kept, engine);
    }

    /// Cells of `x` whose category did not occur in training; they are treated as missing.
    long unseen(Predictors x, Engine engine);

    /// One draw a row, and what was met on the way.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    default Drawn drawn(Predictors x, Seed seed, Engine engine) {
        return new Drawn(draw(x, seed, engine), unseen(x, engine));
    }

    /// Draws.
    ///
    /// @param values a value a row
    /// @param unseen cells whose category did not occur in the training rows of the model that drew for
    ///     their row
    record Drawn(double[] values, long unseen) {}
}
