package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Frames;
import dev.assay.frame.JoinKind;
import dev.assay.frame.Splits;
import dev.assay.frame.Validity;
import dev.assay.study.InMemoryContext;
import dev.assay.study.StageContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages that do not hold their tables make what the same work on frames makes.
class PassedTablesTest {
    private static final int ROWS = 20_000;
    private static final Seed SEED = Seed.of(11);

    @TempDir
    Path folder;

    private final Frame frame = frame(SEED);

    private static Frame frame(Seed seed) {
        RandomGenerator random = seed.generator();
        double[] pay = new double[ROWS];
        long[] group = new long[ROWS];
        BitSet absent = new BitSet();
        String[] town = new String[ROWS];
        long[] day = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            pay[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(5) == 0 ? -0.0 : random.nextGaussian() * 1e3;
            group[i] = random.nextInt(3_000);
            if (random.nextInt(50) == 0) {
                absent.set(i);
                group[i] = 0;
            }
            town[i] = random.nextInt(9) == 0 ? null : "town " + random.nextInt(30);
            day[i] = random.nextInt(40) * 86_400_000_000L;
        }
        return Frame.empty()
                .with(
                        "id",
                        Column.Longs.of(
                                IntStream.range(0, ROWS).mapToLong(i -> i * 7L).toArray()))
                .with("pay", Column.Doubles.of(pay))
                .with("group", Column.Longs.of(group, Validity.absent(ROWS, absent)))
                .with("town", Column.Categories.of(town))
                .with("weight", Column.Doubles.of(random.doubles(ROWS).toArray()))
                .with("day", Column.Longs.of(day));
    }

    private <T> T run(Function<StageContext, T> stage) {
        try (InMemoryContext context = InMemoryContext.of(SEED, 2, folder)) {
            return stage.apply(context);
        }
    }

    private SplitStage.Parts split(SplitStage.By by, String column) {
        Optional<String> named = by == SplitStage.By.ROWS ? Optional.empty() : Optional.of(column);
        return run(context -> new SplitStage().run(new SplitStage.Settings(Stored.of(frame), by, named, 0.7), context));
    }

    private void same(SplitStage.Parts made, List<int[]> parts) {
        assertThat(made.training().frame()).isEqualTo(frame.at(parts.get(0)));
        assertThat(made.holdout().frame()).isEqualTo(frame.at(parts.get(1)));
    }

    @Test
    void splits() {
        double[] shares = {0.7, 1 - 0.7};
        same(split(SplitStage.By.ROWS, "id"), Splits.byRow(ROWS, shares, SEED));
        for (String column : List.of("group", "pay", "town")) {
            same(split(SplitStage.By.GROUPS, column), Splits.byGroup(frame, List.of(column), shares, SEED));
        }
        for (String column : List.of("day", "weight", "id")) {
            same(split(SplitStage.By.TIME, column), Splits.byTime(frame, column, shares));
        }
    }

