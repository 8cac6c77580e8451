package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Units;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CopyCheckTest {
    private static final Bootstrap BOOTSTRAP = Bootstrap.of(5).withReplicates(100);

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = LocalEngine.of(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void copiesOfTrainingRowsAreFound() {
        RandomGenerator random = Seed.of(7).generator();
        Points training = normal(random, 600);
        Points holdout = normal(random, 300);
        Points fresh = normal(random, 300);
        Points copies = training.at(IntStream.range(0, 300).toArray());
        CopyCheck honest = check(training, holdout, fresh);
        CopyCheck copied = check(training, holdout, copies);
        assertThat(honest.exactCopies().value()).hasValue(0);
        assertThat(honest.closerThanHoldout().value().orElseThrow()).isLessThan(.05);
        assertThat(honest.medianDistance().value().orElseThrow())
                .isCloseTo(honest.medianDistanceHoldout().value().orElseThrow(), within(.1));
        assertThat(copied.exactCopies().value()).hasValue(1);
        assertThat(copied.closerThanHoldout().value()).hasValue(1);
        assertThat(copied.medianDistance().value()).hasValue(0);
        double[] nearest = CopyCheck.distances(fresh, training, engine, () -> {});
        double brute = IntStream.range(0, 600)
                .mapToDouble(i -> IntStream.range(0, 3)
                        .mapToDouble(c -> Math.pow(fresh.value(17, c) - training.value(i, c), 2))
                        .sum())
                .min()
                .orElseThrow();
        assertThat(nearest[17]).isCloseTo(Math.sqrt(brute), within(1e-12));
    }

    private static CopyCheck check(Points training, Points holdout, Points synthetic) {
        return CopyCheck.of(
                training,
                holdout,
                Units.rows(holdout.rows()),
                synthetic,
                Units.rows(synthetic.rows()),
                BOOTSTRAP,
                engine,
                Progress.none());
    }

    private static Points normal(RandomGenerator random, int rows) {
        double[] values = new double[rows * 3];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Points.of(values, 3);
    }
}
