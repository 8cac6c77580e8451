package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Frame;
import dev.assay.measure.GateMetrics;
import dev.assay.trees.internal.Mixture;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroInflatedTest extends ConditionalModelContract {
    private static final ZeroInflatedSettings TEN =
            ZeroInflatedSettings.DEFAULT.withBase(ForestSettings.DEFAULT.withTrees(10));

    @Override
    ConditionalModel fit(Predictors x, double[] y, double[] weights, Seed seed, Engine engine) {
        return fitted(x, y, weights, seed, engine);
    }

    private static ZeroInflated fitted(Predictors x, double[] y, double[] weights, Seed seed, Engine engine) {
        return ZeroInflated.fit(TEN, x, new Response.Numbers(y), weights, seed, engine, Progress.none());
    }

    @Test
    void noDrawFallsInsideTheBandAroundZero() {
        int n = 3_000;
        RandomGenerator random = Seed.of(5).generator();
        double[] x = random.doubles(n).toArray();
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double size = 100 + 1_000 * random.nextDouble();
            y[i] = random.nextInt(3) * size - size;
        }
        try (Engine engine = LocalEngine.of(2)) {
            ZeroInflated model = fitted(Predictors.numeric(x), y, Adult.ones(n), Seed.of(1), engine);
            assertThat(model.lineage().regime()).isEqualTo(Regime.THREE_SIGN);
            double[] where = random.doubles(100_000).toArray();
            double[] draws = model.draw(Predictors.numeric(where), Seed.of(2), engine);
            assertThat(Arrays.stream(draws)
                            .filter(v -> v != 0 && Math.abs(v) < 100)
                            .count())
                    .isZero();
            assertThat(Arrays.stream(draws).filter(v -> v == 0).count() / 1e5).isCloseTo(1 / 3.0, within(0.03));
        }
    }

    @ParameterizedTest
    @CsvSource({".1, -50", ".2, -1", ".3, 0", ".5, 0", ".7, 0", ".85, 50", "1, 99"})
    void quantilesOfTheMixtureAreExact(double level, double expected) {
        double[] mass = {.2, .5, .3};
        double[] negative = Mixture.levels(mass, 0, new double[] {level}, Sign.NEGATIVE);
        double[] positive = Mixture.levels(mass, 0, new double[] {level}, Sign.POSITIVE);
        // Parts that are uniform over -99..-1 and over 1..99: the median is -50 or 50, the largest -1 or 99.
        double[] ofNegative =
                Arrays.stream(negative).map(p -> Math.ceil(99 * p - 1e-9) - 100).toArray();
        double[] ofPositive =
                Arrays.stream(positive).map(p -> Math.ceil(99 * p - 1e-9)).toArray();
        assertThat(Mixture.join(mass, 0, new double[] {level}, ofNegative, ofPositive))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsOfAnAbsentSignAreDrawnAsTheyAreAtTheirShareOrNotAtAll(boolean resample) {
        double[] x = new double[1_000];
        double[] y = new double[1_000];
        double[] weights = Adult.ones(1_000);
        for (int i = 0; i < 1_000; i++) {
            x[i] = i % 7;
            y[i] = i < 9 ? -500 - i : i < 909 ? 0 : 10 + i;
            weights[i] = i < 9 ? 2 : 1;
        }
        try (Engine engine = LocalEngine.of(2)) {
            ZeroInflated model = ZeroInflated.fit(
                    TEN.withRegime(RegimeSettings.DEFAULT.withResample(resample)),
                    Predictors.numeric(x),
                    new Response.Numbers(y),
                    weights,
                    Seed.of(1),
                    engine,
                    Progress.none());
            ZeroInflated.Excluded excluded = model.lineage().excluded();
            assertThat(model.lineage().regime()).isEqualTo(Regime.ZI_POSITIVE);
            assertThat(model.lineage().counts().rows(Sign.NEGATIVE)).isEqualTo(9);
            assertThat(excluded.rows()).isEqualTo(9);
            assertThat(excluded.share()).isCloseTo(18 / 1009.0, within(1e-12));
            // Sizes: 2 (500 + ... + 508) = 9,072 and 919 + ... + 1,009 = 87,724.
            assertThat(excluded.ofAmounts()).isCloseTo(9072 / 96_796.0, within(1e-12));

            double[] draws = model.draw(Predictors.numeric(new double[100_000]), Seed.of(2), engine);
            double[] negative = Arrays.stream(draws).filter(v -> v < 0).toArray();
            // Five standard errors of a share of 100,000 are 0.0021.
            assertThat(negative.length / 1e5).isCloseTo(resample ? 18 / 1009.0 : 0, within(0.0021));
            assertThat(Arrays.stream(negative).distinct().count()).isEqualTo(resample ? 9 : 0);
            assertThat(Arrays.stream(negative)).allMatch(v -> v >= -508 && v <= -500 && v == Math.rint(v));
            double[] lowest = model.quantiles(Predictors.numeric(new double[1]), new double[] {0.001}, engine)[0];
            assertThat(lowest[0] < 0).isEqualTo(resample);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsTheZeroRatesOfCapitalGainsAndLosses(long seed) {
        Frame people = Adult.people();
        Frame x = Adult.features();
        Predictors predictors = Predictors.of(x, x.schema().names());
        try (Engine engine = LocalEngine.of(2)) {
            for (String target : List.of("capital_gain", "capital_loss")) {
                double[] y = people.numbers(target);
                ZeroInflated model = fitted(predictors, y, Adult.ones(y.length), Seed.of(seed), engine);
                double[] draws = model.draw(predictors, Seed.of(seed).child("draw"), engine);
                assertThat(zeroRate(draws)).isCloseTo(zeroRate(y), within(0.01));
            }
        }
    }

    @Test
    void theGateIsMeasuredOnRowsItHasNotSeen() {
        Frame people = Adult.people();
        Frame x = Adult.features();
        try (Engine engine = LocalEngine.of(2)) {
            ZeroInflated model = fitted(
                    Predictors.of(x, x.schema().names()),
                    people.numbers("capital_gain"),
                    Adult.ones(people.rows()),
                    Seed.of(1),
                    engine);
            GateMetrics metrics = model.lineage().gate().orElseThrow().unseen().metrics();
            assertThat(metrics.rows()).isEqualTo(people.rows());
            // scikit-learn's figure on a held-out fifth is 0.2628; the entropy of the base rate is
            // 0.2901.
            assertThat(metrics.logLoss()).isBetween(0.24, 0.28);
            assertThat(metrics.auc().orElseThrow()).isBetween(0.65, 0.75);
        }
    }

    private static double zeroRate(double[] y) {
        return (double) Arrays.stream(y).filter(v -> v == 0).count() / y.length;
    }
}
