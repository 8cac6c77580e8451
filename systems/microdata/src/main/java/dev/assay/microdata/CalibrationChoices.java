package dev.assay.microdata;

import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.CalibrateStage.SolverName;
import dev.assay.microdata.CalibrateStage.ZeroTargetPolicy;
import dev.assay.weigh.CalibrationSettings;
import java.util.List;
import java.util.Optional;

/// How a sample is calibrated: all that decides the weights beside the sample and its targets. Columns
/// are the
/// sample's.
///
/// @param distance       what closeness means
/// @param bounds         least and greatest ratio of weight to design weight; empty for none
/// @param weightBounds   least and greatest weight; empty for none
/// @param lowerBound     the column with each row's own least ratio
/// @param upperBound     the column with each row's own greatest ratio
/// @param alpha          how steeply the sinh distance grows
/// @param q              the column with each row's scale
/// @param personDistance whether the scale is one over the number of a unit's persons
/// @param cluster        the column with clusters whose units get one ratio
/// @param cost           what missing a target costs whose line gives no cost
/// @param zeroTargets    what to do with targets of 0
/// @param solver         how Newton's equations are solved
/// @param tolerance      relative error at which a target is met
/// @param maxNewton      most Newton steps
public record CalibrationChoices(
        DistanceName distance,
        List<Double> bounds,
        List<Double> weightBounds,
        Optional<String> lowerBound,
        Optional<String> upperBound,
        double alpha,
        Optional<String> q,
        boolean personDistance,
        Optional<String> cluster,
        Optional<Double> cost,
        ZeroTargetPolicy zeroTargets,
        SolverName solver,
        double tolerance,
        int maxNewton) {
    /// Copies the lists.
    public CalibrationChoices {
        bounds = List.copyOf(bounds);
        weightBounds = List.copyOf(weightBounds);
    }

    /// A distance without anything else: no bounds, scales, clusters or costs.
    public static CalibrationChoices of(DistanceName distance) {
        return new CalibrationChoices(
                distance,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                ZeroTargetPolicy.ERROR,
                SolverName.AUTOMATIC,
                CalibrationSettings.DEFAULT_TOLERANCE,
                CalibrationSettings.DEFAULT_MAX_NEWTON);
    }

    /// These choices within other ratio bounds.
    public CalibrationChoices withBounds(double lower, double upper) {
        return within(List.of(lower, upper), weightBounds);
    }

    /// These choices within these bounds of ratios and weights, each of which may be empty.
    public CalibrationChoices within(List<Double> ratios, List<Double> weights) {
        return new CalibrationChoices(
                distance,
                ratios,
                weights,
                lowerBound,
                upperBound,
                alpha,
                q,
                personDistance,
                cluster,
                cost,
                zeroTargets,
                solver,
                tolerance,
                maxNewton);
    }

    /// These choices with another tolerance.
    public CalibrationChoices withTolerance(double other) {
        return new CalibrationChoices(
                distance,
                bounds,
                weightBounds,
                lowerBound,
                upperBound,
                alpha,
                q,
                personDistance,
                cluster,
                cost,
                zeroTargets,
                solver,
                other,
                maxNewton);
    }

    /// These choices with weights of exactly 0 for rows of a target of 0.
    public CalibrationChoices withZeroRows() {
        return new CalibrationChoices(
                distance,
                bounds,
                weightBounds,
                lowerBound,
                upperBound,
                alpha,
                q,
                personDistance,
                cluster,
                cost,
                ZeroTargetPolicy.ZERO_ROWS,
                solver,
                tolerance,
                maxNewton);
    }

    /// These choices with another distance.
    public CalibrationChoices withDistance(DistanceName other) {
        return new CalibrationChoices(
                other,
                bounds,
                weightBounds,
                lowerBound,
                upperBound,
                alpha,
                q,
                personDistance,
                cluster,
                cost,
                zeroTargets,
                solver,
                tolerance,
                maxNewton);
    }
}
