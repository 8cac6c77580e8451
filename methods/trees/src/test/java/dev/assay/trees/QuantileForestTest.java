package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantileForestTest extends ConditionalModelContract {
    private static final ForestSettings TEN = ForestSettings.DEFAULT.withTrees(10);

    @Override
    ConditionalModel fit(Predictors x, double[] y, double[] weights, Seed seed, Engine engine) {
        return QuantileForest.fit(TEN, x, y, weights, seed, engine, Progress.none());
    }

    private static QuantileForest grow(ForestSettings settings, Predictors x, double[] y, double[] w) {
        try (Engine engine = LocalEngine.of(2)) {
            return QuantileForest.fit(settings, x, y, w, Seed.of(1), engine, Progress.none());
        }
    }

    @ParameterizedTest
    @EnumSource(DrawRule.class)
    void everyRuleIsTheSameForAnyNumberOfThreads(DrawRule rule) {
        Sample s = Sample.of(3_000, Seed.of(1));
        double[][] draws = new double[2][];
        for (int k = 0; k < 2; k++) {
            try (Engine engine = LocalEngine.of(1 + 3 * k)) {
                QuantileForest forest = QuantileForest.fit(
                        TEN.withFeatureShare(0.5), s.x(), s.y(), s.weights(), Seed.of(2), engine, Progress.none());
                draws[k] = forest.draw(s.x(), rule, Seed.of(3), engine);
            }
        }
        assertThat(draws[1]).isEqualTo(draws[0]);
    }

    @Test
    void stepDrawsAreTrainingValuesAndInterpolatedOnesLieBetween() {
        Sample s = Sample.of(500, Seed.of(1));
        QuantileForest forest = grow(TEN, s.x(), s.y(), s.weights());
        TreeSet<Double> values = new TreeSet<>(Arrays.stream(s.y()).boxed().toList());
        try (Engine engine = LocalEngine.of(2)) {
            for (double v : forest.draw(s.x(), DrawRule.STEP, Seed.of(4), engine)) {
                assertThat(values).contains(v);
            }
            double[] between = forest.draw(s.x(), DrawRule.INTERPOLATED, Seed.of(4), engine);
            assertThat(Arrays.stream(between).filter(v -> !values.contains(v)).count())
                    .isGreaterThan(250);
        }
    }

    /// One leaf with support 1, 2, 4 and masses 1/2, 1/4, 1/4. Two rows have 1: an atom, which is joined
    /// to nothing. Half the mass of 2 stays there, the other half lies evenly over (2, 3); half that of
    /// 4 over (3, 4).
    @Test
    void interpolationIsLinearBetweenSupportPoints() {
        QuantileForest forest = grow(
                TEN.withMaxDepth(0).withBootstrap(false), Predictors.none(4), new double[] {1, 1, 2, 4}, Adult.ones(4));
        try (Engine engine = LocalEngine.of(2)) {
            double[] draws = forest.draw(Predictors.none(100_000), DrawRule.INTERPOLATED, Seed.of(4), engine);
            double[] points = {1, 1.5, 2, 2.5, 3, 3.999, 4};
            double[] f = {.5, .5, .625, .6875, .75, .875, 1};
            for (int k = 0; k < points.length; k++) {
                double point = points[k];
                // Five standard errors of a share of 100,000 draws are 0.0079 at most.
                assertThat(Arrays.stream(draws).filter(v -> v <= point).count() / 1e5)
                        .isCloseTo(f[k], within(0.0079));
            }
        }
    }

    @Test
    void theDistributionIsThatOfAllTrainingRowsInTheLeaf() {
        double[] y = {5, 1, 4, 2, 3};
        QuantileForest forest = grow(TEN.withMaxDepth(0), Predictors.none(5), y, new double[] {1, 1, 1, 1, 4});
        try (Engine engine = LocalEngine.of(1)) {
            double[] f = forest.cdf(Predictors.none(1), new double[] {0.5, 1, 2, 2.5, 3, 4, 5}, engine)[0];
            double[] expected = {0, 1 / 8.0, 2 / 8.0, 2 / 8.0, 6 / 8.0, 7 / 8.0, 1};
            for (int k = 0; k < f.length; k++) {
                assertThat(f[k]).isCloseTo(expected[k], within(1e-15));
            }
        }
    }

    @Test
    void quantilesInvertTheDistribution() {
        Sample s = Sample.of(5_000, Seed.of(21));
        QuantileForest forest = grow(TEN.withMinLeaf(5), s.x(), s.y(), s.weights());
        double[] sorted = Arrays.stream(s.y()).sorted().distinct().toArray();
        double[] levels = {.01, .2, .5, .77, .99};
        try (Engine engine = LocalEngine.of(2)) {
            Predictors some = s.x().at(new int[] {1, 50, 700});
            double[][] q = forest.quantiles(some, levels, engine);
            double[][] f = forest.cdf(some, sorted, engine);
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < levels.length; k++) {
                    int at = 0;
                    while (f[i][at] < levels[k] - 1e-12) {
                        at++;
                    }
                    assertThat(q[i][k]).isEqualTo(sorted[at]);
                }
            }
        }
    }

    @Test
    void missingCellsTakeTheSideThatFits() {
        int n = 2_000;
        double[] x = new double[n];
        double[] y = new double[n];
        RandomGenerator random = Seed.of(3).generator();
        for (int i = 0; i < n; i++) {
            x[i] = i % 4 == 0 ? Double.NaN : random.nextDouble();
            y[i] = Double.isNaN(x[i]) || x[i] > 0.5 ? 10 : 0;
        }
        QuantileForest forest = grow(TEN, Predictors.numeric(x), y, Adult.ones(n));
        try (Engine engine = LocalEngine.of(1)) {
            double[][] q = forest.quantiles(
                    Predictors.numeric(new double[] {Double.NaN, 0.2, 0.9}), new double[] {.5}, engine);
            assertThat(q[0][0]).isEqualTo(10);
            assertThat(q[1][0]).isEqualTo(0);
            assertThat(q[2][0]).isEqualTo(10);
        }
    }

    @Test
    void anUnseenCategoryGoesTheWayOfMissingAndIsCounted() {
        int n = 900;
        String[] levels = {"a", "b", "c"};
        int[] codes = new int[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            codes[i] = i % 3 - (i % 9 == 0 ? 1 : 0);
            y[i] = codes[i] < 0 ? 50 : codes[i];
        }
        QuantileForest forest = grow(
                TEN, Predictors.of(List.of(new Feature.Categorical("c", codes, List.of(levels)))), y, Adult.ones(n));
        // The same levels in another order, and one more.
        Predictors fresh = Predictors.of(
                List.of(new Feature.Categorical("c", new int[] {0, 1, 2, 3, -1}, List.of("c", "new", "a", "b"))));
        try (Engine engine = LocalEngine.of(1)) {
            assertThat(forest.unseen(fresh, engine)).isEqualTo(1);
            double[][] q = forest.quantiles(fresh, new double[] {.5}, engine);
            assertThat(new double[] {q[0][0], q[1][0], q[2][0], q[3][0], q[4][0]})
                    .containsExactly(2, 50, 0, 1, 50);
        }
    }

    @Test
    void fiveHundredCategoriesAreNoHindrance() {
        int n = 5_000;
        int[] codes = new int[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            codes[i] = i % 500;
            y[i] = codes[i] % 2;
        }
        QuantileForest forest =
                grow(TEN, Predictors.of(List.of(Feature.Categorical.of("c", codes, 500))), y, Adult.ones(n));
        try (Engine engine = LocalEngine.of(1)) {
            double[][] q = forest.quantiles(
                    Predictors.of(List.of(Feature.Categorical.of("c", codes, 500))), new double[] {.5}, engine);
            int right = 0;
            for (int i = 0; i < 500; i++) {
                right += q[i][0] == y[i] ? 1 : 0;
            }
            // The 246 rarest levels share a code: half of those can be right, all others are.
            assertThat(right).isBetween(360, 390);
        }
    }

    @Test
    void classesAreDrawnAtTheirShares() {
        int n = 6_000;
        double[] x = new double[n];
        int[] y = new int[n];
        RandomGenerator random = Seed.of(3).generator();
        for (int i = 0; i < n; i++) {
            x[i] = i % 2;
            y[i] = random.nextInt(10) < 7 ? (int) x[i] : 2;
        }
        try (Engine engine = LocalEngine.of(2)) {
            QuantileForest forest = QuantileForest.fit(
                    TEN.withMinLeaf(100),
                    Predictors.numeric(x),
                    new Response.Classes(y, 3),
                    Adult.ones(n),
                    Seed.of(1),
                    engine,
                    Progress.none());
            double[] draws =
                    forest.draw(Predictors.numeric(new double[20_000]), DrawRule.INTERPOLATED, Seed.of(8), engine);
            assertThat(Arrays.stream(draws).filter(v -> v == 0).count() / 2e4).isCloseTo(0.7, within(0.03));
            assertThat(Arrays.stream(draws).filter(v -> v == 2).count() / 2e4).isCloseTo(0.3, within(0.03));
        }
    }

    @Test
    void weightsDecideWhereTreesSplitAndWhatLeavesHold() {
        int n = 3_000;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] w = new double[n];
        RandomGenerator random = Seed.of(3).generator();
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(2);
            y[i] = random.nextInt(2);
            w[i] = y[i] == x[i] ? 9 : 1;
        }
        QuantileForest forest = grow(TEN.withMinLeaf(20), Predictors.numeric(x), y, w);
        try (Engine engine = LocalEngine.of(1)) {
            double[][] f = forest.cdf(Predictors.numeric(new double[] {0, 1}), new double[] {0}, engine);
            assertThat(f[0][0]).isCloseTo(0.9, within(0.02));
            assertThat(f[1][0]).isCloseTo(0.1, within(0.02));
        }
    }

    @Test
    void overTheMemoryLimitTreesSeeASubsetAndSaySo() {
        Sample s = Sample.of(1_000, Seed.of(1));
        QuantileForest half = grow(TEN.withMemoryLimit(10 * 4 * 500), s.x(), s.y(), s.weights());
        QuantileForest whole = grow(TEN, s.x(), s.y(), s.weights());
        assertThat(half.rowFraction()).isEqualTo(0.5);
        assertThat(whole.rowFraction()).isEqualTo(1.0);
        assertThat(half.leaves()).isLessThan(whole.leaves());
    }

    @Test
    void importancesSayWhatTheTargetDependsOn() {
        int n = 2_000;
        double[] signal = new double[n];
        double[] noise = new double[n];
        double[] y = new double[n];
        RandomGenerator random = Seed.of(3).generator();
        for (int i = 0; i < n; i++) {
            signal[i] = random.nextGaussian();
            noise[i] = random.nextGaussian();
            y[i] = signal[i] + 0.1 * random.nextGaussian();
        }
        QuantileForest forest = grow(TEN.withMinLeaf(20), Predictors.numeric(signal, noise), y, Adult.ones(n));
        assertThat(forest.importances().get("x0")).isGreaterThan(0.95);
        assertThat(forest.importances().values().stream().mapToDouble(v -> v).sum())
                .isCloseTo(1, within(1e-12));
    }

    /// The exact quantiles of a Pareto law with index 2 stand for a sample; Hill's estimator recovers the
    /// index.
    @Test
    void aParetoTailIsEstimatedAndReachesBeyondTheTrainingRange() {
        int n = 20_000;
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = 1000 * Math.pow((i + 0.5) / n, -0.5);
        }
        QuantileForest forest = grow(TEN.withMaxDepth(0).withBootstrap(false), Predictors.none(n), y, Adult.ones(n));
        QuantileForest.ParetoTail tail = forest.tail().orElseThrow();
        assertThat(tail.exceedances()).isEqualTo(200);
        assertThat(tail.alpha()).isCloseTo(2, within(0.02));
        double largest = Arrays.stream(y).max().orElseThrow();
        try (Engine engine = LocalEngine.of(2)) {
            Predictors many = Predictors.none(400_000);
            double[] bounded = forest.draw(many, DrawRule.INTERPOLATED, Seed.of(2), engine);
            double[] tailed = forest.draw(many, DrawRule.INTERPOLATED_PARETO, Seed.of(2), engine);
            assertThat(Arrays.stream(bounded).max().orElseThrow()).isLessThanOrEqualTo(largest);
            // One draw in 20,000 falls on the largest point: 20 of 400,000, and never fewer than 3 or more than 60.
            assertThat(Arrays.stream(tailed).filter(v -> v > largest).count()).isBetween(3L, 60L);
        }
    }

    @Test
    void otherPredictorsThanInTrainingAreAFault() {
        Sample s = Sample.of(50, Seed.of(1));
        QuantileForest forest = grow(TEN, s.x(), s.y(), s.weights());
        try (Engine engine = LocalEngine.of(1)) {
            assertThatThrownBy(() -> forest.draw(Predictors.numeric(new double[] {1}), Seed.of(1), engine))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("number, code, whole");
            Predictors otherKind = Predictors.of(List.of(
                    new Feature.Numeric("number", new double[1]),
                    new Feature.Numeric("code", new double[1]),
                    new Feature.Numeric("whole", new double[1])));
            assertThatThrownBy(() -> forest.draw(otherKind, Seed.of(1), engine))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("'code' is numeric");
        }
    }

    @Test
    void aMissingTargetIsAFaultThatNamesTheRow() {
        assertThatThrownBy(() -> new Response.Numbers(new double[] {1, Double.NaN}))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void settingsOutOfRangeAreFaultsThatNameTheSetting() {
        assertThatThrownBy(() -> TEN.withTrees(0)).isInstanceOf(Fault.class).hasMessageContaining("'trees'");
        assertThatThrownBy(() -> TEN.withBins(256)).isInstanceOf(Fault.class).hasMessageContaining("'bins'");
        assertThatThrownBy(() -> TEN.withFeatureShare(0))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'featureShare'");
    }
}
