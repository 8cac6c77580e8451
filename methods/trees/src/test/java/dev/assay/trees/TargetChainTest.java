package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Validity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TargetChainTest {
    private static final ChainSettings FEW =
            ChainSettings.DEFAULT.withBase(ForestSettings.DEFAULT.withTrees(10).withMinLeaf(5));
    private static final int ROWS = 2_000;

    /// Columns of every type; `b` depends on `x`, `c` on `b` alone, `amount` on `x`, and `hours` is missing
    /// where `x` is negative in most rows.
    private static Frame table(long seed) {
        RandomGenerator random = Seed.of(seed).generator();
        double[] x = new double[ROWS];
        boolean[] b = new boolean[ROWS];
        String[] c = new String[ROWS];
        String[] text = new String[ROWS];
        double[] amount = new double[ROWS];
        long[] hours = new long[ROWS];
        long[] dollars = new long[ROWS];
        BitSet absent = new BitSet(ROWS);
        for (int i = 0; i < ROWS; i++) {
            x[i] = random.nextGaussian();
            b[i] = x[i] + 0.1 * random.nextGaussian() > 0;
            c[i] = b[i] ? "yes" : random.nextInt(10) == 0 ? "yes" : "no";
            text[i] = "t" + random.nextInt(3);
            amount[i] = random.nextInt(2) == 0 ? 0 : x[i] > 0 ? 100 + random.nextDouble() : -50 - random.nextDouble();
            hours[i] = 20L + random.nextInt(40);
            dollars[i] = 10_000L + random.nextInt(100_000);
            if (x[i] < 0 && random.nextInt(5) > 0) {
                absent.set(i);
            }
        }
        return Frame.empty()
                .with("x", Column.Doubles.of(x))
                .with("b", Column.Booleans.of(b))
                .with("c", Column.Categories.of(c))
                .with("text", Column.Texts.of(text))
                .with("amount", Column.Doubles.of(amount))
                .with("hours", Column.Longs.of(hours, Validity.absent(ROWS, absent)))
                .with("dollars", Column.Longs.of(dollars));
    }

    private static final List<String> TARGETS = List.of("b", "c", "text", "amount", "hours", "dollars");

    private static TargetChain fit(ChainSettings settings, Frame table, List<String> on, List<String> targets) {
        try (Engine engine = LocalEngine.of(2)) {
            return TargetChain.fit(
                    settings, table, on, targets, Adult.ones(table.rows()), Seed.of(1), engine, Progress.none());
        }
    }

    @Test
    void everyColumnComesBackWithItsTypeLevelsAndMissingCells() {
        Frame table = table(1);
        TargetChain chain = fit(FEW, table, List.of("x"), TARGETS);
        try (Engine engine = LocalEngine.of(2)) {
            Frame made = chain.generate(table.select(List.of("x")), Seed.of(2), engine)
                    .frame();
            assertThat(made.schema().names()).containsExactly("x", "b", "c", "text", "amount", "hours", "dollars");
            assertThat(made.schema()).isEqualTo(table.schema());
            assertThat(made.column("c"))
                    .isInstanceOfSatisfying(
                            Column.Categories.class, c -> assertThat(c.levels()).containsExactly("no", "yes"));
            double missing = (double) made.column("hours").missing() / ROWS;
            assertThat(missing).isCloseTo((double) table.column("hours").missing() / ROWS, within(0.04));
            int wrong = 0;
            for (int i = 0; i < ROWS; i++) {
                wrong += made.column("hours").isMissing(i) && made.column("x").number(i) > 0.05 ? 1 : 0;
                double a = made.column("amount").number(i);
                assertThat(a == 0 || a >= 100 || a <= -50).isTrue();
            }
            assertThat(wrong).isLessThan(30);
        }
    }

    @Test
    void targetsAreConditionedOnTheGeneratedOnesBeforeThem() {
        Frame table = table(1);
        try (Engine engine = LocalEngine.of(2)) {
            Frame chained = fit(FEW, table, List.of(), List.of("b", "c"))
                    .generate(Frame.empty().with("k", Column.Longs.of(new long[ROWS])), Seed.of(2), engine)
                    .frame();
            Frame alone = fit(FEW.withChained(false), table, List.of(), List.of("b", "c"))
                    .generate(Frame.empty().with("k", Column.Longs.of(new long[ROWS])), Seed.of(2), engine)
                    .frame();
            // In training nobody has b and "no".
            assertThat(both(chained)).isZero();
            assertThat(both(alone)).isGreaterThan(200);
        }
    }

    private static long both(Frame frame) {
        long n = 0;
        for (int i = 0; i < frame.rows(); i++) {
            n += frame.column("b").number(i) == 1
                            && "no".equals(frame.column("c").text(i))
                    ? 1
                    : 0;
        }
        return n;
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        Frame table = table(1);
        Frame[] made = new Frame[3];
        int[] threads = {1, 2, 4};
        for (int k = 0; k < 3; k++) {
            try (Engine engine = LocalEngine.of(threads[k])) {
                TargetChain chain = TargetChain.fit(
                        FEW, table, List.of("x"), TARGETS, Adult.ones(ROWS), Seed.of(1), engine, Progress.none());
                made[k] = chain.generate(table.select(List.of("x")), Seed.of(2), engine)
                        .frame();
            }
        }
        assertThat(made[1]).isEqualTo(made[0]);
        assertThat(made[2]).isEqualTo(made[0]);
    }

    @Test
    void aColumnsDrawsDoNotDependOnColumnsAfterIt() {
        Frame table = table(1);
        try (Engine engine = LocalEngine.of(2)) {
            Frame rows = table.select(List.of("x"));
            Frame two = fit(FEW, table, List.of("x"), List.of("b", "c"))
                    .generate(rows, Seed.of(2), engine)
                    .frame();
            Frame three = fit(FEW, table, List.of("x"), List.of("b", "c", "amount"))
                    .generate(rows, Seed.of(2), engine)
                    .frame();
            assertThat(three.column("c")).isEqualTo(two.column("c"));
        }
    }

    @Test
    void wholeNumbersStayWholeAndSnappedCellsAreCounted() {
        Frame table = table(1);
        try (Engine engine = LocalEngine.of(2)) {
            Frame rows = table.select(List.of("x"));
            Synthesis counts = fit(FEW, table, List.of("x"), List.of("dollars")).generate(rows, Seed.of(2), engine);
            assertThat(counts.snapped().get("dollars")).isEqualTo(Synthesis.Snap.NONE);
            Synthesis amounts = fit(
                            FEW.withKinds(Map.of("dollars", ColumnKind.CONTINUOUS)),
                            table,
                            List.of("x"),
                            List.of("dollars"))
                    .generate(rows, Seed.of(2), engine);
            Synthesis.Snap snap = Objects.requireNonNull(amounts.snapped().get("dollars"));
            assertThat(snap.cells()).isGreaterThan(ROWS / 2);
            assertThat(snap.largestMove()).isBetween(0.4, 0.5);
        }
    }

    /// Cents, prices that end in .99, multiples of 250, minutes: drawn numbers lie on the steps of the
    /// training values.
    @Test
    void decimalsStepsAndResolutionAreThoseOfTheTrainingValues() {
        double[] cents = new double[ROWS];
        double[] prices = new double[ROWS];
        long[] steps = new long[ROWS];
        long[] minutes = new long[ROWS];
        double[] measured = new double[ROWS];
        var random = Seed.of(3).generator();
        for (int i = 0; i < ROWS; i++) {
            cents[i] = Math.round(1e6 * random.nextDouble()) / 100.0;
            prices[i] = random.nextInt(100_000) + 0.99;
            steps[i] = 250L * random.nextInt(100_000);
            minutes[i] = 60_000_000L * random.nextInt(10_000_000);
            measured[i] = random.nextGaussian();
        }
        Frame table = table(1).with("cents", Column.Doubles.of(cents))
                .with("prices", Column.Doubles.of(prices))
                .with("steps", Column.Longs.of(steps))
                .with("minutes", Column.DateTimes.of(minutes, Validity.all(ROWS)))
                .with("measured", Column.Doubles.of(measured));
        List<String> targets = List.of("cents", "prices", "steps", "minutes", "measured");
        ChainSettings settings = FEW.withKinds(Map.of("steps", ColumnKind.CONTINUOUS));
        try (Engine engine = LocalEngine.of(2)) {
            Frame made = fit(settings, table, List.of("x"), targets)
                    .generate(table.select(List.of("x")), Seed.of(2), engine)
                    .frame();
            assertThat(Arrays.stream(made.numbers("cents"))).allMatch(v -> Math.rint(v * 100) / 100 == v);
            assertThat(Arrays.stream(made.numbers("prices"))).allMatch(v -> Math.rint(v - 0.99) + 0.99 == v);
            assertThat(Arrays.stream(made.numbers("steps"))).allMatch(v -> v % 250 == 0);
            assertThat(made.column("minutes")).isInstanceOf(Column.DateTimes.class);
            for (String column : targets) {
                long fresh = 0;
                for (int i = 0; i < ROWS; i++) {
                    double v = made.column(column).number(i);
                    fresh += Arrays.stream(numbers(table.column(column))).noneMatch(r -> r == v) ? 1 : 0;
                    assertThat(v % 60_000_000 == 0 || !column.equals("minutes")).isTrue();
                }
                // They are drawn between training values, not resampled.
                assertThat(fresh).as(column).isGreaterThan(ROWS / 4);
            }
        }
    }

    private static double[] numbers(Column column) {
        double[] numbers = new double[column.length()];
        Arrays.setAll(numbers, column::number);
        return numbers;
    }

    @Test
    void declaredCodesAreUnorderedClassesAndComeBackAsTheirCodes() {
        int n = 3_000;
        long[] region = new long[n];
        double[] x = new double[n];
        RandomGenerator random = Seed.of(3).generator();
        long[] codes = {7, 30, 2, 99};
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(4);
            region[i] = codes[(int) x[i]];
        }
        Frame table = Frame.empty().with("x", Column.Doubles.of(x)).with("region", Column.Longs.of(region));
        TargetChain chain =
                fit(FEW.withKinds(Map.of("region", ColumnKind.CATEGORICAL)), table, List.of("x"), List.of("region"));
        try (Engine engine = LocalEngine.of(2)) {
            Frame made = chain.generate(table.select(List.of("x")), Seed.of(2), engine)
                    .frame();
            assertThat(made).isEqualTo(table);
        }
    }

    @Test
    void lineageSaysWhatEachModelWasMadeFrom() {
        Frame table = table(1);
        TargetChain chain =
                fit(FEW.withOrder(TargetOrder.DESCENDING_NONZERO), table, List.of("x"), List.of("amount", "c"));
        TargetLineage amount = chain.lineage().get(1);
        assertThat(chain.lineage().get(0).column()).isEqualTo("c");
        assertThat(amount.column()).isEqualTo("amount");
        assertThat(amount.kind()).isEqualTo(ColumnKind.AMOUNT);
        assertThat(amount.declared()).isFalse();
        assertThat(amount.predictors()).containsExactly("x", "c");
        assertThat(amount.amount().orElseThrow().regime()).isEqualTo(Regime.THREE_SIGN);
    }

    @Test
    void aColumnThatIsAllMissingStaysSo() {
        double[] none = new double[100];
        Arrays.fill(none, Double.NaN);
        Frame table =
                Frame.empty().with("x", Column.Doubles.of(new double[100])).with("y", Column.Doubles.of(none));
        TargetChain chain = fit(FEW, table, List.of("x"), List.of("y"));
        try (Engine engine = LocalEngine.of(2)) {
            assertThat(chain.generate(table, Seed.of(1), engine)
                            .frame()
                            .column("y")
                            .missing())
                    .isEqualTo(100);
        }
    }

    @Test
    void mistakesAreFaults() {
        Frame table = table(1);
        assertThatThrownBy(() -> fit(FEW, table, List.of("x"), List.of("bb"))).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> fit(FEW, table, List.of("x"), List.of("x")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("named twice");
        assertThatThrownBy(() -> fit(FEW.withKinds(Map.of("x", ColumnKind.COUNT)), table, List.of("b"), List.of("x")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("fractions");
        assertThatThrownBy(() -> fit(FEW.withKinds(Map.of("c", ColumnKind.AMOUNT)), table, List.of("b"), List.of("c")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("cannot be AMOUNT");
    }
}
