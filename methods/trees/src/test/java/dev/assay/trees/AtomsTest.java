package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Point masses, gaps and means of interpolated draws.
class AtomsTest {
    private static final ForestSettings FOREST =
            ForestSettings.DEFAULT.withTrees(20).withMinLeaf(5);
    private static final List<String> PREDICTORS = List.of("age", "education_num", "hr_per_week");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void topCodeHeapsAndMeanOfCapitalGainsAreKept(boolean gated) {
        Frame all = Adult.people();
        Frame people = all.at(Adult.training(all.rows()));
        double[] y = people.numbers("capital_gain");
        Predictors x = Predictors.of(people, PREDICTORS);
        try (Engine engine = LocalEngine.of(2)) {
            ConditionalModel model = gated
                    ? ZeroInflated.fit(
                            ZeroInflatedSettings.DEFAULT.withBase(FOREST),
                            x,
                            new Response.Numbers(y),
                            Adult.ones(y.length),
                            Seed.of(1),
                            engine,
                            Progress.none())
                    : QuantileForest.fit(FOREST, x, y, Adult.ones(y.length), Seed.of(1), engine, Progress.none());
            double[] drawn = model.draw(x, Seed.of(2), engine);

            assertThat(count(drawn, 99_999) - count(y, 99_999)).isBetween(-43L, 43L);
            assertThat(count(drawn, 15_024) - count(y, 15_024)).isBetween(-65L, 65L);
            massesAreKept(y, Adult.ones(y.length), drawn);
            assertThat(Arrays.stream(drawn).filter(v -> v > 41_310 && v < 99_999))
                    .isEmpty();
            double[] positive = Arrays.stream(y).filter(v -> v > 0).toArray();
            double error = Math.sqrt(2) * deviation(positive) / Math.sqrt(positive.length);
            assertThat(Arrays.stream(drawn).filter(v -> v > 0).average().orElseThrow())
                    .isCloseTo(Arrays.stream(positive).average().orElseThrow(), within(4 * error));
        }
    }

