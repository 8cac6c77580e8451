package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What every conditional model of a number does.
abstract class ConditionalModelContract {
    /// Fits the model under test.
    abstract ConditionalModel fit(Predictors x, double[] y, double[] weights, Seed seed, Engine engine);

    /// A table with a number that has missing cells, a code with missing cells and whole numbers, and a target
    /// that depends on them, takes both signs and is often zero.
    record Sample(Predictors x, double[] y, double[] weights) {
        static Sample of(int rows, Seed seed) {
            RandomGenerator random = seed.generator();
            double[] number = new double[rows];
            int[] code = new int[rows];
            double[] whole = new double[rows];
            double[] y = new double[rows];
            double[] weights = new double[rows];
            for (int i = 0; i < rows; i++) {
                number[i] = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian();
                code[i] = random.nextInt(6) - 1;
                whole[i] = random.nextInt(4);
                double location = (Double.isNaN(number[i]) ? 2 : number[i]) + code[i];
                y[i] = random.nextInt(4) == 0 ? 0 : location + whole[i] * random.nextGaussian();
                weights[i] = 0.5 + random.nextDouble();
            }
            return new Sample(
                    Predictors.of(List.of(
                            new Feature.Numeric("number", number),
                            Feature.Categorical.of("code", code, 5),
                            new Feature.Numeric("whole", whole))),
                    y,
                    weights);
        }
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        Sample s = Sample.of(3_000, Seed.of(1));
        double[] levels = {0, .1, .5, .9, 1};
        double[][] draws = new double[3][];
        double[][][] quantiles = new double[3][][];
        int[] threads = {1, 2, 4};
        for (int k = 0; k < 3; k++) {
            try (Engine engine = LocalEngine.of(threads[k])) {
                ConditionalModel model = fit(s.x(), s.y(), s.weights(), Seed.of(2), engine);
                draws[k] = model.draw(s.x(), Seed.of(3), engine);
                quantiles[k] = model.quantiles(s.x(), levels, engine);
            }
        }
        assertThat(draws[1]).isEqualTo(draws[0]);
        assertThat(draws[2]).isEqualTo(draws[0]);
        assertThat(quantiles[1]).isDeepEqualTo(quantiles[0]);
        assertThat(quantiles[2]).isDeepEqualTo(quantiles[0]);
    }

    @Test
    void drawsOtherValuesForAnotherSeed() {
        Sample s = Sample.of(500, Seed.of(1));
        try (Engine engine = LocalEngine.of(2)) {
            ConditionalModel model = fit(s.x(), s.y(), s.weights(), Seed.of(2), engine);
            assertThat(model.draw(s.x(), Seed.of(3), engine)).isNotEqualTo(model.draw(s.x(), Seed.of(4), engine));
        }
    }

    @Test
    void staysWithinTheTrainingRangeAndItsQuantilesRise() {
        Property.holds(10, seed -> {
            Sample s = Sample.of(50 + (int) (seed.asLong() & 255), seed);
            try (Engine engine = LocalEngine.of(2)) {
                ConditionalModel model = fit(s.x(), s.y(), s.weights(), seed, engine);
                double low = Arrays.stream(s.y()).min().orElseThrow();
                double high = Arrays.stream(s.y()).max().orElseThrow();
                for (double v : model.draw(s.x(), seed, engine)) {
                    assertThat(v).isBetween(low, high);
                }
                double[] levels = {0, .05, .3, .31, .5, .8, 1};
                for (double[] q : model.quantiles(s.x(), levels, engine)) {
                    assertThat(q).isSorted();
                    assertThat(q[0]).isGreaterThanOrEqualTo(low);
                    assertThat(q[6]).isLessThanOrEqualTo(high);
                }
            }
        });
    }

    @Test
    void drawsFollowItsQuantiles() {
        Sample s = Sample.of(2_000, Seed.of(7));
        try (Engine engine = LocalEngine.of(2)) {
            ConditionalModel model = fit(s.x(), s.y(), s.weights(), Seed.of(2), engine);
            Predictors row = s.x().at(new int[] {3});
            double[] levels = {.1, .25, .5, .75, .9};
            double[] q = model.quantiles(row, levels, engine)[0];
            double[] draws = model.draw(row.at(new int[20_000]), Seed.of(9), engine);
            for (int k = 0; k < levels.length; k++) {
                double v = q[k];
                double upTo = Arrays.stream(draws).filter(d -> d <= v).count() / 20_000.0;
                // v is the first support point with F(v) >= level; five standard errors of a share are 0.0177 at
                // most.
                double slack = slack(row, v, engine, model);
                assertThat(upTo).isGreaterThan(levels[k] - slack);
                double below = Arrays.stream(draws).filter(d -> d < v).count() / 20_000.0;
                assertThat(below).isLessThan(levels[k] + slack);
            }
        }
    }

