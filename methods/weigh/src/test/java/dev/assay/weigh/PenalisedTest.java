package dev.assay.weigh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Targets that may be missed, against the closed form of the linear distance.
class PenalisedTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Targets priced(double cost, boolean householdsExact) {
        return new Targets(Survey.targets("published_total").list().stream()
                .map(t -> householdsExact && t.name().equals("households") ? t : t.withCost(cost))
                .toList());
    }

    private static CalibrationResult solve(CalibrationSettings settings, Targets targets) {
        return Calibration.solve(settings, Survey.design(), Survey.designWeights(), targets, ENGINE, Progress.none());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "pub_C1000,                    1e3, false, 0.9965732551945942,  1.0099277638758957, 6.9488575269806825",
        "pub_C1000_intercept_exact,    1e3, true,  0.9946109867057785,  1.0079718186448625, 9.75686497502114",
        "pub_C100000,                  1e5, false, 0.7642127287168694,  1.6627027885916674, 25407.346006466807",
        "pub_C100000_intercept_exact,  1e5, true,  0.7564367556231935,  1.6570346178548845, 25460.91082041432",
        "pub_C1e+07,                   1e7, false, 0.06227834219595252, 3.1282331080538572, 342644.50882228726",
        "pub_C1e+07_intercept_exact,   1e7, true,  0.05122608668529871, 3.252362598430831,  358230.3359459339"
    })
    void agreesWithTheClosedForm(
            String name, double cost, boolean householdsExact, double least, double most, double chiSquare) {
        Map<String, Double> errors = new HashMap<>();
        for (String[] line : Survey.lines("ridge.csv")) {
            if (line[0].equals(name)) {
                errors.put(line[1], Double.parseDouble(line[2]));
            }
        }
        for (Solver solver : List.of(Solver.EXPLICIT, Solver.CONJUGATE_GRADIENT)) {
            CalibrationResult result = solve(
                    CalibrationSettings.linear().withSolver(solver).withTolerance(1e-12),
                    priced(cost, householdsExact));

            assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED_PENALISED);
            assertThat(result.status().weightColumn()).isEqualTo("weight");
            WeightDistribution spread = result.distribution();
            assertThat(spread.ratio().min()).isCloseTo(least, within(1e-8 * least));
            assertThat(spread.ratio().max()).isCloseTo(most, within(1e-8 * most));
            assertThat(spread.chiSquareDistance()).isCloseTo(chiSquare, within(1e-8 * chiSquare));
            for (TargetDiagnostic target : result.targets()) {
                double expected = requireNonNull(errors.get(target.name()));
                assertThat(target.errorAfter())
                        .as(target.name())
                        .isCloseTo(expected, within(1e-8 * Math.abs(expected) + 1e-11));
            }
        }
    }

    /// At the optimum a target is missed by `-lambda / c`, whatever the distance.
    @Test
    void theMissIsTheMultiplierOverTheCost() {
        Targets targets = priced(1e6, true);
        for (CalibrationSettings settings : List.of(
                CalibrationSettings.raking(),
                CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.2, 5)),
                CalibrationSettings.of(new Distance.Sinh()),
                CalibrationSettings.linear().withBounds(Bounds.ofRatio(0.5, 2)))) {
            CalibrationResult result = solve(settings.withTolerance(1e-12), targets);
            assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED_PENALISED);
            for (int j = 0; j < targets.size(); j++) {
                TargetDiagnostic target = result.targets().get(j);
                if (targets.get(j).isExact()) {
                    assertThat(target.errorAfter()).isCloseTo(0, within(1e-11));
                } else {
                    double scale = targets.get(j).scale();
                    assertThat(target.errorAfter() * scale)
                            .isCloseTo(-target.multiplier() * scale * scale / 1e6, within(1e-10 * scale));
                }
            }
        }
    }

    /// As costs grow the weights go to the exact ones; contradictory soft targets are no error.
    @Test
    void greatCostsMeetTheTargets() {
        CalibrationResult exact = solve(CalibrationSettings.raking(), Survey.targets("full_file_total"));
        CalibrationResult dear = solve(
                CalibrationSettings.raking(),
                new Targets(Survey.targets("full_file_total").list().stream()
                        .map(t -> t.withCost(1e18))
                        .toList()));
        assertThat(Survey.distance(dear.weights(), exact.weights())).isLessThan(1e-6);

        Targets contradictory = new Targets(List.of(Target.soft("a", 30, 100), Target.soft("b", 32, 100)));
        CalibrationResult between = Calibration.solve(
                CalibrationSettings.raking(),
                Design.fromDense(new double[][] {{1, 1}, {1, 1}}),
                new double[] {10, 10},
                contradictory,
                ENGINE,
                Progress.none());
        assertThat(between.status()).isEqualTo(CalibrationStatus.CONVERGED_PENALISED);
        assertThat(Arrays.stream(between.weights()).sum()).isBetween(20.0, 32.0);
    }

    @Test
    void explicitAndIterativeSolversAgree() {
        Property.holds(30, seed -> {
            var random = seed.generator();
            int n = 60;
            int k = 5;
            double[][] x = new double[n][k];
            double[] d = new double[n];
            double[] totals = new double[k];
            for (int i = 0; i < n; i++) {
                d[i] = 5 + 10 * random.nextDouble();
                for (int j = 0; j < k; j++) {
                    x[i][j] = j == 0 ? 1 : random.nextInt(0, 3);
                    totals[j] += d[i] * x[i][j] * (0.7 + 0.6 * random.nextDouble());
                }
            }
            List<Target> list = new ArrayList<>();
            for (int j = 0; j < k; j++) {
                list.add(j % 2 == 0 ? Target.exact("t" + j, totals[j]) : Target.soft("t" + j, 3 * totals[j], 50));
            }
            CalibrationProblem problem = CalibrationProblem.of(Design.fromDense(x), d, new Targets(list));
            CalibrationSettings settings = CalibrationSettings.raking().withTolerance(1e-12);
            CalibrationResult one =
                    Calibration.solve(settings.withSolver(Solver.EXPLICIT), problem, ENGINE, Progress.none());
            CalibrationResult two =
                    Calibration.solve(settings.withSolver(Solver.CONJUGATE_GRADIENT), problem, ENGINE, Progress.none());
            assertThat(one.converged()).isEqualTo(two.converged());
            if (one.converged()) {
                assertThat(Survey.distance(one.weights(), two.weights())).isLessThan(1e-9);
                // A start at the solution stays there.
                CalibrationResult warm =
                        Calibration.solve(settings, problem.startingAt(one.multipliers()), ENGINE, Progress.none());
                assertThat(warm.newtonSteps()).isZero();
                assertThat(Survey.distance(warm.weights(), one.weights())).isLessThan(1e-12);
            }
        });
    }
}
