package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.trees.internal.Conditional;
import dev.assay.trees.internal.Ensemble;
import dev.assay.trees.internal.Hill;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// A quantile regression forest: the conditional distribution of a target given predictors.
///
/// `F(y | x) = (1/B) sum_b (weight of training rows in x's leaf of tree b with y_i <= y) / (weight of that
/// leaf)`
///
/// over **all** training rows of each leaf: rows in and out of the tree's bootstrap sample alike, as in
/// equations 4 to 6 of the paper. All of them are kept, so draws and quantiles come from the distribution
/// itself, never from a grid.
///
/// Weights (survey weights) act twice: a tree's bootstrap sample draws rows in proportion to them, so that
/// splits see the weighted population while each split still works with whole draws; and the leaf masses are
/// the weights themselves. The two do not multiply: the bootstrap decides the shape of the tree only.
///
/// Missing values take, at each split, the side that fits better; if a split saw none in training, its heavier
/// side. Categories are ordered by mean response within the node (Fisher 1958). Class targets are split on the
/// Gini index.
///
/// Reference: Meinshausen (2006), Quantile regression forests, JMLR 7. Departure: features are reduced to at
/// most 255 bins before splitting.
public final class QuantileForest implements ConditionalModel {
    private final ForestSettings settings;
    private final Ensemble ensemble;
    private final Conditional conditional;
    private final Hill hill;
    private final boolean classes;
    private final Map<String, Double> importances;

    private QuantileForest(ForestSettings settings, Ensemble ensemble, Predictors x, boolean classes) {
        this.settings = settings;
        this.ensemble = ensemble;
        this.conditional = new Conditional(ensemble);
        this.hill = classes ? Hill.NONE : Hill.of(ensemble.rows());
        this.classes = classes;
        this.importances = new LinkedHashMap<>();
        double[] shares = ensemble.importances();
        for (int f = 0; f < shares.length; f++) {
            importances.put(x.names().get(f), shares[f]);
        }
    }

    /// Grows a forest for a numeric target.
    ///
    /// @param y       a number a row of `x`; the caller must not touch the array afterwards
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a target is missing or infinite, a weight is
    ///     negative or not finite, or no row has a positive weight
    public static QuantileForest fit(
            ForestSettings settings,
            Predictors x,
            double[] y,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        return fit(settings, x, new Response.Numbers(y), weights, seed, engine, progress);
    }

    /// Grows a forest for a numeric or a class target.
    ///
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no
    ///     row has a positive weight
    public static QuantileForest fit(
            ForestSettings settings,
            Predictors x,
            Response y,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        Ensemble.Plan plan = new Ensemble.Plan(
                settings.trees(),
                settings.minLeaf(),
                (int) Math.min(Integer.MAX_VALUE, 2L * settings.minLeaf()),
                settings.maxDepth(),
                settings.featureShare(),
                settings.bootstrap(),
                settings.bins(),
                settings.memoryLimit());
        Ensemble ensemble = Ensemble.fit(plan, x, y, weights, seed, engine, progress);
        return new QuantileForest(settings, ensemble, x, y instanceof Response.Classes);
    }

    /// One draw a row by the rule of the settings.
    @Override
    public double[] draw(Predictors x, Seed seed, Engine engine) {
        return draw(x, settings.rule(), seed, engine);
    }

    /// One draw a row, exactly from F(y | x).
    ///
    /// @param rule how a value is taken from F; class targets are always drawn by STEP
    /// @return `[rows]`; the same for the same seed, whatever the number of threads
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    public double[] draw(Predictors x, DrawRule rule, Seed seed, Engine engine) {
        return conditional.draw(ensemble.codes(x, engine), classes ? DrawRule.STEP : rule, hill, seed, engine);
    }

    @Override
    public double[][] quantiles(Predictors x, IntFunction<double[]> levels, Engine engine) {
        return conditional.quantiles(ensemble.codes(x, engine), levels, engine);
    }

    /// F(y | x) at each of `values`, for every row, `[rows][values]`.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    public double[][] cdf(Predictors x, double[] values, Engine engine) {
        double[] kept = values.clone();
        return conditional.around(ensemble.codes(x, engine), row -> kept, false, engine);
    }

    /// Randomised probability integral transforms: `F(y- | x) + u (F(y | x) - F(y- | x))`, u uniform. Uniform
    /// on (0, 1) over new rows if the forest's distributions are right (Czado, Gneiting and Held 2009).
    ///
    /// @param y the true value of each row, `[rows]`
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    /// @throws IllegalArgumentException         if there is not a value a row
    public double[] pit(Predictors x, double[] y, Seed seed, Engine engine) {
        if (y.length != x.rows()) {
            throw new IllegalArgumentException("there are " + x.rows() + " rows, but " + y.length + " values");
        }
        IntFunction<double[]> own = row -> new double[] {y[row]};
        double[][] below = conditional.around(ensemble.codes(x, engine), own, true, engine);
        double[][] at = conditional.around(ensemble.codes(x, engine), own, false, engine);
        RandomGenerator random = seed.generator();
        double[] pit = new double[y.length];
        for (int i = 0; i < pit.length; i++) {
            pit[i] = below[i][0] + random.nextDouble() * (at[i][0] - below[i][0]);
        }
        return pit;
    }

    @Override
    public long unseen(Predictors x, Engine engine) {
        return ensemble.codes(x, engine).unseen();
    }

    /// What the forest was grown with.
    public ForestSettings settings() {
        return settings;
    }

    /// Share of the fall in impurity that each feature's splits brought, by name; sums to 1, or all are 0.
    public Map<String, Double> importances() {
        return Map.copyOf(importances);
    }

    /// Share of the training rows that each tree was given: below 1 if the memory limit asked for it.
    public double rowFraction() {
        return ensemble.rowFraction();
    }

    /// Leaves over all trees.
    public long leaves() {
        return ensemble.leafCount();
    }

    /// The tail that INTERPOLATED_PARETO draws use; empty if the target's 99th percentile is not positive,
    /// nothing lies above it, or the target is a class.
    public Optional<ParetoTail> tail() {
        return Double.isNaN(hill.alpha())
                ? Optional.empty()
                : Optional.of(new ParetoTail(hill.alpha(), hill.threshold(), hill.exceedances()));
    }

    /// A Pareto tail estimated by Hill's method: P(Y > y | Y > threshold) = (y / threshold)^-alpha.
    ///
    /// @param alpha       tail index; the mean is finite for alpha > 1
    /// @param threshold   the weighted 99th percentile of the training values
    /// @param exceedances number of training values above it
    public record ParetoTail(double alpha, double threshold, int exceedances) {}
}