    @Test
    void totalsToTheLastBitWhateverTheChunks() throws Exception {
        List<String> filters = List.of("TRUE", "pay > 0", "town = 'town 3' OR day > 1000000000000");
        Path definitions = Files.writeString(
                folder.resolve("d.csv"),
                "name,table,variable,filter\na,t,,\nb,t,pay,pay > 0\nc,t,id,town = 'town 3' OR day > 1000000000000\n");
        Frame made = Frames.read(run(context -> new TotalsStage()
                        .run(new TotalsStage.Settings(Stored.of(frame), definitions, Optional.of("weight")), context))
                .targets());
        List<BitSet> rows = Frames.conditions(frame, filters);
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            double lost = 0;
            for (int row : rows.get(i).stream().toArray()) {
                double value = i == 0 ? 1 : frame.column(i == 1 ? "pay" : "id").number(row);
                double y = frame.column("weight").number(row) * value - lost;
                double t = sum + y;
                lost = t - sum - y;
                sum = t;
            }
            assertThat(made.column("value").number(i)).isEqualTo(sum);
        }
    }

    @Test
    void validates() {
        Frame parents = Frame.empty()
                .with(
                        "group",
                        Column.Longs.of(
                                IntStream.range(0, 2_900).mapToLong(i -> i).toArray()));
        Map<String, String> rules = Map.of("pay in range", "pay < 2000");
        ValidateStage.Validated made = run(context -> new ValidateStage()
                .run(
                        new ValidateStage.Settings(
                                Stored.of(frame),
                                Optional.of(new Source("a.csv", 2, List.of(new Source.TallRow(3, 2)), ROWS)),
                                Optional.of(Stored.of(parents)),
                                List.of("id"),
                                Optional.of("group"),
                                List.of("town"),
                                List.of("weight"),
                                rules,
                                1),
                        context));
        String[] reasons = new String[ROWS];
        Column group = frame.column("group");
        for (int i = 0; i < ROWS; i++) {
            reasons[i] = frame.column("town").isMissing(i)
                    ? "missing town"
                    : frame.column("pay").number(i) >= 2_000
                            ? "pay in range"
                            : group.isMissing(i) || group.number(i) >= 2_900 ? "no parent group" : null;
        }
        assertThat(made.accepted().frame()).isEqualTo(frame.filter(i -> reasons[i] == null));
        Frame aside = frame.filter(i -> reasons[i] != null);
        Frame quarantined = made.quarantined().frame();
        assertThat(quarantined.select(frame.schema().names())).isEqualTo(aside);
        assertThat(quarantined.column("reason"))
                .isEqualTo(Column.Categories.of(
                        Arrays.stream(reasons).filter(r -> r != null).toArray(String[]::new)));
        assertThat(quarantined.column("line").number(0))
                .isEqualTo(new Source("a.csv", 2, List.of(new Source.TallRow(3, 2)), ROWS)
                        .line(IntStream.range(0, ROWS)
                                .filter(i -> reasons[i] != null)
                                .findFirst()
                                .orElseThrow()));
    }

    @Test
    void keysAreComparedAsTextsWhereTheirTypesDiffer() {
        FrameFile children = Stored.of(Frame.empty().with("k", Column.Texts.of("1", "2", "3.0", null, "x")));
        FrameFile longs = Stored.of(Frame.empty().with("k", Column.Longs.of(1, 3)));
        FrameFile doubles = Stored.of(Frame.empty().with("k", Column.Doubles.of(1, 3)));
        Path spill = folder.resolve("spill");
        assertThat(children.orphans("k", longs, spill).stream()).containsExactly(1, 2, 3, 4);
        assertThat(children.orphans("k", doubles, spill).stream()).containsExactly(0, 1, 3, 4);
    }

    @Test
    void aDoubledKeyIsToldWithItsFirstTwoRows() {
        FrameFile table =
                Stored.of(Frame.empty().with("k", Column.Doubles.of(0.0, 5, -0.0, 7, 5, Double.NaN, 7, Double.NaN)));
        Path spill = folder.resolve("spill");
        assertThat(table.doubled(List.of("k"), true, spill)).hasValue(new FrameFile.Doubled(3, 1, 4));
        assertThat(table.doubled(List.of("k"), false, spill)).hasValue(new FrameFile.Doubled(2, 1, 4));
    }

    @Test
    void filters() {
        try (InMemoryContext context = InMemoryContext.of(SEED, 2, folder)) {
            FilterStage.Filtered made =
                    new FilterStage().run(new FilterStage.Settings(Stored.of(frame), "pay > 10"), context);
            Column pay = frame.column("pay");
            assertThat(made.kept().frame()).isEqualTo(frame.filter(i -> pay.number(i) > 10));
            assertThat(context.counts())
                    .containsEntry("records_in", (long) ROWS)
                    .containsEntry("records_out", made.kept().rows())
                    .containsEntry("filter.missing", (long) pay.missing())
                    .containsEntry(
                            "filter.false", ROWS - pay.missing() - made.kept().rows());
        }
        assertThatThrownBy(() -> run(context ->
                        new FilterStage().run(new FilterStage.Settings(Stored.of(frame), "pay > 1e9"), context)))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("no row of 20000 meets the condition");
    }

    private JoinStage.Joined join(Frame right, JoinStage.Kind kind, boolean several) {
        return run(context -> new JoinStage()
                .run(
                        new JoinStage.Settings(
                                Stored.of(frame), Stored.of(right), List.of("group", "town"), kind, several, "_r"),
                        context));
    }

    @Test
    void joins() {
        Frame right = frame(Seed.of(12)).filter(i -> i < 1_500).without(List.of("day"));
        Frame single = right.filter(i -> IntStream.range(0, i)
                .noneMatch(j ->
                        right.column("group").number(i) == right.column("group").number(j)));
        assertThat(join(single, JoinStage.Kind.LEFT, false).table().frame())
                .isEqualTo(frame.join(single, List.of("group", "town"), JoinKind.LEFT, "_r"));
        assertThat(join(right, JoinStage.Kind.INNER, true).table().frame())
                .isEqualTo(frame.join(right, List.of("group", "town"), JoinKind.INNER, "_r"));
    }

    @Test
    void joinsRefuseDoubledKeysAndKeysOfOtherTypes() {
        Frame doubled = Frame.empty()
                .with("group", Column.Longs.of(1, 2, 1))
                .with("town", Column.Categories.of("town 1", "x", "town 1"));
        assertThatThrownBy(() -> join(doubled, JoinStage.Kind.LEFT, false))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(
                        "the key (group, town) is not unique in the right table: row 3 repeats row 1, and 1 row does");
        Frame other = Frame.empty().with("group", Column.Doubles.of(1, 2)).with("town", Column.Texts.of("a", "b"));
        assertThatThrownBy(() -> join(other, JoinStage.Kind.LEFT, false))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "the key 'group' is integer in the left table and number in the right one; read both alike, with"
                                + " 'types' or 'keys'");
    }
}
