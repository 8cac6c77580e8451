/// Studies: named stages, planned, run, resumed and remembered.
///
/// A [dev.assay.study.Stage] is a function of settings, inputs and a seed: `O run(I input, StageContext
/// context)`, where `I` and `O` are records. Components of `I` are marked [dev.assay.study.Setting] or
/// [dev.assay.study.Input], those of `O` [dev.assay.study.Artefact]; study files, command lines, the JSON
/// Schema and the wiring between stages all follow from these records.
///
/// To carry a study out: [dev.assay.study.StudyFile] reads and checks it, [dev.assay.study.Plan] orders its
/// stages, and a [dev.assay.study.Runner] runs what has not been done before, in a [dev.assay.study.Workspace]
/// that remembers every run as a [dev.assay.study.RunView] and tells what happens as [dev.assay.study.Event]s.
@NullMarked
package dev.assay.study;

import org.jspecify.annotations.NullMarked;