    /// How far the share of draws up to a quantile may pass its level, or stay behind: interpolation
    /// moves half the mass of a step below its point, and half above.
    private static double slack(Predictors row, double v, Engine engine, ConditionalModel model) {
        double[] levels = new double[201];
        Arrays.setAll(levels, i -> i / 200.0);
        double mass = 0;
        for (double q : model.quantiles(row, levels, engine)[0]) {
            mass += q == v ? 1 / 200.0 : 0;
        }
        return 0.0177 + mass / 2 + 1 / 200.0;
    }

    @Test
    void aConstantTargetIsDrawnAsItIs() {
        Sample s = Sample.of(100, Seed.of(1));
        double[] y = new double[100];
        Arrays.fill(y, 7.5);
        try (Engine engine = LocalEngine.of(1)) {
            ConditionalModel model = fit(s.x(), y, s.weights(), Seed.of(2), engine);
            assertThat(model.draw(s.x(), Seed.of(3), engine)).containsOnly(7.5);
            assertThat(model.quantiles(s.x(), new double[] {0, .5, 1}, engine)[0])
                    .containsOnly(7.5);
        }
    }

    @Test
    void oneRowIsEnough() {
        Sample s = Sample.of(1, Seed.of(1));
        try (Engine engine = LocalEngine.of(1)) {
            ConditionalModel model = fit(s.x(), new double[] {-3}, s.weights(), Seed.of(2), engine);
            assertThat(model.draw(s.x(), Seed.of(3), engine)).containsExactly(-3);
        }
    }

    @Test
    void aTableWithoutPredictorsIsEnough() {
        double[] y = {1, 2, 2, 5};
        try (Engine engine = LocalEngine.of(1)) {
            ConditionalModel model = fit(Predictors.none(4), y, Adult.ones(4), Seed.of(2), engine);
            assertThat(model.draw(Predictors.none(100), Seed.of(3), engine)).hasSize(100);
            assertThat(model.quantiles(Predictors.none(1), new double[] {1}, engine)[0][0])
                    .isEqualTo(5);
        }
    }

    @Test
    void noRowIsAFault() {
        try (Engine engine = LocalEngine.of(1)) {
            assertThatThrownBy(() -> fit(Predictors.none(0), new double[0], new double[0], Seed.of(1), engine))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("no training row");
            assertThatThrownBy(() -> fit(Predictors.none(2), new double[] {1, 2}, new double[2], Seed.of(1), engine))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("no training row");
        }
    }

    @Test
    void aBadWeightIsAFaultThatNamesTheRow() {
        try (Engine engine = LocalEngine.of(1)) {
            assertThatThrownBy(() ->
                            fit(Predictors.none(2), new double[] {1, 2}, new double[] {1, -1}, Seed.of(1), engine))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("row 1");
        }
    }

    @Test
    void rowsOfWeightZeroTakeNoPart() {
        Sample s = Sample.of(400, Seed.of(5));
        double[] y = s.y().clone();
        double[] weights = s.weights().clone();
        for (int i = 0; i < 400; i += 2) {
            y[i] = 1e6;
            weights[i] = 0;
        }
        try (Engine engine = LocalEngine.of(2)) {
            ConditionalModel model = fit(s.x(), y, weights, Seed.of(2), engine);
            assertThat(Arrays.stream(model.draw(s.x(), Seed.of(3), engine))
                            .max()
                            .orElseThrow())
                    .isLessThan(1e6);
        }
    }

    @Test
    void predictsNothingForNoRows() {
        Sample s = Sample.of(60, Seed.of(5));
        try (Engine engine = LocalEngine.of(2)) {
            ConditionalModel model = fit(s.x(), s.y(), s.weights(), Seed.of(2), engine);
            assertThat(model.draw(s.x().at(new int[0]), Seed.of(3), engine)).isEmpty();
        }
    }

    @Test
    void aLevelOutsideZeroToOneIsRefused() {
        Sample s = Sample.of(60, Seed.of(5));
        try (Engine engine = LocalEngine.of(2)) {
            ConditionalModel model = fit(s.x(), s.y(), s.weights(), Seed.of(2), engine);
            assertThatThrownBy(() -> model.quantiles(s.x(), new double[] {1.5}, engine))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
