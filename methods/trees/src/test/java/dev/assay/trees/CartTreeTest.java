package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.frame.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CartTreeTest extends ConditionalModelContract {
    private static final double[] LEVELS = {.05, .1, .25, .5, .75, .9, .95};

    @Override
    ConditionalModel fit(Predictors x, double[] y, double[] weights, Seed seed, Engine engine) {
        return CartTree.fit(CartSettings.DEFAULT, x, new Response.Numbers(y), weights, engine);
    }

    @Test
    void predictsTheAgesOfNewPeopleAsWellAsTheReference() {
        List<String> names = List.of("education_num", "sex_male", "married", "hr_per_week", "self_emp");
        Frame all = Adult.features();
        Frame train = all.at(Adult.training(all.rows()));
        Frame valid = all.at(Adult.validation(all.rows()));
        try (Engine engine = LocalEngine.of(2)) {
            CartTree tree = CartTree.fit(
                    CartSettings.DEFAULT.withMinLeaf(50),
                    Predictors.of(train, names),
                    new Response.Numbers(train.numbers("age")),
                    Adult.ones(train.rows()),
                    engine);
            double[][] q = tree.quantiles(Predictors.of(valid, names), LEVELS, engine);
            // scikit-learn 1.2.1's tree: 2.5274, quantile_reference.json.
            assertThat(Scores.pinball(q, LEVELS, valid.numbers("age"))).isLessThan(2.55);
        }
    }

    @Test
    void drawsTrainingValuesInProportionToTheirWeights() {
        double[] x = {0, 0, 0, 1, 1, 1};
        double[] y = {1, 2, 3, 11, 12, 13};
        double[] w = {1, 2, 5, 1, 1, 2};
        try (Engine engine = LocalEngine.of(1)) {
            CartTree tree = CartTree.fit(
                    CartSettings.DEFAULT.withMinLeaf(3).withMinSplit(6),
                    Predictors.numeric(x),
                    new Response.Numbers(y),
                    w,
                    engine);
            assertThat(tree.leaves()).isEqualTo(2);
            double[] draws = tree.draw(Predictors.numeric(new double[40_000]), Seed.of(1), engine);
            assertThat(new TreeSet<>(Arrays.stream(draws).boxed().toList())).containsExactly(1.0, 2.0, 3.0);
            double threes = Arrays.stream(draws).filter(v -> v == 3).count() / 40_000.0;
            // 5/8, within five standard errors.
            assertThat(threes).isBetween(0.625 - 0.0121, 0.625 + 0.0121);
        }
    }

    @Test
    void aSmoothedDrawStaysInItsLeafsRangeAndIsSeldomATrainingValue() {
        double[] x = new double[200];
        double[] y = new double[200];
        for (int i = 0; i < 200; i++) {
            x[i] = i < 100 ? 0 : 1;
            y[i] = i;
        }
        try (Engine engine = LocalEngine.of(1)) {
            CartTree tree = CartTree.fit(
                    CartSettings.DEFAULT.withMinLeaf(100).withMinSplit(200).withSmooth(true),
                    Predictors.numeric(x),
                    new Response.Numbers(y),
                    Adult.ones(200),
                    engine);
            double[] draws = tree.draw(Predictors.numeric(new double[1_000]), Seed.of(1), engine);
            assertThat(Arrays.stream(draws).min().orElseThrow()).isGreaterThanOrEqualTo(0);
            assertThat(Arrays.stream(draws).max().orElseThrow()).isLessThanOrEqualTo(99);
            assertThat(Arrays.stream(draws).filter(v -> v == Math.rint(v)).count())
                    .isLessThan(5);
        }
    }

    @Test
    void classesAreSplitOnTheGiniIndex() {
        int[] code = {0, 0, 1, 1, 2, 2, 3, 3};
        int[] classes = {0, 0, 1, 1, 0, 0, 1, 1};
        try (Engine engine = LocalEngine.of(1)) {
            CartTree tree = CartTree.fit(
                    CartSettings.DEFAULT.withMinLeaf(1),
                    Predictors.of(List.of(Feature.Categorical.of("c", code, 4))),
                    new Response.Classes(classes, 2),
                    Adult.ones(8),
                    engine);
            assertThat(tree.leaves()).isEqualTo(2);
            assertThat(tree.draw(
                            Predictors.of(List.of(Feature.Categorical.of("c", new int[] {0, 1, 2, 3}, 4))),
                            Seed.of(1),
                            engine))
                    .containsExactly(0, 1, 0, 1);
        }
    }

    @Test
    void integerWeightsAreRowsRepeated() {
        Sample s = Sample.of(300, Seed.of(11));
        double[] weights = new double[300];
        int total = 0;
        for (int i = 0; i < 300; i++) {
            weights[i] = 1 + i % 3;
            total += 1 + i % 3;
        }
        int[] repeated = new int[total];
        for (int i = 0, k = 0; i < 300; i++) {
            for (int r = 0; r < weights[i]; r++) {
                repeated[k++] = i;
            }
        }
        CartSettings settings = CartSettings.DEFAULT.withMinLeaf(1);
        double[] y = Arrays.stream(s.y()).map(Math::rint).toArray();
        double[] levels = {.1, .3, .5, .7, .9};
        // A number with few values, so that bins do not depend on how often a row is repeated.
        Predictors x = Predictors.of(s.x().features().subList(1, 3));
        try (Engine engine = LocalEngine.of(1)) {
            CartTree weighted = CartTree.fit(settings, x, new Response.Numbers(y), weights, engine);
            CartTree longer = CartTree.fit(
                    settings, x.at(repeated), new Response.Numbers(y).at(repeated), Adult.ones(total), engine);
            assertThat(weighted.quantiles(x, levels, engine)).isDeepEqualTo(longer.quantiles(x, levels, engine));
        }
    }
}
