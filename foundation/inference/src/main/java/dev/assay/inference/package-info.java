/// What a finite sample can say: a number, the interval around it, and over which units it was resampled.
///
/// All functions are pure: arrays and a seed in, an immutable record out; the same input gives the same bits
/// for any number of threads. What cannot be given is absent and says why; it is never NaN or 0.
///
/// Start from [dev.assay.inference.Estimate], a value with its interval, and
/// [dev.assay.inference.Bootstrap], which makes one from any statistic that is a function of how often each of
/// the [dev.assay.inference.Units] was drawn. A statistic of sums over rows goes through
/// [dev.assay.inference.ClusterSums], at the cost of the units instead of the rows.
///
/// Two methods on the same rows are compared by [dev.assay.inference.PairedTest]; yes or no by
/// [dev.assay.inference.PairedOutcomes], a share by [dev.assay.inference.Proportion], two areas under the ROC curve
/// by [dev.assay.inference.DeLong].
@NullMarked
package dev.assay.inference;

import org.jspecify.annotations.NullMarked;
