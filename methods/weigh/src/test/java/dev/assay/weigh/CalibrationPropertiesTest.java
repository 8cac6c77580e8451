package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for any calibration that has a solution.
class CalibrationPropertiesTest {
    private static final List<CalibrationSettings> SETTINGS = List.of(
            CalibrationSettings.linear(),
            CalibrationSettings.raking(),
            CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.2, 3)),
            CalibrationSettings.raking().withBounds(Bounds.ofRatio(0.2, 3)),
            CalibrationSettings.of(new Distance.Sinh()),
            CalibrationSettings.of(new Distance.Sinh(0.7), Bounds.ofRatio(0.2, 3)));

    /// Random rows whose targets are those of ratios within 0.7 and 1.6.
    private record Problem(double[][] x, double[] d, double[] q, double[] targets) {
        static Problem of(Seed seed) {
            RandomGenerator random = seed.generator();
            int n = 40 + random.nextInt(300);
            int k = 1 + random.nextInt(8);
            double[][] x = new double[n][k];
            double[] d = new double[n];
            double[] q = new double[n];
            double[] targets = new double[k];
            for (int i = 0; i < n; i++) {
                d[i] = 1 + 99 * random.nextDouble();
                q[i] = 0.5 + random.nextDouble();
                double w = d[i] * (0.7 + 0.9 * random.nextDouble());
                for (int j = 0; j < k; j++) {
                    x[i][j] = random.nextInt(3) == 0 ? 0 : j % 2 == 0 ? 1 + random.nextInt(3) : random.nextGaussian();
                    targets[j] += w * x[i][j];
                }
            }
            return new Problem(x, d, q, targets);
        }

        CalibrationResult solve(CalibrationSettings settings, int threads) {
            try (LocalEngine engine = LocalEngine.of(threads)) {
                return Calibration.solve(
                        settings,
                        CalibrationProblem.of(Design.fromDense(x), d, Targets.of(targets))
                                .withQ(q),
                        engine,
                        Progress.none());
            }
        }
    }

    @Test
    void targetsAreMetOnTheStoredWeights() {
        Property.holds(60, seed -> {
            Problem problem = Problem.of(seed);
            for (CalibrationSettings settings : SETTINGS) {
                CalibrationResult result = problem.solve(settings, 1);
                assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
                for (int j = 0; j < problem.targets.length; j++) {
                    double total = 0;
                    for (int i = 0; i < problem.d.length; i++) {
                        total += problem.x[i][j] * result.weights()[i];
                    }
                    double scale = Math.max(Math.abs(problem.targets[j]), 1);
                    assertThat(Math.abs(total - problem.targets[j]) / scale).isLessThan(1e-9);
                }
            }
        });
    }

    @Test
    void weightsAreTheDistancesFunctionOfTheMultipliers() {
        Property.holds(40, seed -> {
            Problem problem = Problem.of(seed);
            CalibrationResult result = problem.solve(CalibrationSettings.raking(), 1);
            for (int i = 0; i < problem.d.length; i++) {
                double u = 0;
                for (int j = 0; j < problem.targets.length; j++) {
                    u += problem.x[i][j] * result.multipliers()[j];
                }
                double expected = problem.d[i] * Math.exp(problem.q[i] * u);
                assertThat(Math.abs(result.weights()[i] / expected - 1)).isLessThan(1e-12);
            }
        });
    }

    @Test
    void permutedRowsGetPermutedWeights() {
        Property.holds(40, seed -> {
            Problem problem = Problem.of(seed);
            int[] order =
                    Draws.permutation(problem.d.length, seed.child("order").generator());
            Problem moved = new Problem(
                    Arrays.stream(order).mapToObj(i -> problem.x[i]).toArray(double[][]::new),
                    Arrays.stream(order).mapToDouble(i -> problem.d[i]).toArray(),
                    Arrays.stream(order).mapToDouble(i -> problem.q[i]).toArray(),
                    problem.targets);
            for (CalibrationSettings settings : SETTINGS) {
                double[] weights = problem.solve(settings, 1).weights();
                double[] after = moved.solve(settings, 1).weights();
                assertThat(Survey.distance(
                                after,
                                Arrays.stream(order)
                                        .mapToDouble(i -> weights[i])
                                        .toArray()))
                        .isLessThan(1e-9);
            }
        });
    }

    @Test
    void theUnitOfATargetDoesNotMatter() {
        Property.holds(40, seed -> {
            Problem problem = Problem.of(seed);
            double[][] x = Arrays.stream(problem.x).map(double[]::clone).toArray(double[][]::new);
            double[] targets = problem.targets.clone();
            double unit = Math.exp(12 * seed.child("unit").generator().nextDouble());
            Arrays.stream(x).forEach(row -> row[0] *= unit);
            targets[0] *= unit;
            for (CalibrationSettings settings : SETTINGS) {
                double[] weights = problem.solve(settings, 1).weights();
                double[] after = new Problem(x, problem.d, problem.q, targets)
                        .solve(settings, 1)
                        .weights();
                assertThat(Survey.distance(after, weights)).isLessThan(1e-9);
            }
        });
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() {
        int n = 3 * Design.BLOCK_ROWS + 17;
        RandomGenerator random = Seed.of(11).generator();
        Design.Builder builder = Design.builder(6);
        double[] d = new double[n];
        double[] targets = new double[6];
        for (int i = 0; i < n; i++) {
            d[i] = 1 + random.nextDouble();
            int[] ids = Draws.sample(6, 3, random);
            double[] values = {1, random.nextGaussian(), random.nextDouble()};
            builder.row(3, ids, values);
            double w = d[i] * (0.7 + 0.8 * random.nextDouble());
            for (int e = 0; e < 3; e++) {
                targets[ids[e]] += w * values[e];
            }
        }
        Design design = builder.build();
        List<CalibrationResult> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (LocalEngine engine = LocalEngine.of(threads)) {
                results.add(Calibration.solve(
                        CalibrationSettings.raking(), design, d, Targets.of(targets), engine, Progress.none()));
            }
        }
        assertThat(results.getFirst().converged()).isTrue();
        for (CalibrationResult result : results) {
            assertThat(result.weights()).isEqualTo(results.getFirst().weights());
            assertThat(result.multipliers()).isEqualTo(results.getFirst().multipliers());
            assertThat(result.targets()).isEqualTo(results.getFirst().targets());
            assertThat(result.distribution()).isEqualTo(results.getFirst().distribution());
            assertThat(result.history()).isEqualTo(results.getFirst().history());
        }
    }

    @Test
    void everyBoundIsHonoured() {
        Property.holds(40, seed -> {
            Problem problem = Problem.of(seed);
            for (CalibrationSettings settings : List.of(
                    CalibrationSettings.linear()
                            .withBounds(Bounds.ofRatio(0.6, 1.7).andWeight(2, 140)),
                    CalibrationSettings.of(new Distance.Sinh())
                            .withBounds(Bounds.ofRatio(0.6, 1.7).andWeight(2, 140)),
                    CalibrationSettings.raking()
                            .withBounds(Bounds.ofRatio(0.6, 1.7).andWeight(0.7, 140)))) {
                CalibrationResult result = problem.solve(settings, 1);
                for (int i = 0; i < problem.d.length; i++) {
                    if (result.status() == CalibrationStatus.BAD_BOUNDS) {
                        continue;
                    }
                    double w = result.weights()[i];
                    assertThat(w)
                            .isBetween(
                                    settings.bounds().least(), settings.bounds().most());
                    assertThat(w / problem.d[i]).isBetween(0.6 - 1e-12, 1.7 + 1e-12);
                }
            }
        });
    }

    @Test
    void aConflictFoundIsMinimalAndACertificateHolds() {
        int[] found = {0};
        Property.holds(60, seed -> {
            Problem problem = Problem.of(seed);
            RandomGenerator random = seed.child("push").generator();
            double[] pushed = Arrays.stream(problem.targets)
                    .map(t -> t * (0.8 + 0.4 * random.nextDouble()))
                    .toArray();
            CalibrationSettings settings = CalibrationSettings.linear().withBounds(Bounds.ofRatio(0.75, 1.4));
            CalibrationResult result = new Problem(problem.x, problem.d, problem.q, pushed).solve(settings, 1);
            if (result.status() != CalibrationStatus.INFEASIBLE) {
                assertThat(result.converged()).isTrue();
                return;
            }
            found[0]++;
            Infeasibility why = result.infeasibility().orElseThrow();
            assertThat(why.minimal()).isTrue();
            double[] lambda = why.certificate().orElseThrow().multipliers();
            double bound = 0;
            for (int i = 0; i < problem.d.length; i++) {
                double v = 0;
                for (int j = 0; j < lambda.length; j++) {
                    v += lambda[j] * problem.x[i][j];
                }
                bound += problem.d[i] * Math.max(0.75 * v, 1.4 * v);
            }
            double reached = 0;
            for (int j = 0; j < lambda.length; j++) {
                reached += lambda[j] * pushed[j];
            }
            assertThat(reached).isGreaterThan(bound);
            // Leaving out any one member makes the rest feasible.
            int[] members = why.conflict().stream()
                    .mapToInt(name -> Integer.parseInt(name.substring(1)))
                    .toArray();
            for (int left : members) {
                int[] rest = Arrays.stream(members).filter(j -> j != left).toArray();
                if (rest.length > 0) {
                    double[][] x = Arrays.stream(problem.x)
                            .map(row ->
                                    Arrays.stream(rest).mapToDouble(j -> row[j]).toArray())
                            .toArray(double[][]::new);
                    double[] targets =
                            Arrays.stream(rest).mapToDouble(j -> pushed[j]).toArray();
                    assertThat(new Problem(x, problem.d, problem.q, targets)
                                    .solve(settings, 1)
                                    .converged())
                            .isTrue();
                }
            }
        });
        assertThat(found[0]).isBetween(10, 59);
    }
}
