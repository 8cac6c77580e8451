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
    /// @return CONVERGED if every target is within the tolerance, else NOT_CONVERGED; multipliers 0
    public static CalibrationResult of(
            CalibrationProblem problem,
            CalibrationSettings settings,
            double[] weights,
            int steps,
            int passes,
            List<Iteration> history,
            String missed,
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
                    columns.rows[j],
                    sums.squares[j] > 0 ? sums.after[j] * sums.after[j] / sums.squares[j] : 0,
                    sums.after[j] == 0 ? 0 : sums.largest[j] / Math.abs(sums.after[j]),
                    sums.sizes[j] > 0 ? sums.atBound[j] / sums.sizes[j] : 0,
                    met,
                    target.cost(),
                    columns.rows[j] > 0
                            ? Part.SOLVED
                            : target.value() == 0 ? Part.DROPPED_EMPTY : Part.WITHOUT_SUPPORT));
        }
        return new CalibrationResult(
                all ? CalibrationStatus.CONVERGED : CalibrationStatus.NOT_CONVERGED,
                all ? "Every target is within the tolerance on the stored weights." : missed,
                weights,
                new double[problem.targets().size()],
                steps,
                terms.passes(),
                problem.design().bytes(),
                list,
                sums.distribution(problem.designWeights(), weights),
                history,
                List.of(),
                Optional.empty());
    }
}
