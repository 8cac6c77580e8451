package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a scikit-learn 1.2.1 forest with all training rows in its leaves: quantile_reference.json and the
/// script
/// that
/// made it.
class QuantileForestReferenceTest {
    private static final List<String> PREDICTORS =
            List.of("education_num", "sex_male", "married", "hr_per_week", "self_emp");
    private static final double[] LEVELS = {.05, .1, .25, .5, .75, .9, .95};

    private final Frame all = Adult.features();
    private final Frame train = all.at(Adult.training(all.rows()));
    private final Frame valid = all.at(Adult.validation(all.rows()));
    private final double[] truth = valid.numbers("age");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void predictsTheAgesOfNewPeopleAsWellAsTheReference(long seed) {
        try (Engine engine = LocalEngine.ofAllCores()) {
            QuantileForest forest = fit(seed, engine);
            double[][] quantiles = forest.quantiles(Predictors.of(valid, PREDICTORS), LEVELS, engine);

            // The reference's five seeds lie in 2.5142 to 2.5152 and 0.9113 to 0.9118.
            assertThat(Scores.pinball(quantiles, LEVELS, truth)).isLessThan(2.53);
            assertThat(Scores.coverage(quantiles, 0, 6, truth)).isBetween(0.90, 0.92);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void drawsReachIntoBothTails(long seed) {
        try (Engine engine = LocalEngine.ofAllCores()) {
            QuantileForest forest = fit(seed, engine);
            double[] pit = forest.pit(Predictors.of(valid, PREDICTORS), truth, Seed.of(seed), engine);
            int[] bins = new int[10];
            int above = 0;
            for (double p : pit) {
                bins[(int) Math.min(9, p * 10)]++;
                above += p > 0.99 ? 1 : 0;
            }
            for (int bin : bins) {
                assertThat((double) bin / pit.length).isBetween(0.085, 0.115);
            }
            assertThat((double) above / pit.length).isBetween(0.005, 0.02);
        }
    }

    @Test
    void drawsFollowTheDistributionTheyAreDrawnFrom() {
        try (Engine engine = LocalEngine.ofAllCores()) {
            QuantileForest forest = fit(1, engine);
            Predictors one = Predictors.of(valid.at(new int[20_000]), PREDICTORS);
            double[] draws = forest.draw(one, DrawRule.STEP, Seed.of(5), engine);
            double[] points = {20, 30, 40, 50, 60, 70};
            double[] cdf = forest.cdf(one.at(new int[] {0}), points, engine)[0];
            for (int k = 0; k < points.length; k++) {
                double point = points[k];
                double share =
                        java.util.Arrays.stream(draws).filter(v -> v <= point).count() / 20_000.0;
                // Four standard errors of a share of 20,000 draws are at most 0.0142.
                assertThat(share).isCloseTo(cdf[k], org.assertj.core.data.Offset.offset(0.0142));
            }
        }
    }

    private QuantileForest fit(long seed, Engine engine) {
        return QuantileForest.fit(
                ForestSettings.DEFAULT.withMinLeaf(20),
                Predictors.of(train, PREDICTORS),
                train.numbers("age"),
                Adult.ones(train.rows()),
                Seed.of(seed),
                engine,
                Progress.none());
    }
}
