package dev.assay.weigh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.ProportionalFitting.Margin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Post-stratification, proportional fitting and trimming against R's survey 4.1.1.
class FastPathsTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    record Cellwise(int[] codes, Targets totals) {}

    /// Size by region.
    static Cellwise poststrata() {
        Map<String, double[]> cells = Survey.columns("poststrata_size_cluster.csv");
        double[] size = requireNonNull(cells.get("HHSize"));
        double[] region = requireNonNull(cells.get("SUBREGCluster"));
        double[] total = requireNonNull(cells.get("Freq"));
        int[] codes = new int[2_000];
        List<Target> targets = new ArrayList<>();
        for (int c = 0; c < total.length; c++) {
            targets.add(Target.exact("size " + (int) size[c] + " region " + (int) region[c], total[c]));
            for (int i = 0; i < codes.length; i++) {
                if (Survey.column("HHSize")[i] == size[c] && Survey.column("SUBREGCluster")[i] == region[c]) {
                    codes[i] = c;
                }
            }
        }
        return new Cellwise(codes, new Targets(targets));
    }

    /// Published margins of size, income and dwelling.
    static List<Margin> margins() {
        Map<String, Double> controls = Survey.controls("published_total");
        List<Margin> margins = new ArrayList<>();
        String[][] names = {{"HHSize", "size", "4"}, {"HHIncome", "inc", "3"}, {"HHDwelling", "dwel", "2"}};
        for (String[] name : names) {
            List<Target> totals = new ArrayList<>();
            for (int k = 1; k <= Integer.parseInt(name[2]); k++) {
                totals.add(Target.exact(name[1] + k, requireNonNull(controls.get(name[1] + k))));
            }
            int[] codes = Arrays.stream(Survey.column(name[0]))
                    .mapToInt(v -> (int) v - 1)
                    .toArray();
            margins.add(new Margin(codes, new Targets(totals)));
        }
        return margins;
    }

    @Test
    void postStratificationAgrees() {
        Cellwise cells = poststrata();
        CalibrationResult result =
                PostStratification.solve(Survey.designWeights(), cells.codes(), cells.totals(), false, ENGINE);
        assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(Survey.distance(result.weights(), Survey.reference("poststratify_size_cluster")))
                .isLessThan(1e-12);
        CalibrationResult general = Calibration.solve(
                CalibrationSettings.raking(),
                CalibrationProblem.of(
                        Cells.design(cells.codes(), cells.totals().size()), Survey.designWeights(), cells.totals()),
                ENGINE,
                Progress.none());
        assertThat(Survey.distance(result.weights(), general.weights())).isLessThan(1e-9);
        for (int c = 0; c < cells.totals().size(); c++) {
            assertThat(result.multipliers()[c]).isCloseTo(general.multipliers()[c], within(1e-9));
        }
    }

    @Test
    void cellsWithoutRowsAreNamedOrPassedOver() {
        int[] codes = {0, 0, 1};
        Targets totals = new Targets(
                List.of(Target.exact("a", 30), Target.exact("b", 5), Target.exact("c", 7), Target.exact("none", 0)));
        double[] d = {10, 10, 10};
        CalibrationResult stopped = PostStratification.solve(d, codes, totals, false, ENGINE);
        assertThat(stopped.status()).isEqualTo(CalibrationStatus.EMPTY_SUPPORT);
        assertThat(stopped.explanation()).contains("'c'").doesNotContain("'none'");
        assertThat(stopped.weights()).containsExactly(d);
        CalibrationResult partial = PostStratification.solve(d, codes, totals, true, ENGINE);
        assertThat(partial.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(partial.weights()).containsExactly(15, 15, 5);
        assertThat(partial.explanation()).contains("'c'");
        Fault outside = catchThrowableOfType(
                Fault.class, () -> PostStratification.solve(d, new int[] {0, 1, 9}, totals, false, ENGINE));
        assertThat(outside.getMessage()).contains("Row 3", "cell 9");
    }

    @Test
    void proportionalFittingAgrees() {
        CalibrationResult result = ProportionalFitting.solve(Survey.designWeights(), margins(), 1e-9, 500, ENGINE);
        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(Survey.distance(result.weights(), Survey.reference("rake_size_income_dwelling_pub")))
                .isLessThan(1e-8);
        List<Target> all =
                margins().stream().flatMap(m -> m.totals().list().stream()).toList();
        CalibrationResult general = Calibration.solve(
                CalibrationSettings.raking(),
                CalibrationProblem.of(
                        Cells.design(margins().stream().map(Margin::cells).toArray(int[][]::new), new int[] {4, 3, 2}),
                        Survey.designWeights(),
                        new Targets(all)),
                ENGINE,
                Progress.none());
        assertThat(Survey.distance(result.weights(), general.weights())).isLessThan(1e-8);
        assertThat(result.history()).hasSize(result.newtonSteps());
        assertThat(result.history().getLast().maxError()).isLessThanOrEqualTo(1e-9);
        assertThat(result.history().get(result.history().size() - 2).maxError()).isGreaterThan(1e-9);
    }

    @Test
    void marginsThatAddUpDifferentlyAreNamedBeforeTheFirstSweep() {
        List<Margin> margins = List.of(
                new Margin(
                        "age", new int[] {0, 0, 1}, new Targets(List.of(Target.exact("a", 10), Target.exact("b", 10)))),
                new Margin(
                        "sex",
                        new int[] {0, 1, 1},
                        new Targets(List.of(Target.exact("c", 10), Target.exact("d", 15)))));
        CalibrationResult result = ProportionalFitting.solve(new double[] {1, 1, 1}, margins, 1e-9, 50, ENGINE);
        assertThat(result.status()).isEqualTo(CalibrationStatus.INCONSISTENT);
        assertThat(result.explanation()).contains("'age' add up to 20", "'sex' to 25");
        assertThat(result.newtonSteps()).isZero();
        // One that leaves out a row may add up to less.
        List<Margin> partial = List.of(
                margins.getFirst(),
                new Margin(
                        "sex", new int[] {0, 1, -1}, new Targets(List.of(Target.exact("c", 4), Target.exact("d", 6)))));
        result = ProportionalFitting.solve(new double[] {1, 1, 1}, partial, 1e-9, 50, ENGINE);
        assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(result.weights()).containsExactly(4, 6, 10);
    }

    @Test
    void contradictoryMarginsDoNotConverge() {
        List<Margin> margins = List.of(
                new Margin(new int[] {0, 0, 1}, new Targets(List.of(Target.exact("a", 10), Target.exact("b", 10)))),
                new Margin(new int[] {0, 1, 1}, new Targets(List.of(Target.exact("c", 15), Target.exact("d", 5)))));
        CalibrationResult result = ProportionalFitting.solve(new double[] {1, 1, 1}, margins, 1e-9, 50, ENGINE);
        assertThat(result.status()).isEqualTo(CalibrationStatus.NOT_CONVERGED);
        assertThat(result.explanation()).contains("50 sweeps");
        assertThat(result.status().weightColumn()).isEqualTo("weight_unverified");
    }

    @ParameterizedTest
    @EnumSource(Trimming.Rounds.class)
    void trimmingAgrees(Trimming.Rounds rounds) {
        CalibrationProblem problem =
                CalibrationProblem.of(Survey.design(), Survey.designWeights(), Survey.targets("full_file_total"));
        double[] weights = Survey.reference("linear_full");
        CalibrationResult result = Trimming.trim(problem, weights, 200, 1200, rounds, ENGINE);
        String name = rounds == Trimming.Rounds.STRICT ? "strict" : "once";
        assertThat(Survey.distance(result.weights(), Survey.reference("linear_full_trim_200_1200_" + name)))
                .isLessThan(1e-9);
        assertThat(Arrays.stream(result.weights()).sum())
                .isCloseTo(Arrays.stream(weights).sum(), within(1e-6));
        // The sum holds and with it the first target; the others do not, and that is said.
        assertThat(result.targets().getFirst().withinTolerance()).isTrue();
        assertThat(result.status()).isEqualTo(CalibrationStatus.NOT_CONVERGED);
        assertThat(result.explanation()).contains("bounds of 200.0 and 1200.0");
        if (rounds == Trimming.Rounds.STRICT) {
            assertThat(Arrays.stream(result.weights()).allMatch(w -> w >= 200 && w <= 1200))
                    .isTrue();
        }
    }

    @Test
    void limitsWithoutRoomAreRefused() {
        CalibrationProblem problem = CalibrationProblem.of(
                Design.fromDense(new double[][] {{1}, {1}}), new double[] {10, 30}, Targets.of(40));
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Trimming.trim(problem, new double[] {10, 30}, 15, 18, Trimming.Rounds.STRICT, ENGINE));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault.getMessage()).contains("No weight is left");
    }
}