    /// Heaps of known mass beside a continuous part, both depending on a predictor, with weights that
    /// are large where the heaps are rare.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void knownMassesAreKept(boolean weighted) {
        int n = 20_000;
        RandomGenerator random = Seed.of(8).generator();
        double[] where = new double[n];
        double[] y = new double[n];
        double[] weights = Adult.ones(n);
        for (int i = 0; i < n; i++) {
            where[i] = random.nextDouble();
            double u = random.nextDouble();
            y[i] = u < 0.1 * where[i]
                    ? 5_000
                    : u < 0.1 * where[i] + 0.02
                            ? 250_000
                            : u < 0.15 + 0.1 * where[i] ? 0 : Math.exp(7 + where[i] + random.nextGaussian());
            weights[i] = weighted ? 1 + 9 * (1 - where[i]) : 1;
        }
        Predictors x = Predictors.numeric(where);
        try (Engine engine = LocalEngine.of(2)) {
            QuantileForest forest =
                    QuantileForest.fit(FOREST, x, y.clone(), weights, Seed.of(1), engine, Progress.none());
            // The law of the weighted population: predictors are drawn by weight, as a synthesis does.
            int[] rows = byWeight(weights, 40_000, Seed.of(5));
            double[] drawn = forest.draw(x.at(rows), Seed.of(2), engine);
            massesAreKept(y, weights, drawn);
            double mean = 0;
            double total = Arrays.stream(weights).sum();
            for (int i = 0; i < n; i++) {
                mean += weights[i] * y[i] / total;
            }
            double error = deviation(drawn) / Math.sqrt(drawn.length);
            assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(mean, within(4 * error));
            // What is no heap is drawn between training values.
            double[] sorted = Arrays.stream(y).sorted().toArray();
            assertThat(Arrays.stream(drawn)
                            .filter(v -> Arrays.binarySearch(sorted, v) < 0)
                            .count())
                    .isGreaterThan(25_000);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -60, 1e6})
    void nothingIsDrawnInsideAGap(double shift) {
        int n = 4_000;
        RandomGenerator random = Seed.of(3).generator();
        double[] where = random.doubles(n).toArray();
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = shift + (random.nextInt(3) == 0 ? 100 + random.nextDouble() : random.nextDouble());
        }
        try (Engine engine = LocalEngine.of(2)) {
            QuantileForest forest = QuantileForest.fit(
                    FOREST, Predictors.numeric(where), y, Adult.ones(n), Seed.of(1), engine, Progress.none());
            double[] drawn = forest.draw(Predictors.numeric(where), Seed.of(2), engine);
            assertThat(Arrays.stream(drawn).filter(v -> v > shift + 1 && v < shift + 100))
                    .isEmpty();
            CartTree tree = CartTree.fit(
                    CartSettings.DEFAULT.withMinLeaf(1_000).withSmooth(true),
                    Predictors.numeric(where),
                    new Response.Numbers(y),
                    Adult.ones(n),
                    engine);
            drawn = tree.draw(Predictors.numeric(where), Seed.of(2), engine);
            assertThat(Arrays.stream(drawn).filter(v -> v > shift + 1 && v < shift + 100))
                    .isEmpty();
        }
    }

    @Test
    void aSmoothingKernelLeavesHeapsWhereTheyAre() {
        int n = 2_000;
        RandomGenerator random = Seed.of(3).generator();
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 4 == 0 ? 50 : 100 * random.nextDouble();
        }
        try (Engine engine = LocalEngine.of(2)) {
            CartTree tree = CartTree.fit(
                    CartSettings.DEFAULT.withSmooth(true),
                    Predictors.none(n),
                    new Response.Numbers(y),
                    Adult.ones(n),
                    engine);
            double[] drawn = tree.draw(Predictors.none(20_000), Seed.of(2), engine);
            assertThat(count(drawn, 50)).isCloseTo(5_000, within(300L));
        }
    }

    /// What one support point loses upwards the next one gives back. Moved towards the smaller neighbour
    /// alone, the mean would fall by half the range over the number of points: 0.11.
    @Test
    void interpolationDoesNotMoveTheMean() {
        int n = 400;
        NormalDistribution normal = NormalDistribution.of(0, 1.5);
        double[] y = new double[n];
        Arrays.setAll(y, i -> Math.exp(normal.inverseCumulativeProbability((i + 0.5) / n)));
        try (Engine engine = LocalEngine.of(2)) {
            QuantileForest forest = QuantileForest.fit(
                    FOREST.withBootstrap(false).withMaxDepth(0),
                    Predictors.none(n),
                    y.clone(),
                    Adult.ones(n),
                    Seed.of(1),
                    engine,
                    Progress.none());
            double[] drawn = forest.draw(Predictors.none(400_000), DrawRule.INTERPOLATED, Seed.of(2), engine);
            double error = deviation(drawn) / Math.sqrt(drawn.length);
            assertThat(error).isLessThan(0.015);
            assertThat(Arrays.stream(drawn).average().orElseThrow())
                    .isCloseTo(Arrays.stream(y).average().orElseThrow(), within(5 * error));
        }
    }

    /// The share of every value with 30 rows or more is kept within four binomial standard errors,
    /// training and draws both being samples.
    private static void massesAreKept(double[] y, double[] weights, double[] drawn) {
        Map<Double, double[]> masses = new TreeMap<>();
        double total = Arrays.stream(weights).sum();
        for (int i = 0; i < y.length; i++) {
            double[] mass = masses.computeIfAbsent(y[i], v -> new double[2]);
            mass[0]++;
            mass[1] += weights[i] / total;
        }
        int seen = 0;
        for (Map.Entry<Double, double[]> each : masses.entrySet()) {
            if (each.getValue()[0] >= 30) {
                double share = each.getValue()[1];
                double error = Math.sqrt(share * (1 - share) / drawn.length);
                assertThat(count(drawn, each.getKey()) / (double) drawn.length)
                        .as("share of %s", each.getKey())
                        .isCloseTo(share, within(4 * error));
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(2);
    }

    private static int[] byWeight(double[] weights, int size, Seed seed) {
        double[] cumulative = Draws.cumulative(weights);
        RandomGenerator random = seed.generator();
        int[] rows = new int[size];
        Arrays.setAll(rows, i -> Draws.index(cumulative, random));
        return rows;
    }

    private static long count(double[] values, double value) {
        return Arrays.stream(values).filter(v -> v == value).count();
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }
}
