package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.trees.internal.Conditional;
import dev.assay.trees.internal.Ensemble;
import dev.assay.trees.internal.Hill;
import dev.assay.trees.internal.LeafKernel;
import java.util.Optional;
import java.util.function.IntFunction;

/// A single classification or regression tree to draw from (Reiter 2005): a row falls into a leaf, and a
/// training value of that leaf is drawn with probability proportional to its weight.
///
/// Splits are on variance for numbers, with survey weights in the sums, and on the weighted Gini index for
/// classes. Ties between splits go to the earlier feature and the smaller value, so growing needs no seed.
public final class CartTree implements ConditionalModel {
    /// Subsampling would serve nothing: one tree takes four bytes a row.
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final Ensemble ensemble;
    private final Conditional conditional;
    private final Optional<LeafKernel> kernel;

    private CartTree(Ensemble ensemble, Optional<LeafKernel> kernel) {
        this.ensemble = ensemble;
        this.conditional = new Conditional(ensemble);
        this.kernel = kernel;
    }

    /// Grows a tree.
    ///
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no
    ///     row has a positive weight
    public static CartTree fit(CartSettings settings, Predictors x, Response y, double[] weights, Engine engine) {
        Ensemble.Plan plan = new Ensemble.Plan(
                1, settings.minLeaf(), settings.minSplit(), settings.maxDepth(), 1, false, settings.bins(), NO_LIMIT);
        // The seed is never drawn from: all rows and all features take part.
        Ensemble ensemble = Ensemble.fit(plan, x, y, weights, Seed.of(0), engine, Progress.none());
        boolean smooth = settings.smooth() && y instanceof Response.Numbers;
        return new CartTree(ensemble, smooth ? Optional.of(LeafKernel.of(ensemble)) : Optional.empty());
    }

    @Override
    public double[] draw(Predictors x, Seed seed, Engine engine) {
        return kernel.isPresent()
                ? conditional.drawSmooth(ensemble.codes(x, engine), kernel.get(), seed, engine)
                : conditional.draw(ensemble.codes(x, engine), DrawRule.STEP, Hill.NONE, seed, engine);
    }

    /// Quantiles of the leaf's training values; a smoothing kernel is left out.
    @Override
    public double[][] quantiles(Predictors x, IntFunction<double[]> levels, Engine engine) {
        return conditional.quantiles(ensemble.codes(x, engine), levels, engine);
    }

    @Override
    public long unseen(Predictors x, Engine engine) {
        return ensemble.codes(x, engine).unseen();
    }

    /// Number of leaves.
    public long leaves() {
        return ensemble.leafCount();
    }
}
