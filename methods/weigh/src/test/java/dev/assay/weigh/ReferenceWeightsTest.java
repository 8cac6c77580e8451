package dev.assay.weigh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Weights against R's survey 4.1.1 and an independent dual Newton method.
class ReferenceWeightsTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);
    private static final double SYMMETRIC = 0.151087526641455;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /// Case, target set, settings, tolerance of the weights, Newton steps of the independent method.
    static Stream<Arguments> cases() {
        CalibrationSettings linear = CalibrationSettings.linear();
        CalibrationSettings raking = CalibrationSettings.raking();
        CalibrationSettings logit = CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.5, 2));
        return Stream.of(
                Arguments.of("linear_full", "full_file_total", linear, 1e-9, 1),
                Arguments.of("raking_full", "full_file_total", raking, 1e-9, 4),
                Arguments.of(
                        "sinh_full_b0.1_5", "full_file_total", CalibrationSettings.of(new Distance.Sinh()), 1e-9, 4),
                Arguments.of("linear_pub", "published_total", linear, 1e-8, 1),
                Arguments.of("raking_pub", "published_total", raking, 1e-9, 6),
                Arguments.of("logit_full_b0.5_2", "full_file_total", logit, 1e-9, 4),
                Arguments.of("logit_pub_b0.2_5", "published_total", logit.withBounds(Bounds.ofRatio(0.2, 5)), 1e-9, 6),
                Arguments.of(
                        "linear_bounded_pub_b0.3_4",
                        "published_total",
                        linear.withBounds(Bounds.ofRatio(0.3, 4)),
                        1e-9,
                        4),
                Arguments.of(
                        "raking_bounded_pub_b0.3_4",
                        "published_total",
                        raking.withBounds(Bounds.ofRatio(0.3, 4)),
                        1e-9,
                        7),
                Arguments.of(
                        "linear_absolute_pub_w50_3000",
                        "published_total",
                        linear.withBounds(Bounds.ofWeight(50, 3000)),
                        1e-9,
                        5),
                Arguments.of(
                        "linear_bounded_full_b0.84_1.16",
                        "full_file_total",
                        linear.withBounds(Bounds.ofRatio(0.84, 1.16)),
                        1e-9,
                        4),
                Arguments.of(
                        "trunc_full_1.05delta",
                        "full_file_total",
                        linear.withBounds(Bounds.ofRatio(1 - 1.05 * SYMMETRIC, 1 + 1.05 * SYMMETRIC)),
                        1e-9,
                        5),
                Arguments.of(
                        "trunc_full_1.2delta",
                        "full_file_total",
                        linear.withBounds(Bounds.ofRatio(1 - 1.2 * SYMMETRIC, 1 + 1.2 * SYMMETRIC)),
                        1e-9,
                        3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void weightsAgreeWithTheReference(
            String name, String set, CalibrationSettings settings, double tolerance, int steps) {
        CalibrationResult result = Calibration.solve(
                settings, Survey.design(), Survey.designWeights(), Survey.targets(set), ENGINE, Progress.none());

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(Survey.distance(result.weights(), Survey.reference(name))).isLessThan(tolerance);
        assertThat(result.newtonSteps()).isLessThanOrEqualTo(steps + 2);
        assertThat(result.maxError()).isLessThanOrEqualTo(1e-12);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void conjugateGradientsFindTheSameWeights(
            String name, String set, CalibrationSettings settings, double tolerance, int steps) {
        CalibrationResult result = Calibration.solve(
                settings.withSolver(Solver.CONJUGATE_GRADIENT).withTolerance(1e-12),
                Survey.design(),
                Survey.designWeights(),
                Survey.targets(set),
                ENGINE,
                Progress.none());

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(Survey.distance(result.weights(), Survey.reference(name))).isLessThan(tolerance);
        assertThat(result.cgSteps()).isPositive();
    }

    @Test
    void scalesByPersonsGiveTheIntegratedWeightsOfPersons() {
        double[] q = Arrays.stream(Survey.column("persons")).map(m -> 1 / m).toArray();

        double[] weights = solve(CalibrationSettings.linear(), q);

        assertThat(Survey.distance(weights, Survey.reference("linear_q_inv_persons_full")))
                .isLessThan(1e-9);
        assertThat(Survey.distance(spread(weights), Survey.reference("integrated_linear_full")))
                .isLessThan(1e-9);
        assertThat(Survey.distance(
                        spread(solve(CalibrationSettings.raking(), q)), Survey.reference("integrated_raking_full")))
                .isLessThan(1e-9);
    }

    private static double[] solve(CalibrationSettings settings, double[] q) {
        CalibrationResult result = Calibration.solve(
                settings,
                CalibrationProblem.of(Survey.design(), Survey.designWeights(), Survey.targets("full_file_total"))
                        .withQ(q),
                ENGINE,
                Progress.none());
        assertThat(result.converged()).isTrue();
        return result.weights();
    }

    private static double[] spread(double[] weights) {
        double[] households = Survey.column("hhID");
        return Arrays.stream(Survey.columns("persons_of_2000.csv").get("hhID"))
                .map(id -> weights[Arrays.binarySearch(households, id)])
                .toArray();
    }

    @Test
    void cellsOfAPostStratificationAreRaked() {
        var cells = Survey.columns("poststrata_size_cluster.csv");
        double[][] indicators = IntStream.range(0, 2000)
                .mapToObj(i -> IntStream.range(0, 16)
                        .mapToDouble(c -> Survey.column("HHSize")[i] == requireNonNull(cells.get("HHSize"))[c]
                                        && Survey.column("SUBREGCluster")[i]
                                                == requireNonNull(cells.get("SUBREGCluster"))[c]
                                ? 1
                                : 0)
                        .toArray())
                .toArray(double[][]::new);
        CalibrationResult result = Calibration.solve(
                CalibrationSettings.raking(),
                Design.fromDense(indicators),
                Survey.designWeights(),
                Targets.of(requireNonNull(cells.get("Freq"))),
                ENGINE,
                Progress.none());

        assertThat(result.converged()).isTrue();
        assertThat(Survey.distance(result.weights(), Survey.reference("poststratify_size_cluster")))
                .isLessThan(1e-9);
    }

    @Test
    void rakingToMarginsWithDependentTargetsAgreesWithCycling() {
        // All nine margins: each variable's sum to the same total, so two of them are dependent.
        double[][] margins = IntStream.range(0, 2000)
                .mapToObj(i -> new double[] {
                    is("HHSize", i, 1),
                    is("HHSize", i, 2),
                    is("HHSize", i, 3),
                    is("HHSize", i, 4),
                    is("HHIncome", i, 1),
                    is("HHIncome", i, 2),
                    is("HHIncome", i, 3),
                    is("HHDwelling", i, 1),
                    is("HHDwelling", i, 2)
                })
                .toArray(double[][]::new);
        var controls = Survey.controls("published_total");
        Targets targets =
                new Targets(Stream.of("size1", "size2", "size3", "size4", "inc1", "inc2", "inc3", "dwel1", "dwel2")
                        .map(n -> Target.exact(n, requireNonNull(controls.get(n))))
                        .toList());
        CalibrationResult result = Calibration.solve(
                CalibrationSettings.raking(),
                Design.fromDense(margins),
                Survey.designWeights(),
                targets,
                ENGINE,
                Progress.none());

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(result.dependent()).hasSize(2).allMatch(DependentTarget::agrees);
        assertThat(Survey.distance(result.weights(), Survey.reference("rake_size_income_dwelling_pub")))
                .isLessThan(1e-8);
    }

    private static double is(String column, int row, double value) {
        return Survey.column(column)[row] == value ? 1 : 0;
    }
}
