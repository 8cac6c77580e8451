package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Problems without a solution, which R's survey 4.1.1 ends with "Calibration failed" or a NaN error. The
/// smallest misses were computed with SciPy's HiGHS.
class MustFailTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    static Stream<Arguments> cases() {
        CalibrationSettings linear = CalibrationSettings.linear();
        return Stream.of(
                Arguments.of("published_total", linear.withBounds(Bounds.ofRatio(0.9, 1.1)), 2.9757120931, "size2"),
                Arguments.of(
                        "published_total",
                        CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.9, 1.1)),
                        2.9757120931,
                        "size2"),
                Arguments.of("full_file_total", linear.withBounds(Bounds.ofRatio(0.85, 1.15)), 0.001281082178, "size3"),
                Arguments.of("published_total", linear.withBounds(Bounds.ofWeight(100, 2500)), 0.0270883599, ""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReportProvesAndMeasuresIt(String set, CalibrationSettings settings, double miss, String conflict) {
        CalibrationResult result = Calibration.solve(
                settings, Survey.design(), Survey.designWeights(), Survey.targets(set), ENGINE, Progress.none());

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.INFEASIBLE);
        Infeasibility why = result.infeasibility().orElseThrow();
        assertThat(why.smallestMiss().orElseThrow().optimal()).isTrue();
        assertThat(why.smallestMiss().orElseThrow().sum()).isCloseTo(miss, within(1e-6 * miss));
        assertThat(why.certificate().orElseThrow().margin()).isPositive();
        assertThat(why.minimal()).isTrue();
        // Truncated linear weights exist within the bounds that are said to work, a little widened.
        TightestBounds workable = why.workable().orElseThrow();
        assertThat(Calibration.solve(
                                CalibrationSettings.linear().withBounds(workable.widened(0.05)),
                                Survey.design(),
                                Survey.designWeights(),
                                Survey.targets(set),
                                ENGINE,
                                Progress.none())
                        .converged())
                .isTrue();
        if (!conflict.isEmpty()) {
            assertThat(why.conflict()).isEqualTo(List.of(conflict));
        }
        assertThat(Arrays.stream(result.weights()).allMatch(Double::isFinite)).isTrue();
        assertThat(result.targets()).allMatch(t -> Double.isFinite(t.errorAfter()));
    }

    /// Three targets of which every pair can be met but not all, among so many others that linear programs
    /// are out of the question: the certificate is made smaller instead, and the least miss approximated.
    @Test
    void alsoWhereLinearProgramsAreOutOfTheQuestion() {
        int others = 900;
        int rows = 60_003;
        Design.Builder design = Design.builder(3 + others);
        int[][] pairs = {{0, 2}, {0, 1}, {1, 2}};
        for (int[] pair : pairs) {
            design.row(2, pair, new double[] {1, 1});
        }
        double[] d = new double[rows];
        double[] totals = new double[3 + others];
        totals[0] = 1.92;
        totals[1] = 1.92;
        totals[2] = 2.9;
        Arrays.fill(d, 1);
        for (int i = 3; i < rows; i++) {
            int at = 3 + i % others;
            int next = 3 + (i / others) % others;
            int[] ids = at == next ? new int[] {at} : new int[] {Math.min(at, next), Math.max(at, next)};
            double[] ones = new double[ids.length];
            Arrays.fill(ones, 1);
            design.row(ids.length, ids, ones);
            for (int id : ids) {
                totals[id] += 0.8 + 0.4 * (i % 7) / 6.0;
            }
        }
        CalibrationResult result = Calibration.solve(
                CalibrationSettings.linear().withBounds(Bounds.ofRatio(0.5, 1.5)),
                design.build(),
                d,
                Targets.of(totals),
                ENGINE,
                Progress.none());

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.INFEASIBLE);
        Infeasibility why = result.infeasibility().orElseThrow();
        assertThat(why.conflict()).containsExactly("t0", "t1", "t2");
        assertThat(why.certificate().orElseThrow().margin()).isPositive();
        Infeasibility.SmallestMiss miss = why.smallestMiss().orElseThrow();
        assertThat(miss.optimal()).isFalse();
        // g = (1.45, 0.47, 1.45) is asked, 0.5 allowed: by linear programming the least sum of misses is
        // 0.03 / 1.92.
        assertThat(miss.sum()).isBetween(0.03 / 2.9, 3 * 0.03 / 1.92);
        assertThat(miss.misses()).allMatch(m -> List.of("t0", "t1", "t2").contains(m.name()));
    }
}
