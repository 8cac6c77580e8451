package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Samples drawn again and again: how often intervals of small domains hold the truth, and whether standard errors
/// are those of samples that are a good part of their population. `-Dassay.samples=60000` for the figures of the
/// documentation.
class IntervalCoverageTest {
    private static final int SAMPLES = Integer.getInteger("assay.samples", 4_000);
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /// The share of samples of 100 rows in which the interval of the mean of a domain of `m` rows holds the mean.
    private static double coverage(int m, ToDoubleFunction<RandomGenerator> draw, double truth, boolean student) {
        RandomGenerator random = Seed.of(m).generator();
        int n = 100;
        double[] w = new double[n];
        Arrays.fill(w, 1);
        boolean[] domain = new boolean[n];
        Arrays.fill(domain, 0, m, true);
        SampleDesign design = SampleDesign.simple(n);
        Precision precision = Precision.ofDesign(w, design);
        int covered = 0;
        for (int s = 0; s < SAMPLES; s++) {
            double[] y = new double[n];
            for (int i = 0; i < m; i++) {
                y[i] = draw.applyAsDouble(random);
            }
            Estimate e = precision.estimate(Statistic.mean("y", y).within("y", domain));
            assertThat(e.basis().degrees()).isEqualTo(m - 1);
            assertThat(e.hasInterval()).isEqualTo(m >= Estimate.LEAST_UNITS);
            double half = (student ? e.basis().quantile() : 1.959963984540054) * e.standardError();
            covered += Math.abs(e.value() - truth) <= half ? 1 : 0;
        }
        return (double) covered / SAMPLES;
    }

    private static double slack(double level) {
        return 4 * Math.sqrt(level * (1 - level) / SAMPLES);
    }

    /// Four rows of a skewed variable: .68 by the normal distribution, .80 by t, and so no interval is given.
    /// Eight: .94 of a normal variable, .89 of an exponential one.
    @ParameterizedTest
    @CsvSource({
        "4, lognormal, false, 0.683",
        "4, lognormal, true, 0.795",
        "8, normal, false, 0.894",
        "8, normal, true, 0.940",
        "8, exponential, true, 0.886",
        "30, normal, true, 0.950",
        "30, exponential, true, 0.926"
    })
    void intervalsOfDomainsHoldTheTruthAsOftenAsIsSaid(int m, String law, boolean student, double often) {
        double covered = switch (law) {
            case "normal" -> coverage(m, RandomGenerator::nextGaussian, 0, student);
            case "exponential" -> coverage(m, RandomGenerator::nextExponential, 1, student);
            default -> coverage(m, r -> Math.exp(r.nextGaussian()), Math.exp(0.5), student);
        };
        assertThat(covered).isCloseTo(often, within(slack(often) + 0.004));
    }

    private static final int[] SIZES = {24, 16};
    private static final int[] DRAWN = {12, 12};

    /// A population in two strata, of which a half and three quarters are drawn.
    private static double[][] population() {
        RandomGenerator random = Seed.of(11).generator();
        double[][] population = new double[2][40];
        for (int i = 0; i < 40; i++) {
            population[0][i] = 2 + random.nextDouble() * (i < SIZES[0] ? 2 : 6);
            population[1][i] = 3 * population[0][i] + 2 * random.nextGaussian();
        }
        return population;
    }

    private static int[] draw(RandomGenerator random) {
        int[] rows = new int[DRAWN[0] + DRAWN[1]];
        for (int h = 0; h < 2; h++) {
            int[] all = new int[SIZES[h]];
            int first = h * SIZES[0];
            Arrays.setAll(all, i -> first + i);
            for (int k = 0; k < DRAWN[h]; k++) {
                int at = k + random.nextInt(all.length - k);
                int row = all[at];
                all[at] = all[k];
                rows[h * DRAWN[0] + k] = row;
            }
        }
        return rows;
    }

    private static SampleDesign half() {
        List<String> strata = new ArrayList<>();
        List<String> units = new ArrayList<>();
        double[] fractions = new double[DRAWN[0] + DRAWN[1]];
        for (int i = 0; i < fractions.length; i++) {
            int h = i < DRAWN[0] ? 0 : 1;
            strata.add("s" + h);
            units.add("u" + i);
            fractions[i] = (double) DRAWN[h] / SIZES[h];
        }
        return SampleDesign.clustered(strata, units, fractions, SampleDesign.LonelyUnits.ERROR);
    }

