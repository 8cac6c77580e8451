/// Studies: named stages, planned, run, resumed and remembered.
///
/// A [dev.assay.study.Stage] is a function of settings, inputs and a seed: `O run(I input, StageContext context)`,
/// where
/// `I` and `O` are records. Components of `I` are marked [dev.assay.study.Setting] or [dev.assay.study.Input], those of
/// `O` [dev.assay.study.Artefact]; study files, command lines, the JSON Schema and the wiring between stages all
/// follow from these records.
@NullMarked
package dev.assay.study;

import org.jspecify.annotations.NullMarked;
