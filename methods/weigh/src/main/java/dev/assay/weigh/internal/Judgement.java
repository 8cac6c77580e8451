package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.CalibrationStatus;
import dev.assay.weigh.Iteration;
import dev.assay.weigh.Target;
import dev.assay.weigh.TargetDiagnostic;
import dev.assay.weigh.TargetDiagnostic.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The result of weights that some method other than the dual one made: judged by the same sums over the
/// stored weights.
public final class Judgement {
    private Judgement() {}

    /// Judges weights.
    ///
    /// @param settings distance and bounds that say what counts as a bound, and the tolerance
    /// @param passes   over the design so far
    /// @param missed   what to say when a target is missed
    /// @return CONVERGED, or CONVERGED_AT_BOUNDARY, if every target is within the tolerance, else
    ///     NOT_CONVERGED;
    /// multipliers 0
    public static CalibrationResult of(
            CalibrationProblem problem,
            CalibrationSettings settings,
            double[] weights,
            int steps,
            int passes,
            List<Iteration> history,
            String missed,
            Engine engine) {
        return of(problem, settings, weights, steps, passes, history, missed, false, engine);
    }

    /// Judges weights of which those of 0 may be rows left out on purpose: they then say nothing about the
    /// targets.
    public static CalibrationResult of(
            CalibrationProblem problem,
            CalibrationSettings settings,
            double[] weights,
            int steps,
            int passes,
            List<Iteration> history,
            String missed,
            boolean zerosChosen,
            Engine engine) {
        Terms terms = new Terms(problem, settings.distance(), settings.bounds(), engine);
        terms.countPasses(passes);
        ColumnSummary columns = ColumnSummary.of(terms, engine);
        Diagnostics sums = Diagnostics.of(terms, problem.designWeights(), weights, engine);
        List<TargetDiagnostic> list = new ArrayList<>();
        boolean all = true;
        for (int j = 0; j < problem.targets().size(); j++) {
            Target target = problem.targets().get(j);
            double error = (sums.after[j] - target.value()) / target.scale();
            boolean met = Math.abs(error) <= Math.max(settings.tolerance(), target.tolerance());
            all &= met;
            list.add(new TargetDiagnostic(
                    target.name(),
                    target.value(),
                    columns.before[j],
                    sums.after[j],
                    (columns.before[j] - target.value()) / target.scale(),
                    error,
                    0,
                    sums.rows[j],
                    sums.effectiveRows(j),
                    sums.largestShare(j),
                    sums.atBoundShare(j),
                    met,
                    target.cost(),
                    columns.rows[j] > 0
                            ? Part.SOLVED
                            : target.value() == 0 ? Part.DROPPED_EMPTY : Part.WITHOUT_SUPPORT));
        }
        Boundary boundary = all
                ? Boundary.of(terms, problem, settings, weights, zerosChosen, engine)
                : new Boundary(0, 0, Optional.empty());
        return new CalibrationResult(
                !all
                        ? CalibrationStatus.NOT_CONVERGED
                        : boundary.sentence().isPresent()
                                ? CalibrationStatus.CONVERGED_AT_BOUNDARY
                                : CalibrationStatus.CONVERGED,
                all ? Sentences.met("Every target is within the tolerance on the stored weights", boundary) : missed,
                weights,
                new double[problem.targets().size()],
                steps,
                terms.passes(),
                problem.design().bytes(),
                list,
                sums.distribution(problem.designWeights(), weights, boundary),
                history,
                List.of(),
                Optional.empty());
    }
}
