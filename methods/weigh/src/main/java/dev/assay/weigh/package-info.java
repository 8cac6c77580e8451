/// Survey-weight calibration: weights close to the design weights that reproduce published totals.
///
/// A [dev.assay.weigh.Design] says what each row contributes to each target, a [dev.assay.weigh.Targets] what the
/// totals must be; [dev.assay.weigh.Calibration] finds the weights of Deville and Särndal (1992) in the dual, whose
/// size is the number of targets. Every run ends in a [dev.assay.weigh.CalibrationResult] with one
/// [dev.assay.weigh.CalibrationStatus] and its evidence: the error of every target recomputed from the stored weights,
/// or the reason why there are no such weights. [dev.assay.weigh.HouseholdProblem] builds a design from household and
/// person tables and a table of targets.
@NullMarked
package dev.assay.weigh;

import org.jspecify.annotations.NullMarked;
