/// From what people write to what stages get.
///
/// [dev.assay.study.internal.bind.Describer] turns a stage's records into a description;
/// [dev.assay.study.internal.bind.Given] is what was written, with its place, before anybody knows its type;
/// [dev.assay.study.internal.bind.SettingBinder] brings the two together, and
/// [dev.assay.study.internal.bind.Problems] collects everything that does not fit.
@NullMarked
package dev.assay.study.internal.bind;

import org.jspecify.annotations.NullMarked;
