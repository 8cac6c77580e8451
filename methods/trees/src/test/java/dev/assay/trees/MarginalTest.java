package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import org.junit.jupiter.api.Test;

class MarginalTest extends ConditionalModelContract {
    @Override
    ConditionalModel fit(Predictors x, double[] y, double[] weights, Seed seed, Engine engine) {
        return Marginal.fit(x, new Response.Numbers(y), weights);
    }

    @Test
    void quantilesFollowTheWeights() {
        try (Engine engine = LocalEngine.of(1)) {
            Marginal model = Marginal.fit(
                    Predictors.none(3), new Response.Numbers(new double[] {3, 1, 2}), new double[] {1, 2, 1});
            assertThat(model.quantiles(Predictors.none(1), new double[] {.25, .5, .51, .75, .76, 1}, engine)[0])
                    .containsExactly(1, 1, 2, 2, 3, 3);
        }
    }
}
