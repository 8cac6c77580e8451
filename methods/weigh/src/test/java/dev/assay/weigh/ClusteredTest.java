package dev.assay.weigh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClusteredTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /// R's survey with `aggregate.stage`: its rows are sums over clusters of three with one design weight.
    @Test
    void agreesWithClustersCollapsedByHand() {
        Map<String, double[]> columns = Survey.columns("other/survey_one_weight_a_cluster.csv");
        double[] d = requireNonNull(columns.get("d"));
        double[] theirs = requireNonNull(columns.get("w"));
        double[] totals = Survey.lines("other/cases.csv").stream()
                .filter(l -> l[0].equals("survey_one_weight_a_cluster"))
                .flatMap(l -> Stream.of(l[5].split(" ")))
                .mapToDouble(Double::parseDouble)
                .toArray();
        // Members that share their cluster's row unevenly.
        int n = 3 * d.length;
        double[][] x = new double[n][totals.length];
        double[] weights = new double[n];
        int[] cluster = new int[n];
        double[] shares = {0.5, 0.3, 0.2};
        for (int i = 0; i < n; i++) {
            int c = (i * 7) % d.length;
            cluster[i] = c;
            weights[i] = d[c];
        }
        int[] seen = new int[d.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < totals.length; j++) {
                x[i][j] = requireNonNull(columns.get("x" + (j + 1)))[cluster[i]] * shares[seen[cluster[i]]];
            }
            seen[cluster[i]]++;
        }
        assertThat(seen).containsOnly(3);
        CalibrationResult result = Clustered.solve(
                CalibrationSettings.raking().withTolerance(1e-12),
                CalibrationProblem.of(Design.fromDense(x), weights, Targets.of(totals)),
                cluster,
                ENGINE,
                Progress.none());
        assertThat(result.converged()).as(result.explanation()).isTrue();
        for (int i = 0; i < n; i++) {
            assertThat(result.weights()[i]).isCloseTo(theirs[cluster[i]], within(1e-9 * theirs[cluster[i]]));
        }
    }

    @Test
    void ratiosAreEqualWithinClustersTargetsMetAndBoundsOfAllMembersHeld() {
        Property.holds(30, seed -> {
            RandomGenerator random = seed.generator();
            int n = 200;
            int[] cluster = new int[n];
            double[] d = new double[n];
            double[] q = new double[n];
            double[][] x = new double[n][3];
            double[] totals = new double[3];
            double[] ratio = new double[40];
            Arrays.setAll(ratio, c -> 0.8 + 0.5 * random.nextDouble());
            for (int i = 0; i < n; i++) {
                cluster[i] = i % 40;
                d[i] = 1 + random.nextDouble();
                q[i] = 0.5 + random.nextDouble();
                x[i] = new double[] {1, random.nextInt(3), random.nextGaussian()};
                for (int j = 0; j < 3; j++) {
                    totals[j] += d[i] * ratio[cluster[i]] * x[i][j];
                }
            }
            CalibrationProblem problem = CalibrationProblem.of(Design.fromDense(x), d, Targets.of(totals))
                    .withQ(q);
            for (CalibrationSettings settings : new CalibrationSettings[] {
                CalibrationSettings.raking(),
                CalibrationSettings.linear().withBounds(Bounds.ofRatio(0.6, 1.6).andWeight(0.7, 2.5))
            }) {
                CalibrationResult result = Clustered.solve(settings, problem, cluster, ENGINE, Progress.none());
                if (settings.bounds().isNone()) {
                    assertThat(result.converged()).as(result.explanation()).isTrue();
                }
                double[] sums = new double[3];
                for (int i = 0; i < n; i++) {
                    double g = result.weights()[i] / d[i];
                    assertThat(g).isCloseTo(result.weights()[cluster[i]] / d[cluster[i]], within(1e-12));
                    assertThat(result.weights()[i])
                            .isBetween(
                                    problem.leastWeight(settings, i) * (1 - 1e-12),
                                    problem.greatestWeight(settings, i) * (1 + 1e-12));
                    for (int j = 0; j < 3; j++) {
                        sums[j] += result.weights()[i] * x[i][j];
                    }
                }
                for (int j = 0; j < 3 && result.converged(); j++) {
                    assertThat(sums[j]).isCloseTo(totals[j], within(1e-8 * Math.max(1, Math.abs(totals[j]))));
                }
            }
        });
    }
}
