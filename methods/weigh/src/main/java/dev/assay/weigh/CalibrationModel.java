package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.internal.Residuals;
import java.util.Optional;

/// A calibration as it is made: settings, what is calibrated, and which rows share one ratio of weight to
/// design weight. Whatever depends on how weights came about (replicates, standard errors) takes it whole.
///
/// @param settings distance, bounds, tolerance
/// @param problem  rows, targets with their costs, scales and bounds of rows
/// @param clusters `[rows]` the cluster of each row, numbered from 0 without gaps; empty if each row has a
///                 ratio of its own
public record CalibrationModel(CalibrationSettings settings, CalibrationProblem problem, Optional<int[]> clusters) {
    /// @throws IllegalArgumentException if the clusters are not those of the problem's rows
    public CalibrationModel {
        if (clusters.isPresent() && clusters.get().length != problem.design().rows()) {
            throw new IllegalArgumentException(
                    "there are " + problem.design().rows() + " rows and " + clusters.get().length + " clusters");
        }
    }

    /// A calibration in which each row has a ratio of its own.
    public static CalibrationModel of(CalibrationSettings settings, CalibrationProblem problem) {
        return new CalibrationModel(settings, problem, Optional.empty());
    }

    /// Calibrates, see [Calibration#solve(CalibrationSettings, CalibrationProblem, Engine, Progress)] and
    /// [Clustered#solve].
    public CalibrationResult solve(Engine engine, Progress progress) {
        return clusters.isPresent()
                ? Clustered.solve(settings, problem, clusters.get(), engine, progress)
                : Calibration.solve(settings, problem, engine, progress);
    }

    /// This calibration of other rows' weights and settings the same.
    public CalibrationModel with(CalibrationProblem other) {
        return new CalibrationModel(settings, other, clusters);
    }

    /// Residuals of variables from what the calibration regresses them on, by which its estimates vary.
    Residuals residuals(Engine engine) {
        return Residuals.of(
                clusters.isPresent() ? Clustered.averaged(problem, clusters.get()) : problem, settings, engine);
    }
}
