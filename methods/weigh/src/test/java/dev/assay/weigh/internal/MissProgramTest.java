package dev.assay.weigh.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.testkit.Property;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.Design;
import dev.assay.weigh.Distance;
import dev.assay.weigh.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.junit.jupiter.api.Test;

/// The program against Hipparchus' dense simplex.
class MissProgramTest {
    @Test
    void theSmallestMissIsThatOfAGeneralSolver() {
        Property.holds(80, seed -> {
            RandomGenerator random = seed.generator();
            int n = 2 + random.nextInt(25);
            int k = 1 + random.nextInt(5);
            boolean bounded = random.nextBoolean();
            double[][] x = new double[n][k];
            double[] d = new double[n];
            double[] targets = new double[k];
            for (int i = 0; i < n; i++) {
                d[i] = 1 + random.nextDouble();
                for (int j = 0; j < k; j++) {
                    // Small whole numbers make many ties and degenerate steps.
                    x[i][j] = random.nextInt(-1, 3);
                    targets[j] += d[i] * x[i][j] * (0.4 + 1.6 * random.nextDouble());
                }
            }
            for (int j = 0; j < k; j++) {
                targets[j] *= random.nextBoolean() ? 1 : 3 * random.nextDouble();
            }
            double lower = bounded ? 0.5 : 0;
            double upper = bounded ? 1.5 : Double.POSITIVE_INFINITY;
            try (LocalEngine engine = LocalEngine.of(1)) {
                Terms terms = new Terms(
                        CalibrationProblem.of(Design.fromDense(x), d, Targets.of(targets)),
                        new Distance.Raking(),
                        Bounds.ofRatio(lower, upper),
                        engine);
                int[] all = IntStream.range(0, k).toArray();
                MissProgram.Found found =
                        MissProgram.solve(terms, Targets.of(targets), all, new double[k], Long.MAX_VALUE / 2);

                assertThat(found.optimal()).isTrue();
                assertThat(found.sum()).isCloseTo(oracle(x, d, targets, lower, upper), within(1e-8));
                assertThat(Arrays.stream(found.misses()).map(Math::abs).sum()).isCloseTo(found.sum(), within(1e-8));
            }
        });
    }

    private static double oracle(double[][] x, double[] d, double[] targets, double lower, double upper) {
        int n = d.length;
        int k = targets.length;
        double[] cost = new double[n + 2 * k];
        Arrays.fill(cost, n, cost.length, 1);
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int j = 0; j < k; j++) {
            double scale = Math.max(Math.abs(targets[j]), 1);
            double[] row = new double[cost.length];
            for (int i = 0; i < n; i++) {
                row[i] = d[i] * x[i][j] / scale;
            }
            row[n + 2 * j] = 1;
            row[n + 2 * j + 1] = -1;
            constraints.add(new LinearConstraint(row, Relationship.EQ, targets[j] / scale));
        }
        for (int i = 0; i < n; i++) {
            double[] row = new double[cost.length];
            row[i] = 1;
            if (lower > 0) {
                constraints.add(new LinearConstraint(row, Relationship.GEQ, lower));
            }
            if (Double.isFinite(upper)) {
                constraints.add(new LinearConstraint(row, Relationship.LEQ, upper));
            }
        }
        return new SimplexSolver()
                .optimize(
                        new LinearObjectiveFunction(cost, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MINIMIZE,
                        new NonNegativeConstraint(true))
                .getValue();
    }
}
