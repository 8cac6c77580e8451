package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.weigh.internal.Judgement;
import dev.assay.weigh.internal.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Iterative proportional fitting: the weights of every cell of one margin are scaled to its total, margin
/// after margin, until every margin is met at once (Deming and Stephan 1940). The fixed point is that of the
/// raking distance on the margins' indicators; [Calibration] reaches it in fewer passes where many margins
/// are correlated.
///
/// Margins whose totals add up differently are INCONSISTENT before the first sweep. Other contradictions
/// make the
/// sweeps go round in a circle: the status is then NOT_CONVERGED.
public final class ProportionalFitting {
    private ProportionalFitting() {}

    /// A margin: a classification of the rows and the totals of its cells.
    ///
    /// @param name   what messages call it
    /// @param cells  `[rows]` the cell of each row, `0 <= c < totals.size()`; -1 for rows that lie in
    ///     none and are
    /// not
    ///               touched by this margin
    /// @param totals one target a cell, 0 or more
    public record Margin(String name, int[] cells, Targets totals) {
        /// A margin called after its first cell.
        public Margin(int[] cells, Targets totals) {
            this(totals.get(0).name(), cells, totals);
        }

        private boolean isWhole() {
            return Arrays.stream(cells).allMatch(c -> c >= 0);
        }

        private double sum() {
            return Arrays.stream(totals.values()).sum();
        }
    }

    /// Fits.
    ///
    /// @param designWeights `[rows]` finite, 0 or more
    /// @param margins       at least one; names of cells unique over all
    /// @param tolerance     relative error at which a cell is met, looked at for all margins after a whole
    ///     sweep
    /// @param mostSweeps    `>= 1`
    /// @return as from [Calibration]; the history has a line a sweep, and a pass is counted a margin and
    ///     sweep
    /// @throws Fault (BAD_DATA) naming row or cell of a number out of range
    public static CalibrationResult solve(
            double[] designWeights, List<Margin> margins, double tolerance, int mostSweeps, Engine engine) {
        int rows = designWeights.length;
        int[][] codes = margins.stream().map(Margin::cells).toArray(int[][]::new);
        int[] counts = margins.stream().mapToInt(m -> m.totals().size()).toArray();
        List<Target> all = new ArrayList<>();
        for (Margin margin : margins) {
            for (Target total : margin.totals().list()) {
                if (total.value() < 0) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA, "Cell '" + total.name() + "' has a negative total; correct it.");
                }
                all.add(total);
            }
        }
        CalibrationProblem problem =
                CalibrationProblem.of(Cells.design(codes, counts), designWeights, new Targets(all));
        Optional<String> contradiction = contradiction(margins, tolerance);
        if (contradiction.isPresent()) {
            return stopped(
                    CalibrationStatus.INCONSISTENT,
                    contradiction.get(),
                    Judgement.of(
                            problem,
                            CalibrationSettings.raking().withTolerance(tolerance),
                            designWeights.clone(),
                            0,
                            0,
                            List.of(),
                            "",
                            engine));
        }
        double[] weights = designWeights.clone();
        List<Iteration> history = new ArrayList<>();
        double error = Double.POSITIVE_INFINITY;
        int sweep = 0;
        while (sweep < mostSweeps && !(error <= tolerance)) {
            if (Thread.interrupted()) {
                throw new java.util.concurrent.CancellationException("interrupted");
            }
            for (Margin margin : margins) {
                double[] sums = sums(margin, weights, rows);
                for (int c = 0; c < sums.length; c++) {
                    sums[c] = sums[c] == 0 ? 1 : margin.totals().get(c).value() / sums[c];
                }
                for (int i = 0; i < rows; i++) {
                    weights[i] *= margin.cells()[i] < 0 ? 1 : sums[margin.cells()[i]];
                }
            }
            sweep++;
            error = 0;
            double total = 0;
            for (Margin margin : margins) {
                double[] sums = sums(margin, weights, rows);
                for (int c = 0; c < sums.length; c++) {
                    Target target = margin.totals().get(c);
                    double miss = Math.abs(sums[c] - target.value()) / target.scale();
                    error = Math.max(error, miss);
                    total += miss;
                }
            }
            history.add(new Iteration(sweep, sweep * margins.size(), 0, error, total / all.size(), 1, 0));
        }
        CalibrationResult judged = Judgement.of(
                problem,
                CalibrationSettings.raking().withTolerance(tolerance),
                weights,
                sweep,
                sweep * margins.size(),
                history,
                "After " + sweep
                        + " sweeps some margin is still missed; give more sweeps, or calibrate by raking, which tells"
                        + " whether the margins contradict each other.",
                engine);
        boolean empty = judged.targets().stream().anyMatch(t -> t.part() == TargetDiagnostic.Part.WITHOUT_SUPPORT);
        return !empty
                ? judged
                : stopped(
                        CalibrationStatus.EMPTY_SUPPORT,
                        "No row with a positive design weight lies in "
                                + judged.targets().stream()
                                        .filter(t -> t.part() == TargetDiagnostic.Part.WITHOUT_SUPPORT)
                                        .limit(8)
                                        .map(t -> "'" + t.name() + "'")
                                        .toList()
                                + ", whose total is not 0; join cells.",
                        judged);
    }

    private static double[] sums(Margin margin, double[] weights, int rows) {
        double[] sums = new double[margin.totals().size()];
        for (int i = 0; i < rows; i++) {
            if (margin.cells()[i] >= 0) {
                sums[margin.cells()[i]] += weights[i];
            }
        }
        return sums;
    }

    /// Margins that classify all rows have one sum: that of the weights.
    private static Optional<String> contradiction(List<Margin> margins, double tolerance) {
        List<Margin> whole = margins.stream().filter(Margin::isWhole).toList();
        for (int a = 0; a < whole.size(); a++) {
            for (int b = a + 1; b < whole.size(); b++) {
                double one = whole.get(a).sum();
                double other = whole.get(b).sum();
                if (Math.abs(one - other) > slack(whole.get(a), tolerance) + slack(whole.get(b), tolerance)) {
                    return Optional.of("The totals of margin '" + whole.get(a).name() + "' add up to "
                            + Sentences.number(one) + " and those of margin '"
                            + whole.get(b).name() + "' to " + Sentences.number(other)
                            + ", but every row counts in both; correct one of them.");
                }
            }
        }
        return Optional.empty();
    }

    private static double slack(Margin margin, double tolerance) {
        return margin.totals().list().stream()
                .mapToDouble(t -> Math.max(tolerance, t.tolerance()) * t.scale())
                .sum();
    }

    private static CalibrationResult stopped(CalibrationStatus status, String sentence, CalibrationResult judged) {
        return new CalibrationResult(
                status,
                sentence,
                judged.weights(),
                judged.multipliers(),
                judged.newtonSteps(),
                judged.passes(),
                judged.bytesPerPass(),
                judged.targets(),
                judged.distribution(),
                judged.history(),
                List.of(),
                Optional.empty());
    }
}
