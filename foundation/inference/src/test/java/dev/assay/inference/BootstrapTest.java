package dev.assay.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final double TOLERANCE = 1e-9;
    private static final Fixture FIXTURE = new Fixture();

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = LocalEngine.of(3);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void numpysIntervalsOfMacroF1OverEpisodesComeOut() {
        Units episodes = Units.clusters("episode", FIXTURE.keys(Fixture.EPISODE));
        Estimate percentile = macroF1(Bootstrap.of(42), episodes).getFirst();
        assertThat(percentile.units()).isEqualTo(24);
        assertThat(percentile.unitKind()).isEqualTo("episode");
        assertThat(percentile.n()).isEqualTo(480);
        near(percentile, 0.6154264931279155, 0.45360750169139824, 0.7187595865453387);
        assertThat(percentile.meanReplicate().orElseThrow()).isCloseTo(0.5919932133614059, within(TOLERANCE));
        assertThat(percentile.warnings()).isEmpty();

        Estimate bca =
                macroF1(Bootstrap.of(42).withInterval(Interval.BCA), episodes).getFirst();
        near(bca, 0.6154264931279155, 0.5083433821849466, 0.7615058663216269);
        assertThat(bca.interval()).isEqualTo(Interval.BCA);
    }

    @Test
    void aMeanOfAbsoluteDifferencesLiesInItsInterval() {
        // Resampling adds noise to every difference, and the mean of absolute values only grows with noise.
        SplittableRandom random = new SplittableRandom(11);
        int rows = 400;
        int columns = 60;
        double[][] first = new double[columns][rows];
        double[][] second = new double[columns][rows];
        for (int c = 0; c < columns; c++) {
            Arrays.setAll(first[c], i -> random.nextGaussian());
            Arrays.setAll(second[c], i -> random.nextGaussian());
        }
        Estimate estimate = Bootstrap.of(3)
                .estimates(
                        Units.rows(rows),
                        Units.rows(rows),
                        (a, b) -> {
                            double sum = 0;
                            for (int c = 0; c < columns; c++) {
                                sum += Math.abs(drawnMean(first[c], a) - drawnMean(second[c], b)) / columns;
                            }
                            return new double[] {sum, -sum};
                        },
                        engine)
                .getFirst();
        double value = estimate.value().orElseThrow();
        assertThat(estimate.meanReplicate().orElseThrow()).isGreaterThan(1.2 * value);
        assertThat(estimate.interval()).isEqualTo(Interval.CENTRED);
        assertThat(value)
                .isBetween(estimate.low().orElseThrow(), estimate.high().orElseThrow());
        assertThat(estimate.low().orElseThrow()).isNotNegative();
        assertThat(estimate.warnings()).anyMatch(w -> w.contains("biased"));
    }

    private static double drawnMean(double[] values, int[] times) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += times[i] * values[i];
        }
        return sum / values.length;
    }

    @Test
    void numpysIntervalsOverRowsComeOut() {
        Units rows = Units.rows(480);
        near(macroF1(Bootstrap.of(42), rows).getFirst(), 0.6154264931279155, 0.5695556922075483, 0.6578542258827216);
        near(
                macroF1(Bootstrap.of(42).withInterval(Interval.BCA), rows).getFirst(),
                0.6154264931279155,
                0.5685430554346499,
                0.6574016331567664);
    }

    @Test
    void aDifferenceIsPairedBecauseTheDrawsAreShared() {
        near(
                macroF1(Bootstrap.of(42), Units.clusters("episode", FIXTURE.keys(Fixture.EPISODE)))
                        .get(2),
                0.10885937716182681,
                0.03539622255841357,
                0.18145741106831195);
    }

    @Test
    void sixHostsGiveNoInterval() {
        Estimate hosts = macroF1(Bootstrap.of(42), Units.clusters("host", FIXTURE.keys(Fixture.HOST)))
                .getFirst();
        assertThat(hosts.value()).isPresent();
        assertThat(hosts.low()).isEmpty();
        assertThat(hosts.reason().orElseThrow()).startsWith("too few clusters");
    }

    @Test
    void tenUnitsGiveAWarningAndNoBca() {
        double[] x = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
        Estimate mean = Bootstrap.of(1)
                .withInterval(Interval.BCA)
                .means(Units.rows(10), new double[][] {x}, engine)
                .getFirst();
        assertThat(mean.interval()).isEqualTo(Interval.PERCENTILE);
        assertThat(mean.warnings()).anyMatch(w -> w.startsWith("few clusters"));
        assertThat(mean.warnings()).anyMatch(w -> w.contains("BCa"));
    }

    @Test
    void meansAgreeWithADrawByDrawLoop() {
        Property.holds(10, seed -> {
            int n = 20 + seed.generator().nextInt(40);
            double[] x = seed.generator().doubles(n).toArray();
            Estimate mean = Bootstrap.of(seed)
                    .withReplicates(300)
                    .means(Units.rows(n), new double[][] {x}, engine)
                    .getFirst();
            SplittableRandom draws = new SplittableRandom(seed.asLong());
            double[] replicates = new double[300];
            for (int b = 0; b < 300; b++) {
                for (int i = 0; i < n; i++) {
                    replicates[b] += x[(int) (draws.nextDouble() * n)] / n;
                }
            }
            Arrays.sort(replicates);
            double h = 299 * .025;
            double low = replicates[7] + (h - 7) * (replicates[8] - replicates[7]);
            assertThat(mean.low().orElseThrow()).isCloseTo(low, within(1e-12));
            assertThat(mean.value().orElseThrow())
                    .isCloseTo(Arrays.stream(x).average().orElseThrow(), within(1e-12));
        });
    }

    @Test
    void theLoopsOverRowsAgreeToTheBit() {
        assertThat(RowKernel.best()).as("tests run with the Vector API").isNotSameAs(RowKernel.plain());
        Property.holds(20, seed -> {
            var random = seed.generator();
            int length = random.nextInt(40);
            double[] row = random.doubles(50).toArray();
            double[] plain = random.doubles(50).toArray();
            double[] best = plain.clone();
            double scale = random.nextGaussian();
            RowKernel.plain().addScaled(scale, row, 3, plain, 5, length);
            RowKernel.best().addScaled(scale, row, 3, best, 5, length);
            assertThat(best).isEqualTo(plain);
            assertThat(best[4]).isEqualTo(plain[4]);
        });
    }

    @Test
    void threadsChangeNothing() {
        double[][] x = {Seed.of(3).generator().doubles(500).toArray()};
        try (Engine single = LocalEngine.of(1)) {
            assertThat(Bootstrap.of(9).means(Units.rows(500), x, engine))
                    .isEqualTo(Bootstrap.of(9).means(Units.rows(500), x, single));
        }
    }

    @Test
    void theIntervalOfAMeanCoversItAboutAsOftenAsItSays() {
        int hits = 0;
        for (int trial = 0; trial < 300; trial++) {
            Seed seed = Seed.of(trial);
            double[] x = seed.generator().doubles(60).toArray();
            Estimate mean = Bootstrap.of(seed.child("draws"))
                    .withReplicates(400)
                    .means(Units.rows(60), new double[][] {x}, engine)
                    .getFirst();
            hits += mean.low().orElseThrow() <= .5 && .5 <= mean.high().orElseThrow() ? 1 : 0;
        }
        // 95 % +- four standard errors of 300 trials.
        assertThat(hits / 300.0).isBetween(.90, .99);
    }

    @Test
    void aStatisticThatDoesNotExistIsAbsentWithAReason() {
        Estimate ratio = Bootstrap.of(1)
                .ratios(Units.rows(30), new double[1][30], new double[1][30], engine)
                .getFirst();
        assertThat(ratio.value()).isEmpty();
        assertThat(ratio.reason()).isPresent();
    }

    @Test
    void rowsWithoutAKeyAreNamed() {
        assertThatThrownBy(() -> Units.clusters("household", Column.Texts.of("a", null)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> Units.rows(0)).isInstanceOf(Fault.class);
    }

    @Test
    void unitsAreInCodePointOrder() {
        Units units = Units.clusters("key", Column.Texts.of("\uD83D\uDE00", "\uFF5E", "b", "a"));
        assertThat(new int[] {units.of(0), units.of(1), units.of(2), units.of(3)})
                .containsExactly(3, 2, 1, 0);
    }

    /// Macro-F1 over the classes present, of model a, of model b, and their difference.
    private static List<Estimate> macroF1(Bootstrap bootstrap, Units units) {
        double[][] columns = Stream.of(FIXTURE.confusion(0), FIXTURE.confusion(1))
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
        int half = columns.length / 2;
        return bootstrap.estimates(
                ClusterSums.of(units, columns),
                sums -> {
                    double a = Fixture.macroF1(Arrays.copyOf(sums, half));
                    double b = Fixture.macroF1(Arrays.copyOfRange(sums, half, 2 * half));
                    return new double[] {a, b, a - b};
                },
                engine);
    }

    private static void near(Estimate estimate, double value, double low, double high) {
        assertThat(estimate.value().orElseThrow()).isCloseTo(value, within(TOLERANCE));
        assertThat(estimate.low().orElseThrow()).isCloseTo(low, within(TOLERANCE));
        assertThat(estimate.high().orElseThrow()).isCloseTo(high, within(TOLERANCE));
    }
}
