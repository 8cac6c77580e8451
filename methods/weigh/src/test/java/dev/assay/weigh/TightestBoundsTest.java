package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.TightestBounds.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TightestBoundsTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static CalibrationProblem survey(String set) {
        return CalibrationProblem.of(Survey.design(), Survey.designWeights(), Survey.targets(set));
    }

    /// Against linear programs solved by HiGHS.
    @ParameterizedTest
    @CsvSource({
        "full_file_total, SYMMETRIC, 0.8489124733595508, 1.1510875266404492",
        "published_total, SYMMETRIC, -0.0170302677596401, 2.0170302677596401",
        "full_file_total, RANGE, 0.8489124733595508, 1.097121177045223",
        "published_total, RANGE, 0.26028832087249926, 2.0170302677596412"
    })
    void agreesWithLinearPrograms(String set, Kind kind, double lower, double upper) {
        TightestBounds tightest = TightestBounds.search(kind, survey(set), ENGINE, Progress.none());

        assertThat(tightest.lower()).isCloseTo(lower, within(1e-6));
        assertThat(tightest.upper()).isCloseTo(upper, within(1e-6));
        assertThat(tightest.gap()).isBetween(0.0, TightestBounds.EXACT);
        CalibrationResult within = Calibration.solve(
                CalibrationSettings.linear().withBounds(tightest.widened(0.05)), survey(set), ENGINE, Progress.none());
        assertThat(within.converged()).as(within.explanation()).isTrue();
    }

    @Test
    void contradictoryTargetsHaveNoBounds() {
        CalibrationProblem problem = CalibrationProblem.of(
                Design.fromDense(new double[][] {{1, 1}, {1, 1}, {1, 1}}),
                new double[] {10, 10, 10},
                Targets.of(30, 31));
        assertThatThrownBy(() -> TightestBounds.search(Kind.SYMMETRIC, problem, ENGINE, Progress.none()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("No bounds were found");
        CalibrationProblem empty = CalibrationProblem.of(
                Design.fromDense(new double[][] {{1, 0}, {1, 0}}), new double[] {10, 10}, Targets.of(30, 1));
        assertThatThrownBy(() -> TightestBounds.search(Kind.RANGE, empty, ENGINE, Progress.none()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'t1'");
    }

    @Test
    void targetsMetAlreadyNeedNoRoom() {
        CalibrationProblem problem = CalibrationProblem.of(
                Design.fromDense(new double[][] {{1, 1}, {1, 0}}), new double[] {10, 10}, Targets.of(20, 10));
        TightestBounds tightest = TightestBounds.search(Kind.SYMMETRIC, problem, ENGINE, Progress.none());
        assertThat(tightest.found()).isCloseTo(0, within(1e-6));
    }
}
