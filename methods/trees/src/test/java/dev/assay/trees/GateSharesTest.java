package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.measure.GateMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Shares of classes that are drawn from a gate. quality/bench/gates.sh has the long form.
class GateSharesTest {
    /// Five predictors; a class of 1 % depends on two of them. Row-major probabilities p(class 1).
    private record Law(Predictors x, double[] p) {
        static Law of(int n, RandomGenerator random) {
            double[][] columns = new double[5][n];
            double[] p = new double[n];
            for (int i = 0; i < n; i++) {
                for (double[] column : columns) {
                    column[i] = random.nextGaussian();
                }
                p[i] = 1 / (1 + Math.exp(5.1 - columns[0][i] - 0.5 * columns[1][i]));
            }
            return new Law(Predictors.numeric(columns), p);
        }

        int[] classes(RandomGenerator random) {
            return Arrays.stream(p)
                    .mapToInt(q -> random.nextDouble() < q ? 1 : 0)
                    .toArray();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 3_000})
    void aClassOfOnePercentIsPredictedAtItsShareOnNewRows(int rows) {
        int runs = 12;
        double[] ratio = new double[runs];
        try (Engine engine = LocalEngine.of(2)) {
            for (int r = 0; r < runs; r++) {
                RandomGenerator random = Seed.of(r).generator();
                Law train = Law.of(rows, random);
                int[] y = train.classes(random);
                BoostedClassifier gate = fit(train.x(), y, Adult.ones(rows), Seed.of(r), engine);
                Law fresh = Law.of(10_000, random);
                double[] q = gate.probabilities(fresh.x(), engine);
                double predicted = 0;
                for (int i = 1; i < q.length; i += 2) {
                    predicted += q[i];
                }
                // Relative to the share in training, whose own error is not the gate's.
                double trained = Arrays.stream(y).average().orElseThrow()
                        / Arrays.stream(train.p()).average().orElseThrow();
                ratio[r] = predicted / Arrays.stream(fresh.p()).sum() / trained;
                GateMetrics.Share share =
                        gate.validation().orElseThrow().metrics().shares().get(1);
                assertThat(share.ratio()).isCloseTo(1, within(0.15));
            }
        }
        double mean = Arrays.stream(ratio).average().orElseThrow();
        double error =
                Math.sqrt(Arrays.stream(ratio).map(v -> (v - mean) * (v - mean)).sum() / runs / (runs - 1));
        assertThat(mean).isCloseTo(1, within(Math.max(0.05, 3 * error)));
        assertThat(error).isLessThan(0.05);
    }

    @Test
    void sharesAreThoseOfTheWeightedPopulation() {
        int n = 3_000;
        RandomGenerator random = Seed.of(6).generator();
        Law law = Law.of(n, random);
        int[] y = new int[n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(3) == 0 ? 2 : random.nextInt(10) == 0 ? 1 : 0;
            w[i] = y[i] == 1 ? 5 : 1 + random.nextDouble();
        }
        try (Engine engine = LocalEngine.of(2)) {
            BoostedClassifier gate = BoostedClassifier.fit(
                    BoostingSettings.DEFAULT,
                    law.x(),
                    new Response.Classes(y, 3),
                    w,
                    Seed.of(1),
                    engine,
                    Progress.none());
            double[] share = new double[3];
            double total = Arrays.stream(w).sum();
            for (int i = 0; i < n; i++) {
                share[y[i]] += w[i] / total;
            }
            List<GateMetrics.Share> told =
                    gate.validation().orElseThrow().metrics().shares();
            double[] q = gate.probabilities(Law.of(20_000, random).x(), engine);
            for (int k = 0; k < 3; k++) {
                int of = k;
                assertThat(told.get(k).observed()).isCloseTo(share[k], within(1e-12));
                assertThat(told.get(k).predicted()).isCloseTo(share[k], within(0.002));
                double mean = IntStream.range(0, 20_000)
                        .mapToDouble(i -> q[3 * i + of])
                        .average()
                        .orElseThrow();
                assertThat(mean).isCloseTo(share[k], within(0.02));
            }
        }
    }

    @Test
    void aClassOfAFewRowsIsNotLearntButKept() {
        double[] x = new double[500];
        int[] y = new int[500];
        for (int i = 0; i < 500; i++) {
            x[i] = i;
            y[i] = i < 9 ? 1 : 0;
        }
        try (Engine engine = LocalEngine.of(1)) {
            BoostedClassifier gate = fit(Predictors.numeric(x), y, Adult.ones(500), Seed.of(1), engine);
            assertThat(gate.rounds()).isZero();
            double[] p = gate.probabilities(Predictors.numeric(new double[] {0, 400}), engine);
            assertThat(p[1]).isCloseTo(0.018, within(1e-12));
            assertThat(p[3]).isCloseTo(0.018, within(1e-12));
        }
    }

    /// Code 2 occurs with zeros only, so the model of positive values has not seen it; it is counted in
    /// those rows that this model draws for.
    @Test
    void unseenCategoriesAreCountedWhereTheyAreDrawnFor() {
        int n = 3_000;
        RandomGenerator random = Seed.of(5).generator();
        int[] code = new int[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            code[i] = random.nextInt(3);
            y[i] = code[i] == 2 || random.nextInt(3) == 0 ? 0 : 10 + random.nextDouble();
        }
        Predictors x = Predictors.of(List.of(Feature.Categorical.of("code", code, 3)));
        try (Engine engine = LocalEngine.of(2)) {
            ZeroInflated model = ZeroInflated.fit(
                    ZeroInflatedSettings.DEFAULT.withBase(ForestSettings.DEFAULT.withTrees(5)),
                    x,
                    new Response.Numbers(y),
                    Adult.ones(n),
                    Seed.of(1),
                    engine,
                    Progress.none());
            ConditionalModel.Drawn drawn = model.drawn(x, Seed.of(2), engine);
            long expected = 0;
            for (int i = 0; i < n; i++) {
                expected += code[i] == 2 && drawn.values()[i] > 0 ? 1 : 0;
            }
            assertThat(drawn.unseen()).isEqualTo(expected).isLessThan(50);
            assertThat(drawn.values()).isEqualTo(model.draw(x, Seed.of(2), engine));
        }
    }

    private static BoostedClassifier fit(Predictors x, int[] y, double[] w, Seed seed, Engine engine) {
        return BoostedClassifier.fit(
                BoostingSettings.DEFAULT, x, new Response.Classes(y, 2), w, seed, engine, Progress.none());
    }
}
