package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.Bootstrap;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FidelityTest {
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
    void zeroRatesOfTwoColumnsByHand() {
        Frame real = Frame.empty().with("a", zeros(1000, 900)).with("b", zeros(1000, 500));
        Frame synthetic = Frame.empty().with("a", zeros(2000, 1700)).with("b", zeros(2000, 1200));
        ZeroRates rates = ZeroRates.of(Sample.of(real), Sample.of(synthetic), List.of("a", "b"), BOOTSTRAP, engine);
        assertThat(rates.meanAbsoluteError().value().orElseThrow()).isCloseTo(.075, within(1e-15));
        assertThat(rates.columns().get(0).real().value()).hasValue(.9);
        assertThat(rates.columns().get(0).synthetic().value()).hasValue(.85);
        assertThat(rates.columns().get(1).absoluteDifference().value().orElseThrow())
                .isCloseTo(.1, within(1e-15));
        assertThat(rates.columns().get(0).real().low().orElseThrow()).isBetween(.87, .899);
    }

    @Test
    void zeroRatesAreWeightedAndLeaveMissingCellsOut() {
        Frame frame = Frame.empty()
                .with("y", Column.Doubles.of(0, 1e-7, 5, Double.NaN))
                .with("w", Column.Doubles.of(1, 2, 5, 100));
        ZeroRates rates =
                ZeroRates.of(Sample.of(frame).weightedBy("w"), Sample.of(frame), List.of("y"), BOOTSTRAP, engine);
        assertThat(rates.columns().getFirst().real().value()).hasValue(3.0 / 8);
        assertThat(rates.columns().getFirst().synthetic().value()).hasValue(2.0 / 3);
        assertThat(rates.columns().getFirst().missingReal()).isEqualTo(1);
        assertThat(rates.meanAbsoluteError().reason().orElseThrow()).startsWith("too few clusters");
    }

    @Test
    void rareCellsDoNotGrowWithTheSyntheticSample() {
        assertThat(rare(10, 1000, 40, 4000).ratio().value()).hasValue(1);
        RareCells.RareCell quarter = rare(10, 1000, 10, 4000);
        assertThat(quarter.ratio().value()).hasValue(.25);
        double reach = Math.exp(1.959963984540054 * Math.sqrt(.2));
        assertThat(quarter.ratio().low().orElseThrow()).isCloseTo(.25 / reach, within(1e-12));
        assertThat(quarter.ratio().high().orElseThrow()).isCloseTo(.25 * reach, within(1e-12));
    }

    @Test
    void aCellWithFourRealRowsIsTooRare() {
        RareCells.RareCell cell = rare(4, 1000, 10, 4000);
        assertThat(cell.ratio().value()).isEmpty();
        assertThat(cell.ratio().reason().orElseThrow()).startsWith("too rare");
        assertThat(rare(5, 1000, 10, 4000).ratio().value()).isPresent();
    }

    @Test
    void anEmptySyntheticCellHasRatioZeroWithoutAnInterval() {
        RareCells.RareCell cell = rare(10, 1000, 0, 4000);
        assertThat(cell.ratio().value()).hasValue(0);
        assertThat(cell.ratio().low()).isEmpty();
        assertThat(cell.ratio().reason()).isPresent();
    }

    @Test
    void shiftingAColumnMovesW1ByTheShift() {
        Property.holds(15, seed -> {
            RandomGenerator random = seed.generator();
            double[] x = random.doubles(200).toArray();
            double shift = random.nextDouble(-3, 3);
            double[] y = Arrays.stream(x).map(v -> v + shift).toArray();
            assertThat(w1(x, y).w1().value().orElseThrow()).isCloseTo(Math.abs(shift), within(1e-12));
            assertThat(w1(y, x).w1().value().orElseThrow()).isCloseTo(Math.abs(shift), within(1e-12));
            assertThat(w1(x, x.clone()).w1().value()).hasValue(0);
        });
    }

    @Test
    void smallSamplesByHand() {
        Marginals.NumericMarginal m = w1(new double[] {0, 1, 2, 3, 4}, new double[] {1, 1, 2, 6});
        assertThat(m.w1().value().orElseThrow()).isCloseTo(1, within(1e-15));
        assertThat(m.ks().value().orElseThrow()).isCloseTo(.25, within(1e-15));
        assertThat(m.w1Scaled().orElseThrow().value().orElseThrow()).isCloseTo(1 / Math.sqrt(2), within(1e-15));
        assertThat(w1(new double[] {3, 3}, new double[] {4, 5}).w1Scaled()).isEmpty();
    }

    @Test
    void weightsActLikeRepeatedRows() {
        Property.holds(10, seed -> {
            RandomGenerator random = seed.generator();
            Frame weighted = mixed(random, 60);
            int[] repeated = IntStream.range(0, 60)
                    .flatMap(i -> IntStream.generate(() -> i)
                            .limit(weighted.column("w").number(i) > 1 ? 3 : 1))
                    .toArray();
            Frame real = mixed(random, 80);
            List<String> columns = List.of("x", "y", "g", "h");
            var a = Marginals.of(Sample.of(real), Sample.of(weighted).weightedBy("w"), columns, BOOTSTRAP, engine);
            var b = Marginals.of(Sample.of(real), Sample.of(weighted.at(repeated)), columns, BOOTSTRAP, engine);
            for (int c = 0; c < 4; c++) {
                assertThat(value(a.get(c))).isCloseTo(value(b.get(c)), within(1e-12));
            }
            for (var correlation : Associations.Correlation.values()) {
                var p = Associations.of(
                        Sample.of(real), Sample.of(weighted).weightedBy("w"), columns, correlation, BOOTSTRAP, engine);
                var q = Associations.of(
                        Sample.of(real), Sample.of(weighted.at(repeated)), columns, correlation, BOOTSTRAP, engine);
                for (int i = 0; i < 6; i++) {
                    assertThat(p.pairs().get(i).synthetic())
                            .isCloseTo(q.pairs().get(i).synthetic(), within(1e-9));
                }
            }
        });
    }

    @Test
    void totalVariationByHandMatchesLevelsByText() {
        Frame real = Frame.empty().with("g", Column.Texts.of("a", "a", "b", null));
        Frame synthetic = Frame.empty().with("g", Column.Texts.of("b", "c", "b", "a"));
        var m = (Marginals.CategoricalMarginal)
                Marginals.of(Sample.of(real), Sample.of(synthetic), List.of("g"), BOOTSTRAP, engine)
                        .getFirst();
        // |2-1| + |1-2| + |0-1| + |1-0| quarters, halved.
        assertThat(m.totalVariation().value()).hasValue(.5);
    }

    @Test
    void associationsByHand() {
        Frame frame = Frame.empty()
                .with("x", Column.Doubles.of(1, 2, 3, 4))
                .with("y", Column.Doubles.of(1, 3, 2, 4))
                .with("g", Column.Texts.of("a", "a", "b", "b"))
                .with("h", Column.Texts.of("p", "q", "q", "q"));
        Associations a = Associations.of(
                Sample.of(frame),
                Sample.of(frame),
                List.of("x", "y", "g", "h"),
                Associations.Correlation.PEARSON,
                BOOTSTRAP,
                engine);
        assertThat(a.pairs().get(0).real()).isCloseTo(.8, within(1e-12));
        // Between levels of g: means 1.5 and 3.5 around 2.5: 4 of the total 5.
        assertThat(a.pairs().get(1).real()).isCloseTo(Math.sqrt(.8), within(1e-12));
        // chi^2 of ((1, 1), (0, 2)) is 4/3 of n = 4.
        assertThat(a.pairs().get(5).real()).isCloseTo(Math.sqrt(1.0 / 3), within(1e-12));
        assertThat(a.meanAbsoluteDifference().value()).hasValue(0);
    }

    @Test
    void missingNumbersAreLeftOutPairByPair() {
        Property.holds(10, seed -> {
            RandomGenerator random = seed.generator();
            double[] x = random.doubles(50).toArray();
            double[] y = new double[50];
            String[] g = new String[50];
            for (int i = 0; i < 50; i++) {
                y[i] = x[i] + random.nextDouble();
                g[i] = x[i] > .5 ? "high" : "low";
                if (random.nextInt(5) == 0) {
                    x[i] = Double.NaN;
                }
                if (random.nextInt(5) == 0) {
                    y[i] = Double.NaN;
                }
            }
            Frame frame = Frame.empty()
                    .with("x", Column.Doubles.of(x))
                    .with("y", Column.Doubles.of(y))
                    .with("g", Column.Texts.of(g));
            Frame both = frame.filter(i -> !Double.isNaN(x[i]) && !Double.isNaN(y[i]));
            Frame onlyX = frame.filter(i -> !Double.isNaN(x[i]));
            List<String> columns = List.of("x", "y", "g");
            Associations all = pearson(frame, columns);
            assertThat(all.pairs().get(0).real())
                    .isCloseTo(pearson(both, columns).pairs().get(0).real(), within(1e-9));
            assertThat(all.pairs().get(1).real())
                    .isCloseTo(
                            pearson(onlyX, List.of("x", "g")).pairs().getFirst().real(), within(1e-9));
        });
    }

    @Test
    void aCollapsedColumnLosesItsAssociationsInsteadOfDroppingOut() {
        Frame real = mixed(Seed.of(1).generator(), 100);
        Frame collapsed = real.with("y", Column.Doubles.of(new double[100]));
        Associations a = Associations.of(
                Sample.of(real),
                Sample.of(collapsed),
                List.of("x", "y"),
                Associations.Correlation.PEARSON,
                BOOTSTRAP,
                engine);
        assertThat(a.constantSynthetic()).isEqualTo(1);
        assertThat(a.pairs().getFirst().synthetic()).isZero();
        assertThat(a.maxAbsoluteDifference().value().orElseThrow())
                .isCloseTo(Math.abs(a.pairs().getFirst().real()), within(1e-12));
    }

    @Test
    void shufflingKeepsMarginalsAndLosesAssociation() {
        Frame real = mixed(Seed.of(2).generator(), 400);
        Frame shuffled = ReferenceLines.shuffled(real, Seed.of(3));
        List<String> columns = List.of("x", "y", "g", "h");
        for (var marginal : Marginals.of(Sample.of(real), Sample.of(shuffled), columns, BOOTSTRAP, engine)) {
            assertThat(value(marginal)).isCloseTo(0, within(1e-12));
        }
        Associations a = Associations.of(
                Sample.of(real), Sample.of(shuffled), columns, Associations.Correlation.SPEARMAN, BOOTSTRAP, engine);
        assertThat(a.pairs().getFirst().real()).isGreaterThan(.6);
        assertThat(a.pairs().getFirst().synthetic()).isBetween(-.2, .2);
        assertThat(a.pairs().getFirst().difference().high().orElseThrow()).isLessThan(-.4);
        assertThat(ReferenceLines.secondSample(real, 10, Seed.of(1)).rows()).isEqualTo(10);
        assertThatThrownBy(() -> ReferenceLines.secondSample(real, 401, Seed.of(1)))
                .isInstanceOf(Fault.class);
    }

    @Test
    void theOrderOfRowsChangesNoDistance() {
        Property.holds(5, seed -> {
            RandomGenerator random = seed.generator();
            Frame real = mixed(random, 90);
            Frame synthetic = mixed(random, 70);
            Frame permuted = synthetic.at(Draws.permutation(70, random));
            List<String> columns = List.of("x", "y", "g", "h");
            var a = Marginals.of(Sample.of(real), Sample.of(synthetic), columns, BOOTSTRAP, engine);
            var b = Marginals.of(Sample.of(real), Sample.of(permuted), columns, BOOTSTRAP, engine);
            for (int c = 0; c < 4; c++) {
                assertThat(value(b.get(c))).isCloseTo(value(a.get(c)), within(1e-12));
            }
        });
    }

    @Test
    void clustersWidenTheIntervalOfRepeatedRows() {
        RandomGenerator random = Seed.of(6).generator();
        double[] y = new double[400];
        String[] household = new String[400];
        for (int i = 0; i < 400; i++) {
            y[i] = i % 8 == 0 ? (random.nextInt(2)) : y[i - 1];
            household[i] = "h" + i / 8;
        }
        Frame frame = Frame.empty().with("y", Column.Doubles.of(y)).with("hh", Column.Texts.of(household));
        Sample rows = Sample.of(frame);
        Sample households = rows.clusteredBy("hh");
        var narrow = ZeroRates.of(rows, rows, List.of("y"), BOOTSTRAP, engine)
                .columns()
                .getFirst()
                .real();
        var wide = ZeroRates.of(households, rows, List.of("y"), BOOTSTRAP, engine)
                .columns()
                .getFirst()
                .real();
        assertThat(wide.units()).isEqualTo(50);
        assertThat(wide.unitKind()).isEqualTo("hh");
        double ratio = (wide.high().orElseThrow() - wide.low().orElseThrow())
                / (narrow.high().orElseThrow() - narrow.low().orElseThrow());
        // Eight equal rows a household: wider by the root of 8.
        assertThat(ratio).isBetween(2.0, 4.0);
    }

    @Test
    void badWeightsAreNamed() {
        Frame frame = Frame.empty().with("w", Column.Doubles.of(1, -1)).with("v", Column.Doubles.of(0, 0));
        assertThatThrownBy(() -> Sample.of(frame).weightedBy("w"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> Sample.of(frame).weightedBy("v")).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> Sample.of(Frame.empty())).isInstanceOf(Fault.class);
    }

    private static Associations pearson(Frame frame, List<String> columns) {
        return Associations.of(
                Sample.of(frame), Sample.of(frame), columns, Associations.Correlation.PEARSON, BOOTSTRAP, engine);
    }

    private static double value(Marginals.Marginal marginal) {
        return switch (marginal) {
            case Marginals.NumericMarginal numeric -> numeric.w1().value().orElseThrow();
            case Marginals.CategoricalMarginal categorical ->
                categorical.totalVariation().value().orElseThrow();
        };
    }

    private static Marginals.NumericMarginal w1(double[] x, double[] y) {
        return (Marginals.NumericMarginal) Marginals.of(
                        Sample.of(Frame.empty().with("x", Column.Doubles.of(x))),
                        Sample.of(Frame.empty().with("x", Column.Doubles.of(y))),
                        List.of("x"),
                        BOOTSTRAP,
                        engine)
                .getFirst();
    }

    private static RareCells.RareCell rare(int real, int realRows, int synthetic, int syntheticRows) {
        BitSet inReal = new BitSet();
        inReal.set(0, real);
        BitSet inSynthetic = new BitSet();
        inSynthetic.set(0, synthetic);
        return RareCells.of(
                        Sample.of(Frame.empty().with("x", zeros(realRows, 0))),
                        Sample.of(Frame.empty().with("x", zeros(syntheticRows, 0))),
                        List.of(new RareCells.Cell("old and self-employed", inReal, inSynthetic)),
                        Bootstrap.DEFAULT_LEVEL)
                .getFirst();
    }

    private static Column zeros(int rows, int zeros) {
        double[] y = new double[rows];
        Arrays.fill(y, zeros, rows, 7);
        return Column.Doubles.of(y);
    }

    /// Two related numbers, two related categories, weights of 1 and 3.
    private static Frame mixed(RandomGenerator random, int rows) {
        double[] x = new double[rows];
        double[] y = new double[rows];
        double[] w = new double[rows];
        String[] g = new String[rows];
        String[] h = new String[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = random.nextGaussian();
            y[i] = x[i] + random.nextGaussian() / 2;
            w[i] = random.nextBoolean() ? 1 : 3;
            g[i] = x[i] > 0 ? "up" : "down";
            h[i] = random.nextInt(3) == 0 ? "other" : g[i];
        }
        return Frame.empty()
                .with("x", Column.Doubles.of(x))
                .with("y", Column.Doubles.of(y))
                .with("w", Column.Doubles.of(w))
                .with("g", Column.Texts.of(g))
                .with("h", Column.Texts.of(h));
    }
}
