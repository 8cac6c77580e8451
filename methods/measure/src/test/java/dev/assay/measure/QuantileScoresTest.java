package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QuantileScoresTest {
    private static final double[] LEVELS = {.05, .1, .25, .5, .75, .9, .95};

    @Test
    void theMarginalAgesOfAdultScoreAsInTheReference() {
        JsonNode expected = Resources.json("gate/quantile_reference.json").get("marginal");
        List<String[]> lines = Resources.csv("gate/adult_X.csv.gz");
        double[] age = lines.stream()
                .skip(1)
                .mapToDouble(r -> Double.parseDouble(r[0]))
                .toArray();
        double[] training = IntStream.range(0, age.length)
                .filter(i -> i % 5 != 4)
                .mapToDouble(i -> age[i])
                .sorted()
                .toArray();
        double[] truth = IntStream.range(0, age.length)
                .filter(i -> i % 5 == 4)
                .mapToDouble(i -> age[i])
                .toArray();
        for (double level : LEVELS) {
            // The smallest value whose distribution function reaches the level.
            double quantile = training[(int) Math.ceil(level * training.length - 1e-9) - 1];
            double[] prediction = new double[truth.length];
            Arrays.fill(prediction, quantile);
            assertThat(mean(QuantileScores.pinball(level, prediction, truth)))
                    .isCloseTo(
                            expected.get("pinball").get(Double.toString(level)).asDouble(), within(1e-9));
        }
        // The score of a row depends on its age alone, so each age is scored once.
        double sum = 0;
        double[] scoreOfAge = new double[100];
        for (double y : truth) {
            if (scoreOfAge[(int) y] == 0) {
                scoreOfAge[(int) y] = QuantileScores.crpsOfDraws(training, new double[] {y})[0];
            }
            sum += scoreOfAge[(int) y];
        }
        assertThat(sum / truth.length).isCloseTo(expected.get("crps").asDouble(), within(1e-9));
    }

    @Test
    void crpsOfDrawsIsTheDoubleSum() {
        Property.holds(20, seed -> {
            var random = seed.generator();
            int m = 1 + random.nextInt(12);
            double[] x = random.doubles(m).toArray();
            double y = random.nextDouble();
            double first = 0;
            double second = 0;
            for (double a : x) {
                first += Math.abs(a - y) / m;
                for (double b : x) {
                    second += Math.abs(a - b) / (2.0 * m * m);
                }
            }
            assertThat(QuantileScores.crpsOfDraws(x, new double[] {y})[0]).isCloseTo(first - second, within(1e-12));
        });
    }

    @Test
    void manyQuantilesGiveTheCrpsOfTheUniform() {
        double[] levels =
                IntStream.range(0, 1000).mapToDouble(i -> (i + .5) / 1000).toArray();
        // Uniform on 0 to 1 and y = 0.3: integral of x^2 to 0.3 and of (1 - x)^2 from 0.3.
        double exact = Math.pow(.3, 3) / 3 + Math.pow(.7, 3) / 3;
        assertThat(QuantileScores.crpsOfQuantiles(levels, levels.clone(), new double[] {.3})[0])
                .isCloseTo(exact, within(1e-5));
    }

    @Test
    void uniformTransformsFillTheBinsEvenlyAndJumpsAreSpread() {
        double[] below = new double[20_000];
        double[] at = new double[20_000];
        var random = Seed.of(4).generator();
        for (int i = 0; i < at.length; i++) {
            boolean zero = random.nextDouble() < .6;
            below[i] = zero ? 0 : .6;
            at[i] = zero ? .6 : 1;
        }
        PitHistogram histogram =
                PitHistogram.of(PitHistogram.randomised(below, at, Seed.of(5)), PitHistogram.DEFAULT_BINS);
        for (int bin = 0; bin < 10; bin++) {
            assertThat(histogram.share(bin)).isBetween(.09, .11);
        }
        assertThat(histogram.counts().stream().mapToInt(c -> c).sum()).isEqualTo(20_000);
        assertThat(PitHistogram.of(new double[] {0, .1, 1}, 10).counts()).containsExactly(1, 1, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void badNumbersAreNamed() {
        assertThatThrownBy(() -> QuantileScores.pinball(.5, new double[] {1, Double.NaN}, new double[] {1, 2}))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> QuantileScores.crpsOfDraws(new double[0], new double[0]))
                .isInstanceOf(Fault.class);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
