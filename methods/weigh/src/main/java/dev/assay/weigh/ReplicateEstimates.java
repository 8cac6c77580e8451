package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// Estimates whose precision comes from replicates, each calibrated anew to the same targets.
///
/// @param estimates one a statistic, in order; the value is that of the full sample
/// @param method    how the replicates were made
/// @param replicates how many there are
/// @param failed    replicates that could not be calibrated, from 0, and why. They are left out, and the
///                  others count more in proportion, as those are for an estimate that does not exist in them
///                  (a mean over a domain that they leave empty); [Estimate.Basis#replicatesLeftOut()] counts both
public record ReplicateEstimates(List<Estimate> estimates, String method, int replicates, List<Failed> failed) {
    /// Copies the lists.
    public ReplicateEstimates {
        estimates = List.copyOf(estimates);
        failed = List.copyOf(failed);
    }

    /// A replicate that was not calibrated.
    public record Failed(int replicate, CalibrationStatus status) {}

    /// Estimates with weights as they were drawn.
    ///
    /// @param weights `[rows]` finite
    public static ReplicateEstimates ofDesign(double[] weights, Replication replication, List<Statistic> statistics) {
        Judged.finite(weights);
        double[][] theta = new double[statistics.size()][replication.size()];
        for (int r = 0; r < replication.size(); r++) {
            double[] replicate = times(weights, replication.factors(r));
            for (int s = 0; s < theta.length; s++) {
                theta[s][r] = Linearised.value(statistics.get(s), replicate);
            }
        }
        return of(weights, replication, statistics, theta, List.of());
    }

    /// Estimates with calibrated weights. Every replicate starts from the full sample's multipliers.
    ///
    /// @param full     the full sample's result for these settings and this problem, converged
    /// @param each     takes every replicate's weights, `[rows]`, and its number, in order; not called for
    ///     those that failed
    /// @param progress told the replicate
    /// @throws IllegalArgumentException if the full sample was not calibrated
    public static ReplicateEstimates ofCalibration(
            CalibrationSettings settings,
            CalibrationProblem problem,
            CalibrationResult full,
            Replication replication,
            List<Statistic> statistics,
            Engine engine,
            Progress progress,
            ObjIntConsumer<double[]> each) {
        return ofCalibration(
                CalibrationModel.of(settings, problem), full, replication, statistics, engine, progress, each);
    }

    /// As [#ofCalibration(CalibrationSettings, CalibrationProblem, CalibrationResult, Replication, List,
    /// Engine,
    /// Progress, ObjIntConsumer)], of exactly the calibration that was made.
    public static ReplicateEstimates ofCalibration(
            CalibrationModel model,
            CalibrationResult full,
            Replication replication,
            List<Statistic> statistics,
            Engine engine,
            Progress progress,
            ObjIntConsumer<double[]> each) {
        CalibrationProblem problem = model.problem();
        if (!full.converged()) {
            throw new IllegalArgumentException("replicates need a full sample that was calibrated");
        }
        double[][] theta = new double[statistics.size()][replication.size()];
        List<Failed> failed = new ArrayList<>();
        for (int r = 0; r < replication.size(); r++) {
            progress.at(r, replication.size());
            CalibrationResult result = model.with(
                            problem.withDesignWeights(times(problem.designWeights(), replication.factors(r)))
                                    .startingAt(full.multipliers()))
                    .solve(engine, Progress.none());
            if (result.converged()) {
                each.accept(result.weights(), r);
            } else {
                failed.add(new Failed(r, result.status()));
            }
            for (int s = 0; s < theta.length; s++) {
                theta[s][r] = result.converged() ? Linearised.value(statistics.get(s), result.weights()) : Double.NaN;
            }
        }
        progress.at(replication.size(), replication.size());
        return of(full.weights(), replication, statistics, theta, failed);
    }

    private static ReplicateEstimates of(
            double[] weights,
            Replication replication,
            List<Statistic> statistics,
            double[][] theta,
            List<Failed> failed) {
        List<Estimate> list = new ArrayList<>();
        for (int s = 0; s < theta.length; s++) {
            Judged judged = new Judged(statistics.get(s), weights);
            Reach reach = replication.reach(judged.counted());
            int kept = (int) Arrays.stream(theta[s]).filter(Double::isFinite).count();
            list.add(judged.estimate(
                    reach,
                    Estimate.Basis.of(reach, Math.max(0, Math.min(reach.degrees(), kept - 1)), theta[s].length - kept),
                    replication.variance(theta[s]),
                    replication.plain(weights, judged.linear().variable()),
                    judged.valued(replication.units(), replication.unitCount())));
        }
        return new ReplicateEstimates(list, replication.method(), replication.size(), failed);
    }

    private static double[] times(double[] weights, double[] factors) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] *= weights[i];
        }
        return factors;
    }
}
