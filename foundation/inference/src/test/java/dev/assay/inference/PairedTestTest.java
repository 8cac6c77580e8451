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
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PairedTestTest {
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

    private static PairedComparison macroF1(Units units) {
        return new PairedTest(Bootstrap.of(42), 43, PairedTest.DEFAULT_ASSIGNMENTS)
                .compare(units, FIXTURE.confusion(0), FIXTURE.confusion(1), Fixture::macroF1, engine);
    }

    @Test
    void numpysComparisonOverEpisodesComesOut() {
        PairedComparison episodes = macroF1(Units.clusters("episode", FIXTURE.keys(Fixture.EPISODE)));
        assertThat(episodes.first().value().orElseThrow()).isCloseTo(0.615426493128, within(TOLERANCE));
        assertThat(episodes.second().value().orElseThrow()).isCloseTo(0.506567115966, within(TOLERANCE));
        Estimate difference = episodes.difference();
        assertThat(difference.value().orElseThrow()).isCloseTo(0.108859377162, within(TOLERANCE));
        assertThat(difference.low().orElseThrow()).isCloseTo(0.035396222558, within(TOLERANCE));
        assertThat(difference.high().orElseThrow()).isCloseTo(0.181457411068, within(TOLERANCE));
        assertThat(difference.units()).isEqualTo(24);
        assertThat(episodes.bootstrapP().orElseThrow()).isCloseTo(0.003998001, within(TOLERANCE));
        assertThat(episodes.p().orElseThrow()).isCloseTo(0.006, within(TOLERANCE));
        assertThat(episodes.exact()).isFalse();
    }

    @Test
    void numpysComparisonOverRowsComesOut() {
        PairedComparison rows = macroF1(Units.rows(FIXTURE.size()));
        assertThat(rows.difference().low().orElseThrow()).isCloseTo(0.053656444662, within(TOLERANCE));
        assertThat(rows.difference().high().orElseThrow()).isCloseTo(0.160717873580, within(TOLERANCE));
        assertThat(rows.bootstrapP().orElseThrow()).isCloseTo(0.00099950025, within(TOLERANCE));
        assertThat(rows.p().orElseThrow()).isCloseTo(0.0002, within(TOLERANCE));
    }

    @Test
    void sixHostsAreTestedByAllAssignmentsButHaveNoInterval() {
        PairedComparison hosts = macroF1(Units.clusters("host", FIXTURE.keys(Fixture.HOST)));
        assertThat(hosts.exact()).isTrue();
        assertThat(hosts.assignments()).isEqualTo(64);
        assertThat(hosts.p()).hasValue(2.0 / 64);
        assertThat(hosts.smallestP()).isEqualTo(2.0 / 64);
        assertThat(hosts.difference().hasInterval()).isFalse();
        assertThat(hosts.bootstrapP()).isEmpty();
    }

    @Test
    void swappingTheMethodsNegatesTheDifferenceAndKeepsP() {
        Property.holds(20, seed -> {
            RandomGenerator random = seed.generator();
            int rows = 10 + random.nextInt(60);
            String[] keys = new String[rows];
            Arrays.setAll(keys, i -> "u" + random.nextInt(25));
            Units units = Units.clusters("unit", Column.Texts.of(keys));
            double[] a = random.doubles(rows).toArray();
            double[] b = random.doubles(rows).toArray();
            PairedTest test = new PairedTest(Bootstrap.of(seed).withReplicates(200), seed.asLong(), 199);
            PairedComparison one = test.means(units, a, b, engine);
            PairedComparison other = test.means(units, b, a, engine);
            assertThat(other.p()).isEqualTo(one.p());
            assertThat(one.p().orElseThrow()).isGreaterThanOrEqualTo(one.smallestP());
            assertThat(other.difference().value().orElseThrow())
                    .isEqualTo(-one.difference().value().orElseThrow());
            one.difference().low().ifPresent(low -> {
                assertThat(other.difference().high().orElseThrow()).isCloseTo(-low, within(1e-12));
                assertThat(other.bootstrapP()).isEqualTo(one.bootstrapP());
            });
        });
    }

    @Test
    void allAssignmentsOfFewUnitsAgreeWithALoopOverSigns() {
        double[] a = {3, 1, 4, 1, 5, 9, 2, 6};
        double[] b = {2, 7, 1, 8, 2, 8, 1, 8};
        int asMuch = 0;
        double observed = Math.abs(Arrays.stream(a).sum() - Arrays.stream(b).sum());
        for (int signs = 0; signs < 256; signs++) {
            double sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += (signs >> i & 1) == 0 ? a[i] - b[i] : b[i] - a[i];
            }
            asMuch += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
        }
        PairedComparison all = PairedTest.of(Seed.of(1)).means(Units.rows(8), a, b, engine);
        assertThat(all.p()).hasValue(asMuch / 256.0);
    }

    @Test
    void aTestOfEqualMethodsRejectsAsOftenAsItSays() {
        int runs = 400;
        int rejected = 0;
        for (int run = 0; run < runs; run++) {
            RandomGenerator random = Seed.of(run).generator();
            String[] keys = new String[90];
            double[] a = new double[90];
            double[] b = new double[90];
            double shared = 0;
            for (int i = 0; i < 90; i++) {
                // Three rows a unit, with a part in common: over rows the test would reject far too often.
                shared = i % 3 == 0 ? random.nextGaussian() : shared;
                keys[i] = "u" + i / 3;
                a[i] = shared + random.nextGaussian() / 2;
                b[i] = random.nextGaussian() / 2;
            }
            PairedComparison each = new PairedTest(Bootstrap.of(run).withReplicates(1), run, 199)
                    .means(Units.clusters("unit", Column.Texts.of(keys)), a, b, engine);
            rejected += each.p().orElseThrow() <= 0.05 ? 1 : 0;
        }
        // 5 % and four standard errors of 400 runs.
        assertThat(rejected / (double) runs).isBetween(0.01, 0.094);
    }

    @Test
    void threadsChangeNothing() {
        try (Engine single = LocalEngine.of(1)) {
            double[] a = Seed.of(3).generator().doubles(300).toArray();
            double[] b = Seed.of(4).generator().doubles(300).toArray();
            assertThat(PairedTest.of(Seed.of(5)).means(Units.rows(300), a, b, engine))
                    .isEqualTo(PairedTest.of(Seed.of(5)).means(Units.rows(300), a, b, single));
        }
    }

    @Test
    void anAbsentDifferenceHasNoP() {
        PairedComparison none = PairedTest.of(Seed.of(1))
                .compare(Units.rows(30), new double[1][30], new double[1][30], sums -> Double.NaN, engine);
        assertThat(none.p()).isEmpty();
        assertThat(none.difference().reason()).isPresent();
    }

    @Test
    void scipysComparisonOfTwoAreasComesOut() {
        Units episodes = Units.clusters("episode", FIXTURE.keys(Fixture.EPISODE));
        double[][] sums = new double[2][episodes.count()];
        int[] rows = new int[episodes.count()];
        boolean[] positive = new boolean[episodes.count()];
        for (int row = 0; row < FIXTURE.size(); row++) {
            int u = episodes.of(row);
            rows[u]++;
            positive[u] = FIXTURE.truth(row) == 1;
            for (int model = 0; model < 2; model++) {
                sums[model][u] += FIXTURE.probabilities(model, row)[1];
            }
        }
        for (int u = 0; u < rows.length; u++) {
            sums[0][u] /= rows[u];
            sums[1][u] /= rows[u];
        }
        DeLong episode = DeLong.of(sums[0], sums[1], positive);
        assertThat(episode.first()).isCloseTo(0.873684210526, within(TOLERANCE));
        assertThat(episode.second()).isCloseTo(0.747368421053, within(TOLERANCE));
        DeLong.Variance variance = episode.variance().orElseThrow();
        assertThat(variance.first()).isCloseTo(0.007903970452, within(TOLERANCE));
        assertThat(variance.both()).isCloseTo(0.006795937211, within(TOLERANCE));
        assertThat(variance.second()).isCloseTo(0.011929824561, within(TOLERANCE));
        assertThat(episode.z().orElseThrow()).isCloseTo(1.598816130064, within(TOLERANCE));
        assertThat(episode.p().orElseThrow()).isCloseTo(0.109861463915, within(TOLERANCE));
    }

    @Test
    void areasThatCannotBeToldApartSaySo() {
        double[] score = {1, 2, 3, 4};
        boolean[] positive = {false, true, false, true};
        DeLong same = DeLong.of(score, score, positive);
        assertThat(same.p()).hasValue(1);
        assertThat(same.z()).isEmpty();
        DeLong perfect = DeLong.of(new double[] {1, 3, 2, 4}, new double[] {4, 2, 3, 1}, positive);
        assertThat(perfect.first()).isEqualTo(1);
        assertThat(perfect.second()).isZero();
        assertThat(perfect.p()).as("they differ without variance").isEmpty();
        assertThat(DeLong.of(score, score, new boolean[] {true, false, false, false})
                        .p())
                .as("one positive case")
                .isEmpty();
        assertThatThrownBy(() -> DeLong.of(score, score, new boolean[4])).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> DeLong.of(new double[] {1, Double.NaN, 2, 3}, score, positive))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("case 1");
    }
}
