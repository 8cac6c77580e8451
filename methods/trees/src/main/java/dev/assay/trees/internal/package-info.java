/// The machinery of [dev.assay.trees]: binning, split search, growth, routing and leaf membership.
///
/// [dev.assay.trees.internal.Binning] turns predictors into bytes; [dev.assay.trees.internal.Grower] grows a
/// tree on
/// them with a [dev.assay.trees.internal.SplitSearch]; the [dev.assay.trees.internal.Tree] it leaves routes new
/// rows
/// to leaves, and [dev.assay.trees.internal.Leaves] knows which training rows each leaf holds.
@NullMarked
package dev.assay.trees.internal;

import org.jspecify.annotations.NullMarked;
