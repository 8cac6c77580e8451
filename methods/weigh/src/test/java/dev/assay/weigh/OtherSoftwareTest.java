package dev.assay.weigh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Weights against R's packages sampling 2.9, laeken 0.5.2 and survey 4.1.1; `other/make_other_cases.R`
/// made them.
class OtherSoftwareTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    static Stream<Arguments> cases() {
        List<String[]> lines = Survey.lines("other/cases.csv");
        return lines.subList(1, lines.size()).stream().map(l -> Arguments.of((Object[]) l));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void weightsAgree(String name, String method, String lower, String upper, String tolerance, String totals) {
        Map<String, double[]> columns = Survey.columns("other/" + name + ".csv");
        double[] d = requireNonNull(columns.get("d"));
        double[] targets =
                Stream.of(totals.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[][] x = new double[d.length][targets.length];
        for (int j = 0; j < targets.length; j++) {
            double[] column = requireNonNull(columns.get("x" + (j + 1)));
            for (int i = 0; i < d.length; i++) {
                x[i][j] = column[i];
            }
        }
        Distance distance = switch (method) {
            case "linear" -> new Distance.Linear();
            case "raking" -> new Distance.Raking();
            case "logit" -> new Distance.Logit();
            case "sinh" -> new Distance.Sinh();
            default -> throw new IllegalArgumentException(method);
        };
        CalibrationSettings settings = CalibrationSettings.of(distance, Bounds.ofRatio(number(lower), number(upper)));
        CalibrationProblem problem = CalibrationProblem.of(Design.fromDense(x), d, Targets.of(targets))
                .withQ(requireNonNull(columns.get("q")));

        CalibrationResult result = Calibration.solve(settings.withTolerance(1e-12), problem, ENGINE, Progress.none());

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        double[] theirs = requireNonNull(columns.get("w"));
        assertThat(Survey.distance(result.weights(), theirs)).isLessThan(Double.parseDouble(tolerance));
        assertThat(Arrays.stream(theirs).sum()).isPositive();
    }

    private static double number(String text) {
        return switch (text) {
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "Inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
