package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.weigh.internal.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Post-stratification: within each cell the design weights are multiplied by `N_h / sum_h d`. One pass over
/// the rows, and the same weights as calibrating to the cells' totals under any distance (Holt and Smith
/// 1979).
public final class PostStratification {
    private PostStratification() {}

    /// Post-stratifies.
    ///
    /// @param designWeights `[rows]` finite, 0 or more
    /// @param cells         `[rows]` the cell of each row, `0 <= c < totals.size()`; -1 for rows that
    ///     lie in none
    /// and keep
    ///                      their design weight
    /// @param totals        one target a cell: its name and size, 0 or more
    /// @param partial       whether cells without rows are passed over; they are then listed in the result as
    ///                      without support, and the status is still CONVERGED only if every other cell is
    ///                      met and some are left out by request
    /// @return as from [Calibration], with the ratios' logarithms as multipliers; EMPTY_SUPPORT, naming the
    ///         cells, with the design weights if a cell of positive size has no rows and `partial` is not
    ///         given
    /// @throws Fault (BAD_DATA) naming row or cell of a number out of range
    public static CalibrationResult solve(
            double[] designWeights, int[] cells, Targets totals, boolean partial, Engine engine) {
        CalibrationProblem problem = CalibrationProblem.of(Cells.design(cells, totals.size()), designWeights, totals);
        double[] before = new double[totals.size()];
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] >= 0) {
                before[cells[i]] += designWeights[i];
            }
        }
        double[] ratios = new double[before.length];
        double[] multipliers = new double[before.length];
        List<String> empty = new ArrayList<>();
        for (int c = 0; c < ratios.length; c++) {
            Target total = totals.get(c);
            if (total.value() < 0) {
                throw Fault.of(Fault.Kind.BAD_DATA, "Cell '" + total.name() + "' has a negative size; correct it.");
            }
            if (before[c] == 0 && total.value() > 0) {
                empty.add(total.name());
            }
            ratios[c] = before[c] == 0 ? 1 : total.value() / before[c];
            multipliers[c] = ratios[c] > 0 ? Math.log(ratios[c]) : 0;
        }
        boolean stopped = !empty.isEmpty() && !partial;
        double[] weights = designWeights.clone();
        for (int i = 0; i < weights.length && !stopped; i++) {
            weights[i] *= cells[i] < 0 ? 1 : ratios[cells[i]];
        }
        CalibrationResult judged = Judgement.of(
                problem,
                CalibrationSettings.raking(),
                weights,
                0,
                2,
                List.of(),
                "A cell was missed by rounding.",
                engine);
        CalibrationStatus status = stopped
                ? CalibrationStatus.EMPTY_SUPPORT
                : empty.isEmpty()
                        ? judged.status()
                        : judged.targets().stream()
                                        .allMatch(t -> t.withinTolerance()
                                                || t.part() == TargetDiagnostic.Part.WITHOUT_SUPPORT)
                                ? zero(designWeights, weights)
                                        ? CalibrationStatus.CONVERGED_AT_BOUNDARY
                                        : CalibrationStatus.CONVERGED
                                : CalibrationStatus.NOT_CONVERGED;
        String names = "'" + String.join("', '", empty.subList(0, Math.min(8, empty.size()))) + "'"
                + (empty.size() > 8 ? " and " + (empty.size() - 8) + " more" : "");
        String explanation = empty.isEmpty()
                ? judged.explanation()
                : stopped
                        ? "No row with a positive design weight lies in " + names
                                + ", whose size is not 0; join cells, or ask for a partial post-stratification."
                        : "Every cell with rows is met; passed over as asked, for they have none: " + names + ".";
        return new CalibrationResult(
                status,
                explanation,
                weights,
                multipliers,
                0,
                judged.passes(),
                judged.bytesPerPass(),
                judged.targets(),
                judged.distribution(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /// Whether a cell of size 0 has left rows without weight.
    private static boolean zero(double[] designWeights, double[] weights) {
        return IntStream.range(0, weights.length).anyMatch(i -> designWeights[i] > 0 && weights[i] == 0);
    }
}
