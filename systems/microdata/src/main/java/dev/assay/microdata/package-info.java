/// Survey microdata: read, validated, split, synthesised, compared with rows held out, reweighted to published
/// totals.
///
/// Each step is a stage: [dev.assay.microdata.ReadStage], [dev.assay.microdata.ValidateStage],
/// [dev.assay.microdata.SplitStage], [dev.assay.microdata.SynthesiseStage], [dev.assay.microdata.FidelityStage],
/// [dev.assay.microdata.TotalsStage] and [dev.assay.microdata.CalibrateStage].
@NullMarked
package dev.assay.microdata;

import org.jspecify.annotations.NullMarked;
