package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.Bootstrap;
import dev.assay.measure.Summaries.Kind;
import dev.assay.measure.Summaries.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Values worked out by hand from the rows given.
class SummariesTest {
    private static final LocalEngine ENGINE = LocalEngine.of(1);
    private static final Offset<Double> EXACT = within(1e-12);

    /// 70 rows of weight 100: 25 x 0, 20 x 10 of weight 2, 20 missing, 5 x 30 of weight 3. The first 40
    /// are A, the rest B.
    private static final Frame REAL = Frame.empty()
            .with("pay", numbers(List.of(25, 20, 20, 5), 0, 10, Double.NaN, 30))
            .with("town", towns(40, 30))
            .with("w", numbers(List.of(25, 20, 20, 5), 1, 2, 1, 3));

    /// 50 rows of one weight: 20 x 0, 10 x 10, 15 x 20, 5 missing.
    private static final Frame SYNTHETIC = Frame.empty()
            .with("pay", numbers(List.of(20, 10, 15, 5), 0, 10, 20, Double.NaN))
            .with("town", towns(25, 25));

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Column numbers(List<Integer> rows, double... values) {
        List<Double> cells = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            cells.addAll(Collections.nCopies(rows.get(i), values[i]));
        }
        return Column.Doubles.of(cells.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Column towns(int a, int b) {
        List<String> cells = new ArrayList<>(Collections.nCopies(a, "A"));
        cells.addAll(Collections.nCopies(b, "B"));
        return Column.Categories.of(cells.toArray(String[]::new));
    }

    private static List<Summary> of(Sample real, Sample synthetic, String... columns) {
        Engine engine = ENGINE;
        return Summaries.of(
                real, synthetic, List.of(columns), Bootstrap.of(Seed.of(1)).withReplicates(200), engine);
    }

    private static List<Summary> weighted() {
        return of(Sample.of(REAL).weightedBy("w"), Sample.of(SYNTHETIC), "town", "pay");
    }

    private static Summary one(List<Summary> all, String column, Kind kind, String of) {
        return all.stream()
                .filter(s -> s.column().equals(column) && s.kind() == kind && s.of().equals(of))
                .findFirst()
                .orElseThrow(() -> new AssertionError(column + " " + kind + " " + of + " is not among " + all));
    }

    private static void is(Summary summary, double real, double synthetic, double off) {
        String what = summary.column() + " " + summary.kind() + " " + summary.of();
        assertThat(summary.real()).as(what).isCloseTo(real, EXACT);
        assertThat(summary.synthetic()).as(what).isCloseTo(synthetic, EXACT);
        assertThat(summary.difference().value().orElseThrow()).as(what).isCloseTo(synthetic - real, EXACT);
        assertThat(summary.off()).as(what).isCloseTo(off, EXACT);
        assertThat(summary.difference().low().orElseThrow()).as(what).isLessThanOrEqualTo(synthetic - real);
        assertThat(summary.difference().high().orElseThrow()).as(what).isGreaterThanOrEqualTo(synthetic - real);
    }

    /// Weights of the 80 present: mean 850 / 80, mean square 17,500 / 80.
    private static final double SD = Math.sqrt(17_500 / 80.0 - Math.pow(850 / 80.0, 2));

    @Test
    void meansAreOfPresentCellsByWeight() {
        is(one(weighted(), "pay", Kind.MEAN, ""), 850 / 80.0, 400 / 45.0, (400 / 45.0 - 850 / 80.0) / SD);
    }

    @Test
    void quantilesAreTheSmallestValueUpToWhichTheShareOfWeightLies() {
        List<Summary> all = weighted();

        // Real weight up to 0 is .3125, up to 10 .8125; synthetic .444 and .667.
        is(one(all, "pay", Kind.QUANTILE, "0.05"), 0, 0, 0);
        is(one(all, "pay", Kind.QUANTILE, "0.25"), 0, 0, 0);
        is(one(all, "pay", Kind.QUANTILE, "0.5"), 10, 10, 0);
        is(one(all, "pay", Kind.QUANTILE, "0.75"), 10, 20, 10 / SD);
        is(one(all, "pay", Kind.QUANTILE, "0.95"), 30, 20, -10 / SD);
    }

    @Test
    void sharesAreOfAllRowsByWeightAndMissingIsAValue() {
        List<Summary> all = weighted();

        is(one(all, "pay", Kind.SHARE, "0.0"), .25, .4, .15 / Math.sqrt((.25 * .75 + .4 * .6) / 2));
        is(one(all, "pay", Kind.SHARE, "10.0"), .4, .2, -.2 / Math.sqrt((.4 * .6 + .2 * .8) / 2));
        is(one(all, "pay", Kind.SHARE, "(missing)"), .2, .1, -.1 / Math.sqrt((.2 * .8 + .1 * .9) / 2));
        is(one(all, "town", Kind.SHARE, "A"), .55, .5, -.05 / Math.sqrt((.55 * .45 + .25) / 2));
        is(one(all, "town", Kind.SHARE, "B"), .45, .5, .05 / Math.sqrt((.55 * .45 + .25) / 2));
    }

    @Test
    void whatIsFurthestOffComesFirstOfAllColumns() {
        assertThat(weighted())
                .extracting(s -> s.column() + " " + s.kind() + " " + s.of())
                .containsExactly(
                        "pay QUANTILE 0.75",
                        "pay QUANTILE 0.95",
                        "pay SHARE 10.0",
                        "pay SHARE 0.0",
                        "pay SHARE (missing)",
                        "pay MEAN ",
                        "town SHARE A",
                        "town SHARE B",
                        "pay QUANTILE 0.05",
                        "pay QUANTILE 0.25",
                        "pay QUANTILE 0.5");
    }

    @Test
    void withoutWeightsEveryRowCountsOnce() {
        List<Summary> all = of(Sample.of(REAL), Sample.of(SYNTHETIC), "pay", "town");

        assertThat(one(all, "pay", Kind.MEAN, "").real()).isCloseTo(350 / 50.0, EXACT);
        assertThat(one(all, "pay", Kind.QUANTILE, "0.5").real()).isEqualTo(0);
        assertThat(one(all, "pay", Kind.SHARE, "0.0").real()).isCloseTo(25 / 70.0, EXACT);
        assertThat(one(all, "town", Kind.SHARE, "A").real()).isCloseTo(40 / 70.0, EXACT);
    }

    @Test
    void rowsOfWeightZeroCountForNothingBesideBeingFrequent() {
        Frame none = REAL.with("w", numbers(List.of(25, 20, 20, 5), 0, 2, 1, 3));
        List<Summary> all = of(Sample.of(none).weightedBy("w"), Sample.of(SYNTHETIC), "pay");

        assertThat(one(all, "pay", Kind.SHARE, "0.0").real()).isZero();
        assertThat(one(all, "pay", Kind.MEAN, "").real()).isCloseTo(850 / 55.0, EXACT);
        assertThat(one(all, "pay", Kind.QUANTILE, "0.05").real()).isEqualTo(10);
    }

    @Test
    void atMostTenValuesAreFrequentAndTheTopCodeIsLookedAtBeside() {
        double[] values = IntStream.rangeClosed(1, 12).asDoubleStream().toArray();
        List<Integer> rows = IntStream.rangeClosed(1, 12).mapToObj(i -> 32 - i).toList();
        Frame real = Frame.empty().with("x", numbers(rows, values));

        List<String> shown = of(Sample.of(real), Sample.of(real), "x").stream()
                .filter(s -> s.kind() == Kind.SHARE)
                .map(Summary::of)
                .toList();

        // The eleventh has 21 rows, the twelfth, which is the largest value, 20.
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "8.0", "9.0", "10.0", "12.0");
    }

