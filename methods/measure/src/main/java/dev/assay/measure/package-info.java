/// Every number that is printed about a model or a data set: metrics and fidelity of synthetic data, with the
/// intervals of [dev.assay.inference] around them.
///
/// All functions are pure: arrays and a seed in, an immutable record out; the same input gives the same bits
/// for any number of threads. What cannot be given is absent and says why; it is never NaN or 0.
///
/// Start from a [dev.assay.measure.Sample], a table with weights and units; it goes into
/// [dev.assay.measure.ZeroRates], [dev.assay.measure.RareCells], [dev.assay.measure.Marginals] and
/// [dev.assay.measure.Associations]. For distances a table is turned into [dev.assay.measure.Points] by an
/// [dev.assay.measure.Encoding] fitted on training rows, and goes into [dev.assay.measure.Prdc] and
/// [dev.assay.measure.CopyCheck]. [dev.assay.measure.GateMetrics] and [dev.assay.measure.QuantileScores] judge
/// predicted probabilities and quantiles.
@NullMarked
package dev.assay.measure;

import org.jspecify.annotations.NullMarked;
