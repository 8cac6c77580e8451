package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;

/// Which model draws a target's values, and how it is fitted.
public sealed interface BaseSettings permits MarginalSettings, CartSettings, ForestSettings {
    /// Fits the model that these settings describe.
    ///
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no
    ///     row has a positive weight
    static ConditionalModel fit(
            BaseSettings settings,
            Predictors x,
            Response y,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        return switch (settings) {
            case MarginalSettings marginal -> Marginal.fit(x, y, weights);
            case CartSettings cart -> CartTree.fit(cart, x, y, weights, engine);
            case ForestSettings forest -> QuantileForest.fit(forest, x, y, weights, seed, engine, progress);
        };
    }
}
