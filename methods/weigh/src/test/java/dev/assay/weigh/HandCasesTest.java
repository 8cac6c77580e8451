package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.TargetDiagnostic.Part;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases small enough to solve by hand.
class HandCasesTest {
    private static final LocalEngine ENGINE = LocalEngine.of(1);
    private static final double[] TENS = {10, 10, 10, 10};

    private static CalibrationResult solve(CalibrationSettings settings, double[][] x, double[] d, double... targets) {
        return Calibration.solve(settings, Design.fromDense(x), d, Targets.of(targets), ENGINE, Progress.none());
    }

    @Test
    void allDistancesShareOneGroupAlike() {
        double[][] x = {{1, 1}, {1, 1}, {0, 1}, {0, 1}};
        for (CalibrationSettings settings : List.of(
                CalibrationSettings.linear(),
                CalibrationSettings.raking(),
                CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.1, 3)))) {
            CalibrationResult result = solve(settings, x, TENS, 30, 40);
            assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED);
            assertThat(result.weights()).containsExactly(new double[] {15, 15, 5, 5}, within(1e-6));
            assertThat(result.status().weightColumn()).isEqualTo("weight");
        }
    }

    @Test
    void theSameColumnWithTwoValuesIsInconsistentAndNamesBoth() {
        CalibrationResult result =
                solve(CalibrationSettings.raking(), new double[][] {{1, 1}, {1, 1}, {0, 0}, {0, 0}}, TENS, 30, 31);

        assertThat(result.status()).isEqualTo(CalibrationStatus.INCONSISTENT);
        assertThat(result.status().weightColumn()).isEqualTo("weight_unverified");
        assertThat(result.explanation()).contains("'t1' is always 1 x 't0'");
        assertThat(result.infeasibility().orElseThrow().conflict()).containsExactly("t0", "t1");
        assertThat(result.dependent().getFirst().predicted()).isCloseTo(30, within(1e-9));
    }

    @Test
    void theSameColumnTwiceWithOneValueConverges() {
        CalibrationResult result =
                solve(CalibrationSettings.raking(), new double[][] {{1, 1}, {1, 1}, {0, 0}, {0, 0}}, TENS, 30, 30);

        assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(result.dependent()).hasSize(1);
        assertThat(result.maxError()).isLessThan(1e-12);
        assertThat(result.targets()).extracting(TargetDiagnostic::part).containsExactly(Part.SOLVED, Part.DEPENDENT);
    }

    @Test
    void ofTwoTargetsThatDisagreeTheTolerantOneGivesWay() {
        Design design = Design.fromDense(new double[][] {{1, 1}, {1, 1}, {0, 0}, {0, 0}});
        Targets targets = new Targets(List.of(Target.within("rough", 31, 0.05), Target.exact("sharp", 30)));
        CalibrationResult result =
                Calibration.solve(CalibrationSettings.raking(), design, TENS, targets, ENGINE, Progress.none());

        assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(result.weights()).containsExactly(new double[] {15, 15, 10, 10}, within(1e-7));
        assertThat(result.targets().getFirst().part()).isEqualTo(Part.DEPENDENT);
        assertThat(result.targets().getFirst().errorAfter()).isCloseTo(-1 / 31.0, within(1e-9));
    }

    @Test
    void aNegativeTargetIsOrdinary() {
        for (CalibrationSettings settings : List.of(CalibrationSettings.linear(), CalibrationSettings.raking())) {
            CalibrationResult result = solve(settings, new double[][] {{1, 1}, {-1, 1}}, new double[] {1, 1}, -1.2, 2);
            assertThat(result.status()).isEqualTo(CalibrationStatus.CONVERGED);
            assertThat(result.weights()).containsExactly(new double[] {0.4, 1.6}, within(1e-8));
        }
    }

    @Test
    void aTargetOfMinusOneIsOrdinary() {
        CalibrationResult result =
                solve(CalibrationSettings.raking(), new double[][] {{1, 1}, {-1, 1}}, new double[] {1, 1}, -1, 2);
        assertThat(result.weights()).containsExactly(new double[] {0.5, 1.5}, within(1e-8));
    }

    @Test
    void aZeroTargetOnRowsWithWeightIsRefusedUnlessZeroRowsAreAskedFor() {
        double[][] x = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
        CalibrationResult refused = solve(CalibrationSettings.raking(), x, TENS, 0, 20);
        assertThat(refused.status()).isEqualTo(CalibrationStatus.INFEASIBLE);
        assertThat(refused.infeasibility().orElseThrow().conflict()).containsExactly("t0");
        assertThat(refused.explanation()).contains("'t0'").contains("above 0");

        CalibrationResult zeroed =
                solve(CalibrationSettings.raking().withZeroTargets(ZeroTargets.ZERO_ROWS), x, TENS, 0, 20);
        assertThat(zeroed.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(zeroed.weights()).containsExactly(0, 0, 10, 10);
        assertThat(zeroed.dropped()).containsExactly("t0");
        assertThat(zeroed.targets().getFirst().before()).isEqualTo(20);
        assertThat(zeroed.distribution().zero()).isEqualTo(2);
    }

    @Test
    void zeroingRowsCanTakeAllSupportFromAnotherTarget() {
        CalibrationResult result = solve(
                CalibrationSettings.raking().withZeroTargets(ZeroTargets.ZERO_ROWS),
                new double[][] {{1, 1}, {1, 0}, {0, 0}, {0, 0}},
                TENS,
                0,
                5);
        assertThat(result.status()).isEqualTo(CalibrationStatus.EMPTY_SUPPORT);
        assertThat(result.explanation()).contains("'t1'");
    }

    @Test
    void anEmptyColumnIsDroppedForZeroAndNamedOtherwise() {
        double[][] x = {{1, 0}, {1, 0}, {1, 0}, {1, 0}};
        CalibrationResult dropped = solve(CalibrationSettings.linear(), x, TENS, 44, 0);
        assertThat(dropped.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(dropped.dropped()).containsExactly("t1");

        CalibrationResult named = solve(CalibrationSettings.linear(), x, TENS, 44, 1);
        assertThat(named.status()).isEqualTo(CalibrationStatus.EMPTY_SUPPORT);
        assertThat(named.explanation()).contains("'t1'");
    }

    @Test
    void threeTargetsThatFitInPairsAreTheMinimalConflict() {
        CalibrationResult result = solve(
                CalibrationSettings.linear().withBounds(Bounds.ofRatio(0.5, 1.5)),
                new double[][] {{1, 0, 1}, {1, 1, 0}, {0, 1, 1}},
                new double[] {1, 1, 1},
                1.92,
                1.92,
                2.9);

        assertThat(result.status()).isEqualTo(CalibrationStatus.INFEASIBLE);
        Infeasibility why = result.infeasibility().orElseThrow();
        assertThat(why.impossible()).isEmpty();
        assertThat(why.conflict()).containsExactly("t0", "t1", "t2");
        assertThat(why.minimal()).isTrue();
        assertThat(why.certificate().orElseThrow().margin()).isPositive();
        assertThat(Arrays.stream(result.weights()).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void rakingNamesTheTargetsWhoseConeIsLeft() {
        // The first group is part of the second, yet asked to be greater; the third target has nothing to do with it.
        CalibrationResult result = solve(
                CalibrationSettings.raking(),
                new double[][] {{1, 1, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}},
                TENS,
                30,
                20,
                25);

        assertThat(result.status()).isEqualTo(CalibrationStatus.INFEASIBLE);
        Infeasibility why = result.infeasibility().orElseThrow();
        assertThat(why.conflict()).containsExactly("t0", "t1");
        assertThat(why.minimal()).isTrue();
        assertThat(why.certificate()).isPresent();
        assertThat(why.smallestMiss().orElseThrow().sum()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void aNegativeTotalOfPositiveAmountsIsOutOfRakingsReach() {
        CalibrationResult result = solve(CalibrationSettings.raking(), new double[][] {{1}, {2}, {1}, {1}}, TENS, -3);
        assertThat(result.status()).isEqualTo(CalibrationStatus.INFEASIBLE);
        assertThat(result.infeasibility().orElseThrow().impossible().getFirst().least())
                .isZero();
    }

    @Test
    void crossedBoundsNameTheRow() {
        CalibrationResult result = solve(
                CalibrationSettings.linear().withBounds(Bounds.ofRatio(0.5, 1.5).andWeight(20, 30)),
                new double[][] {{1}, {1}},
                new double[] {15, 10},
                40);
        assertThat(result.status()).isEqualTo(CalibrationStatus.BAD_BOUNDS);
        assertThat(result.explanation()).contains("row 2");
        assertThat(result.weights()).containsExactly(15, 10);
    }

    @Test
    void logitRefusesRowsWhoseBoundsDoNotEncloseOne() {
        CalibrationResult result = solve(
                CalibrationSettings.of(
                        new Distance.Logit(), Bounds.ofRatio(0, 2).andWeight(11, 30)),
                new double[][] {{1}, {1}},
                new double[] {15, 10},
                40);
        assertThat(result.status()).isEqualTo(CalibrationStatus.BAD_BOUNDS);
        assertThat(result.explanation()).contains("row 2").contains("linear");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aDesignWeightOutOfRangeNamesTheRow(double bad) {
        assertThatThrownBy(() ->
                        solve(CalibrationSettings.raking(), new double[][] {{1}, {1}}, new double[] {1, bad}, 3))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 2");
    }

    @Test
    void rowsOfDesignWeightZeroStayAtZero() {
        CalibrationResult result =
                solve(CalibrationSettings.raking(), new double[][] {{1}, {1}, {1}}, new double[] {10, 0, 10}, 30);
        assertThat(result.weights()).containsExactly(new double[] {15, 0, 15}, within(1e-8));
        assertThat(result.targets().getFirst().nonzeroRows()).isEqualTo(2);
    }

    @Test
    void diagnosticsAreThoseOfTheStoredWeights() {
        CalibrationResult result =
                solve(CalibrationSettings.linear(), new double[][] {{1, 1}, {1, 1}, {0, 1}, {0, 1}}, TENS, 30, 40);
        TargetDiagnostic group = result.targets().getFirst();
        assertThat(group.before()).isEqualTo(20);
        assertThat(group.errorBefore()).isCloseTo(-1 / 3.0, within(1e-12));
        assertThat(group.effectiveRows()).isCloseTo(2, within(1e-9));
        assertThat(group.largestShare()).isCloseTo(0.5, within(1e-9));
        assertThat(group.withinTolerance()).isTrue();
        WeightDistribution spread = result.distribution();
        assertThat(spread.effectiveSize()).isCloseTo(40.0 * 40 / 500, within(1e-6));
        assertThat(spread.chiSquareDistance()).isCloseTo(10, within(1e-6));
        assertThat(spread.ratio().min()).isCloseTo(0.5, within(1e-9));
        assertThat(spread.ratio().p050()).isCloseTo(1, within(1e-9));
        assertThat(result.history().getFirst().maxError()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(result.history().getLast().step()).isEqualTo(result.newtonSteps());
    }

    @ParameterizedTest
    @ValueSource(doubles = {12, 20, 50, 100, 1000})
    void aTargetWhoseRowsAllStandAtABoundComesBack(double upper) {
        for (Solver solver : List.of(Solver.EXPLICIT, Solver.CONJUGATE_GRADIENT)) {
            CalibrationSettings settings = CalibrationSettings.of(new Distance.Raking(), Bounds.ofRatio(0.01, upper))
                    .withSolver(solver);
            double[][] x = {{1, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 1, 1}, {0, 1, 1}};
            // The first row must grow 10.6 times; the plain first step goes past every bound.
            CalibrationResult result = solve(settings, x, new double[] {10, 1000, 1000, 500, 500}, 106, 3200, 1100);

            assertThat(result.status()).as("upper %s, %s", upper, solver).isEqualTo(CalibrationStatus.CONVERGED);
            assertThat(result.weights()[0]).isCloseTo(106, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {12, 20, 50, 100})
    void boundsThatTheSolutionKeepsAnywayChangeNothing(double upper) {
        CalibrationResult free = survey(CalibrationSettings.raking());
        double most = free.distribution().ratio().max();
        CalibrationResult bounded = survey(
                CalibrationSettings.of(new Distance.Raking(), Bounds.ofRatio(0.001, Math.max(upper, most * 1.01))));

        assertThat(bounded.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(bounded.weights()).containsExactly(free.weights(), within(1e-6));
    }

    private static CalibrationResult survey(CalibrationSettings settings) {
        return Calibration.solve(
                settings,
                Survey.design(),
                Survey.designWeights(),
                Survey.targets("published_total"),
                ENGINE,
                Progress.none());
    }

    @Test
    void oneStepTooFewIsNotConverged() {
        CalibrationResult result = Calibration.solve(
                CalibrationSettings.raking().withMaxNewton(2),
                Survey.design(),
                Survey.designWeights(),
                Survey.targets("published_total"),
                ENGINE,
                Progress.none());
        assertThat(result.status()).isEqualTo(CalibrationStatus.NOT_CONVERGED);
        assertThat(result.explanation()).contains("2 Newton steps");
    }

    @Test
    void conjugateGradientsBearConsistentDependenceAndNameTheOther() {
        CalibrationSettings settings = CalibrationSettings.raking().withSolver(Solver.CONJUGATE_GRADIENT);
        double[][] x = {{1, 1, 1}, {1, 1, 0}, {0, 0, 1}, {0, 0, 0}};

        CalibrationResult fine = solve(settings, x, TENS, 30, 30, 24);
        assertThat(fine.status()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(fine.weights()[0] + fine.weights()[1]).isCloseTo(30, within(1e-7));

        CalibrationResult wrong = solve(settings, x, TENS, 30, 31, 24);
        assertThat(wrong.status()).isEqualTo(CalibrationStatus.INCONSISTENT);
        assertThat(wrong.infeasibility().orElseThrow().conflict()).containsExactly("t0", "t1");
    }
}
