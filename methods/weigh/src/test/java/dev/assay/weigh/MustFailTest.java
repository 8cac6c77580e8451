package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Problems without a solution, which R's survey 4.1.1 ends with "Calibration failed" or a NaN error. The smallest
/// misses were computed with SciPy's HiGHS.
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
        if (!conflict.isEmpty()) {
            assertThat(why.conflict()).isEqualTo(List.of(conflict));
        }
        assertThat(Arrays.stream(result.weights()).allMatch(Double::isFinite)).isTrue();
        assertThat(result.targets()).allMatch(t -> Double.isFinite(t.errorAfter()));
    }
}