    @Test
    void aValueOfFewerThanTwentyRowsIsNotFrequent() {
        Frame real = Frame.empty().with("x", numbers(List.of(19, 20, 19), 1, 2, 3));

        assertThat(of(Sample.of(real), Sample.of(real), "x"))
                .filteredOn(s -> s.kind() == Kind.SHARE)
                .extracting(Summary::of)
                .containsExactly("2.0");
    }

    @Test
    void aValueThatOnlySyntheticRowsHoldOftenIsLookedAt() {
        Frame real = Frame.empty().with("x", numbers(List.of(30, 30, 40), 1, 2, 3));
        Frame synthetic = Frame.empty().with("x", numbers(List.of(30, 30, 20, 19, 1), 1, 2, 2.5, 2.75, 3));

        List<Summary> all = of(Sample.of(real), Sample.of(synthetic), "x");

        is(one(all, "x", Kind.SHARE, "2.5"), 0, .2, .2 / Math.sqrt(.2 * .8 / 2));
        assertThat(all).extracting(Summary::of).doesNotContain("2.75");
        // Top code, whose mass went elsewhere: the very furthest off.
        assertThat(all.getFirst().of()).isEqualTo("3.0");
        is(all.getFirst(), .4, .01, -.39 / Math.sqrt((.4 * .6 + .01 * .99) / 2));
    }

    @Test
    void aConstantHasNoStandardDeviationAndComesLast() {
        Frame real = REAL.with("same", numbers(List.of(70), 4));
        Frame synthetic = SYNTHETIC.with("same", numbers(List.of(40, 10), 4, 5));

        List<Summary> all = of(Sample.of(real), Sample.of(synthetic), "same", "pay");

        assertThat(one(all, "same", Kind.MEAN, "").difference().value().orElseThrow())
                .isCloseTo(.2, EXACT);
        assertThat(one(all, "same", Kind.MEAN, "").off()).isNaN();
        assertThat(one(all, "same", Kind.SHARE, "4.0").off()).isCloseTo(-.2 / Math.sqrt(.2 * .8 / 2), EXACT);
        assertThat(all.subList(all.size() - 6, all.size()))
                .allMatch(s -> s.column().equals("same") && Double.isNaN(s.off()));
    }

    @Test
    void hugeNumbersAndOtherScalesChangeNothingOnTheScaleOfTheColumn() {
        Function<Frame, Frame> huge = frame -> {
            double[] pay = frame.numbers("pay");
            for (int row = 0; row < pay.length; row++) {
                pay[row] *= 0x1p1018;
            }
            return frame.with("pay", Column.Doubles.of(pay));
        };
        List<Summary> plain = weighted();
        List<Summary> large =
                of(Sample.of(huge.apply(REAL)).weightedBy("w"), Sample.of(huge.apply(SYNTHETIC)), "town", "pay");

        for (int i = 0; i < plain.size(); i++) {
            assertThat(large.get(i).kind()).isEqualTo(plain.get(i).kind());
            assertThat(large.get(i).off())
                    .as(plain.get(i).toString())
                    .isCloseTo(plain.get(i).off(), within(1e-9));
        }
    }

    @Test
    void theOrderOfRowsDoesNotCount() {
        int[] turned = IntStream.range(0, 70).map(i -> 69 - i).toArray();
        List<Summary> plain = weighted();
        List<Summary> other = of(Sample.of(REAL.at(turned)).weightedBy("w"), Sample.of(SYNTHETIC), "town", "pay");

        for (Summary each : plain) {
            Summary twin = one(other, each.column(), each.kind(), each.of());
            assertThat(twin.real()).isCloseTo(each.real(), EXACT);
            assertThat(twin.off()).isCloseTo(each.off(), EXACT);
        }
    }
}
