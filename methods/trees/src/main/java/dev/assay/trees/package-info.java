/// Quantile regression forests, boosted classifiers, zero gates, and chains of them: conditional distributions
/// of tables, from trees over histograms.
///
/// Start from [dev.assay.trees.Predictors], the table a model is conditioned on, and
/// [dev.assay.trees.ConditionalModel], what every fitted distribution of one target can do: draw a value a row,
/// and give exact quantiles. [dev.assay.trees.QuantileForest], [dev.assay.trees.CartTree] and
/// [dev.assay.trees.Marginal] are such models; [dev.assay.trees.ZeroInflated] puts a [dev.assay.trees.ZeroGate]
/// before them for amounts that are often zero or take both signs. [dev.assay.trees.TargetChain] synthesises
/// several columns of a frame, each on those before it.
///
/// Predictors may be missing and may be categories; weights are used everywhere; every fit and every draw is
/// the same for the same seed, whatever the number of threads.
@NullMarked
package dev.assay.trees;

import org.jspecify.annotations.NullMarked;
