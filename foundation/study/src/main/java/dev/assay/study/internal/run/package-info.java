/// Carrying out a plan.
///
/// [dev.assay.study.internal.run.RunSession] starts stages when what they need is there,
/// [dev.assay.study.internal.run.StageTask] runs one or takes its earlier results,
/// [dev.assay.study.internal.run.EventStream] tells what happens, and [dev.assay.study.internal.run.Receipts]
/// writes down what happened.
@NullMarked
package dev.assay.study.internal.run;

import org.jspecify.annotations.NullMarked;
