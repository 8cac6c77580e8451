package dev.assay.weigh;

import java.util.List;
import java.util.Optional;

/// Weights and the evidence for or against them.
///
/// @param status         how the calibration ended
/// @param explanation    one sentence for a person: what the status rests on, and what to do if it is not
///                       converged
/// @param weights        `[rows]` the final weights; the best ones found if the targets were not met
/// @param multipliers    `[targets]` dual multipliers, 0 for targets outside the solve
/// @param newtonSteps    Newton steps taken
/// @param passes         passes over the design, preparation and diagnostics included
/// @param bytesPerPass   bytes of the design read in each
/// @param targets        one diagnostic a target, in their order
/// @param distribution   how the weights are spread
/// @param history        one line a step
/// @param dependent      targets that are combinations of others
/// @param infeasibility  why there are no such weights, if that was shown
public record CalibrationResult(
        CalibrationStatus status,
        String explanation,
        double[] weights,
        double[] multipliers,
        int newtonSteps,
        int passes,
        long bytesPerPass,
        List<TargetDiagnostic> targets,
        WeightDistribution distribution,
        List<Iteration> history,
        List<DependentTarget> dependent,
        Optional<Infeasibility> infeasibility) {
    /// Copies the lists; the arrays are the result's own, not to be written to.
    public CalibrationResult {
        targets = List.copyOf(targets);
        history = List.copyOf(history);
        dependent = List.copyOf(dependent);
    }

    /// Whether every target that must be met is met.
    public boolean converged() {
        return status.isConverged();
    }

    /// Whether every target is met, those too that may be missed at a cost, and by weights inside what
    /// is possible:
    /// what people take "converged" for.
    public boolean isPlain() {
        return (status == CalibrationStatus.CONVERGED || status == CalibrationStatus.CONVERGED_PENALISED)
                && exactMissed() == 0
                && penalisedMissed() == 0;
    }

    /// Targets that may be missed at a cost.
    public long penalised() {
        return targets.stream().filter(t -> Double.isFinite(t.cost())).count();
    }

    /// Targets that must be met and are missed by more than the tolerance.
    public long exactMissed() {
        return targets.stream()
                .filter(t -> Double.isInfinite(t.cost()) && !t.withinTolerance())
                .count();
    }

    /// Targets that may be missed at a cost and are, by more than the tolerance.
    public long penalisedMissed() {
        return targets.stream()
                .filter(t -> Double.isFinite(t.cost()) && !t.withinTolerance())
                .count();
    }

    /// Conjugate-gradient steps in all, 0 with an explicit Hessian.
    public int cgSteps() {
        return history.stream().mapToInt(Iteration::cgSteps).sum();
    }

    /// The greatest absolute relative error of a target under the final weights.
    public double maxError() {
        double most = 0;
        for (TargetDiagnostic target : targets) {
            most = Math.max(most, Math.abs(target.errorAfter()));
        }
        return most;
    }

    /// Names of the targets that took no part because nothing contributes and nothing is asked, or because
    /// their rows were set to 0.
    public List<String> dropped() {
        return targets.stream()
                .filter(t -> switch (t.part()) {
                    case DROPPED_EMPTY, ROWS_ZEROED -> true;
                    case SOLVED, DEPENDENT, WITHOUT_SUPPORT -> false;
                })
                .map(TargetDiagnostic::name)
                .toList();
    }
}