    /// The variance of a total over all samples is known; variances by the bootstrap are it on average. Without the
    /// fractions they would be more than twice as much.
    @Test
    void theBootstrapKnowsThatHalfThePopulationWasDrawn() {
        double[][] population = population();
        double truth = 0;
        double[] w = new double[DRAWN[0] + DRAWN[1]];
        for (int h = 0; h < 2; h++) {
            double[] y = Arrays.copyOfRange(population[1], h * SIZES[0], h * SIZES[0] + SIZES[h]);
            double mean = Arrays.stream(y).average().orElseThrow();
            double spread = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum() / (y.length - 1);
            double size = SIZES[h];
            truth += size * size * (1 - DRAWN[h] / size) * spread / DRAWN[h];
            Arrays.fill(w, h * DRAWN[0], h * DRAWN[0] + DRAWN[h], size / DRAWN[h]);
        }
        RandomGenerator random = Seed.of(5).generator();
        SampleDesign design = half();
        int samples = SAMPLES / 10;
        double sum = 0;
        double squares = 0;
        for (int s = 0; s < samples; s++) {
            double[] y = Arrays.stream(draw(random))
                    .mapToDouble(i -> population[1][i])
                    .toArray();
            double error = ReplicateEstimates.ofDesign(
                            w, Replication.bootstrap(design, 40, Seed.of(5).child(s)), List.of(Statistic.total("y", y)))
                    .estimates()
                    .getFirst()
                    .standardError();
            sum += error * error / truth;
            squares += error * error * error * error / truth / truth;
        }
        double mean = sum / samples;
        double error = Math.sqrt((squares / samples - mean * mean) / samples);
        assertThat(error).isLessThan(0.03);
        assertThat(mean).isCloseTo(1, within(4 * error));
    }

    /// The same for a total calibrated to a known one: replicates are calibrated from the rescaled weights.
    @Test
    void calibratedReplicatesKnowIt() {
        double[][] population = population();
        double known = Arrays.stream(population[0]).sum();
        double[] d = new double[DRAWN[0] + DRAWN[1]];
        for (int i = 0; i < d.length; i++) {
            int h = i < DRAWN[0] ? 0 : 1;
            d[i] = (double) SIZES[h] / DRAWN[h];
        }
        RandomGenerator random = Seed.of(6).generator();
        SampleDesign design = half();
        CalibrationSettings settings = CalibrationSettings.linear();
        int samples = SAMPLES / 4;
        double sum = 0;
        double squares = 0;
        double drawn = 0;
        double linearised = 0;
        int judged = 0;
        for (int s = 0; s < samples; s++) {
            int[] rows = draw(random);
            CalibrationProblem problem = CalibrationProblem.of(
                    Design.fromDense(Arrays.stream(rows)
                            .mapToObj(i -> new double[] {i < SIZES[0] ? 1 : 0, i < SIZES[0] ? 0 : 1, population[0][i]})
                            .toArray(double[][]::new)),
                    d,
                    Targets.of(SIZES[0], SIZES[1], known));
            CalibrationResult full = Calibration.solve(settings, problem, ENGINE, Progress.none());
            Statistic total = Statistic.total(
                    "y", Arrays.stream(rows).mapToDouble(i -> population[1][i]).toArray());
            Estimate estimate = Precision.ofCalibration(problem, full.weights(), design, ENGINE)
                    .estimate(total);
            sum += estimate.value();
            squares += estimate.value() * estimate.value();
            linearised += estimate.standardError() * estimate.standardError();
            if (s % 20 == 0) {
                double error = ReplicateEstimates.ofCalibration(
                                settings,
                                problem,
                                full,
                                Replication.bootstrap(design, 40, Seed.of(6).child(s)),
                                List.of(total),
                                ENGINE,
                                Progress.none(),
                                (w, r) -> {})
                        .estimates()
                        .getFirst()
                        .standardError();
                drawn += error * error;
                judged++;
            }
        }
        double truth = squares / samples - sum / samples * (sum / samples);
        // With 24 rows the one is some eighth too small; without the fractions both were twice as much.
        assertThat(linearised / samples / truth).as("linearised").isBetween(0.75, 1.15);
        assertThat(drawn / judged / truth).as("bootstrap").isBetween(0.8, 1.5);
    }
}
