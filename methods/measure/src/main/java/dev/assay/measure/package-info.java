/// Every number that is printed about a model or a data set: metrics, the intervals around them, and fidelity of
/// synthetic data.
///
/// All functions are pure: arrays and a seed in, an immutable record out; the same input gives the same bits
/// for any number of threads. What cannot be given is absent and says why; it is never NaN or 0.
///
/// Start from [dev.assay.measure.Estimate], a value with its interval and the units over which it was
/// resampled, and [dev.assay.measure.Bootstrap], which makes one from any statistic that is a function of how
/// often each of the [dev.assay.measure.Units] was drawn. A [dev.assay.measure.Sample] is a table with
/// weights and units; it goes into [dev.assay.measure.ZeroRates], [dev.assay.measure.RareCells],
/// [dev.assay.measure.Marginals] and [dev.assay.measure.Associations]. For distances a table is turned into
/// [dev.assay.measure.Points] by an [dev.assay.measure.Encoding] fitted on training rows, and goes into
/// [dev.assay.measure.Prdc] and [dev.assay.measure.CopyCheck]. [dev.assay.measure.GateMetrics] and
/// [dev.assay.measure.QuantileScores] judge predicted probabilities and quantiles.
@NullMarked
package dev.assay.measure;

import org.jspecify.annotations.NullMarked;
