package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final Frame PEOPLE = Frame.empty()
            .with("id", Column.Longs.of(3, 1, 2, 1))
            .with(new Field("income", ColumnType.DOUBLE, "USD"), Column.Doubles.of(5, Double.NaN, -0.0, 7))
            .with("sex", Column.Categories.of(new int[] {1, 0, -1, 1}, List.of("M", "F")))
            .with("name", Column.Texts.of("b", "\uFFFD", "\uD83D\uDE00", null));

    @Test
    void sortingIsStableWithMissingCellsLastEitherWay() {
        assertThat(ids(PEOPLE.sort(List.of(SortKey.ascending("id"))))).containsExactly(1, 3, 2, 0);
        assertThat(ids(PEOPLE.sort(List.of(SortKey.descending("id"))))).containsExactly(0, 2, 1, 3);
        assertThat(ids(PEOPLE.sort(List.of(SortKey.ascending("income"))))).containsExactly(2, 0, 3, 1);
        assertThat(ids(PEOPLE.sort(List.of(SortKey.descending("income"))))).containsExactly(3, 0, 2, 1);
        assertThat(ids(PEOPLE.sort(List.of(SortKey.ascending("sex"), SortKey.descending("id")))))
                .containsExactly(1, 0, 3, 2);
    }

    @Test
    void textsSortByCodePointAsInSql() {
        assertThat(ids(PEOPLE.sort(List.of(SortKey.ascending("name"))))).containsExactly(0, 1, 2, 3);
        Frame numbered = PEOPLE.with("row", Column.Longs.of(0, 1, 2, 3));
        assertThat(Frames.sql("SELECT row FROM p ORDER BY name NULLS LAST", Map.of("p", numbered))
                        .column("row"))
                .isEqualTo(Column.Longs.of(0, 1, 2, 3));
        assertThat(Column.Categories.of("\uD83D\uDE00", "\uFFFD", "a").levels())
                .containsExactly("a", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void joinsKeepTheLeftOrderAndRepeatForEachPartner() {
        Frame homes = Frame.empty()
                .with("id", Column.Doubles.of(1, 2, 9, 1))
                .with(new Field("rent", ColumnType.LONG, "USD/month"), Column.Longs.of(10, 20, 90, 11));
        Frame inner = PEOPLE.join(homes, List.of("id"), JoinKind.INNER);
        assertThat(inner.column("id")).isEqualTo(Column.Longs.of(1, 1, 2, 1, 1));
        assertThat(inner.column("rent")).isEqualTo(Column.Longs.of(10, 11, 20, 10, 11));
        Frame left = PEOPLE.join(homes, List.of("id"), JoinKind.LEFT);
        BitSet absent = new BitSet();
        absent.set(0);
        assertThat(left.column("rent"))
                .isEqualTo(Column.Longs.of(new long[] {0, 10, 11, 20, 10, 11}, Validity.absent(6, absent)));
        assertThat(left.schema().fields().getLast().unit()).isEqualTo("USD/month");
    }

    @Test
    void missingKeysHaveNoPartner() {
        Frame right = Frame.empty().with("sex", Column.Texts.of("F", null, "M")).with("n", Column.Longs.of(1, 2, 3));
        assertThat(PEOPLE.join(right, List.of("sex"), JoinKind.INNER).column("n"))
                .isEqualTo(Column.Longs.of(1, 3, 1));
        assertThat(PEOPLE.join(right, List.of("sex"), JoinKind.LEFT).column("n").missing())
                .isEqualTo(1);
    }

    @Test
    void aNameOnBothSidesNeedsASuffix() {
        Fault fault = catchThrowableOfType(Fault.class, () -> PEOPLE.join(PEOPLE, List.of("id"), JoinKind.INNER));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).contains("'income'");
        assertThat(PEOPLE.join(PEOPLE, List.of("id"), JoinKind.INNER, "_right")
                        .schema()
                        .names())
                .containsExactly("id", "income", "sex", "name", "income_right", "sex_right", "name_right");
    }

    @Test
    void keysOfDifferentSortsAreRefused() {
        Frame right = Frame.empty().with("id", Column.Texts.of("1"));
        assertThat(catchThrowableOfType(Fault.class, () -> PEOPLE.join(right, List.of("id"), JoinKind.INNER))
                        .getMessage())
                .contains("'id'")
                .contains("LONG")
                .contains("TEXT");
    }

    @Test
    void longsThatOneDoubleCannotTellApartAreDifferentKeys() {
        long big = 1L << 53;
        Frame left = Frame.empty().with("k", Column.Longs.of(big, big + 1));
        Frame right = Frame.empty().with("k", Column.Longs.of(big + 1)).with("n", Column.Longs.of(1));
        assertThat(left.join(right, List.of("k"), JoinKind.INNER).column("k")).isEqualTo(Column.Longs.of(big + 1));
    }

    @Test
    void joinsAgreeWithSql() {
        Property.holds(10, seed -> {
            Frame left = keyed(seed.child("left"), 60, "x");
            Frame right = keyed(seed.child("right"), 50, "y");
            for (JoinKind kind : JoinKind.values()) {
                Frame ours = left.join(right, List.of("a", "b"), kind);
                Frame theirs = Frames.sql(
                        "SELECT l.a AS a, l.b AS b, l.x AS x, r.y AS y FROM l " + kind
                                + " JOIN r ON l.a = r.a AND l.b = r.b ORDER BY l.x, r.y",
                        Map.of("l", left, "r", right));
                assertThat(ours.columns()).isEqualTo(theirs.columns());
            }
        });
    }

    @Test
    void groupsComeInOrderOfFirstAppearance() {
        Frame groups = PEOPLE.groupBy(
                List.of("sex"),
                List.of(
                        new Aggregate.Rows("rows"),
                        new Aggregate.Count("income", "incomes"),
                        new Aggregate.Sum("id", "ids"),
                        new Aggregate.Sum("income", "total"),
                        new Aggregate.Mean("income", "mean"),
                        new Aggregate.Least("income", "least"),
                        new Aggregate.Greatest("name", "last name"),
                        new Aggregate.First("name", "first name")));
        assertThat(groups.column("sex")).isEqualTo(Column.Categories.of(new int[] {1, 0, -1}, List.of("M", "F")));
        assertThat(groups.column("rows")).isEqualTo(Column.Longs.of(2, 1, 1));
        assertThat(groups.column("incomes")).isEqualTo(Column.Longs.of(2, 0, 1));
        assertThat(groups.column("ids")).isEqualTo(Column.Longs.of(4, 1, 2));
        assertThat(groups.column("total")).isEqualTo(Column.Doubles.of(12, 0, 0));
        assertThat(groups.column("mean")).isEqualTo(Column.Doubles.of(6, Double.NaN, 0));
        assertThat(groups.column("least")).isEqualTo(Column.Doubles.of(5, Double.NaN, -0.0));
        assertThat(groups.column("last name")).isEqualTo(Column.Texts.of("b", "\uFFFD", "\uD83D\uDE00"));
        assertThat(groups.column("first name")).isEqualTo(Column.Texts.of("b", "\uFFFD", "\uD83D\uDE00"));
        assertThat(groups.schema().fields().get(groups.schema().indexOf("mean")).unit())
                .isEqualTo("USD");
    }

    @Test
    void groupsAgreeWithSql() {
        Property.holds(10, seed -> {
            Frame frame = keyed(seed, 300, "x");
            Frame ours = frame.groupBy(
                            List.of("a", "b"),
                            List.of(
                                    new Aggregate.Sum("x", "sum"),
                                    new Aggregate.Mean("x", "mean"),
                                    new Aggregate.Rows("n")))
                    .sort(List.of(SortKey.ascending("a"), SortKey.ascending("b")));
            Frame theirs = Frames.sql(
                    "SELECT a, b, sum(x) AS sum, avg(x) AS mean, count(*) AS n FROM t GROUP BY a, b "
                            + "ORDER BY a NULLS LAST, b NULLS LAST",
                    Map.of("t", frame));
            assertThat(ours.columns()).isEqualTo(theirs.columns());
        });
    }

    @Test
    void allRowsAreOneGroupWithoutKeys() {
        Frame one = PEOPLE.groupBy(List.of(), List.of(new Aggregate.Rows("n")));
        assertThat(one).isEqualTo(Frame.empty().with("n", Column.Longs.of(4)));
        Frame none = PEOPLE.filter(i -> false).groupBy(List.of("id"), List.of(new Aggregate.Rows("n")));
        assertThat(none.rows()).isZero();
    }

    @Test
    void smallNumbersBesideALargeOneDoNotVanish() {
        double[] values = new double[10_002];
        java.util.Arrays.fill(values, 1e-3);
        values[0] = 1e16;
        values[10_001] = -1e16;
        Frame sum = Frame.empty()
                .with("x", Column.Doubles.of(values))
                .groupBy(List.of(), List.of(new Aggregate.Sum("x", "sum")));
        // Added plainly the small numbers are lost and the sum is 0.
        assertThat(sum.column("sum").number(0)).isEqualTo(10, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aSumThatDoesNotFitIsSaid() {
        Frame frame = Frame.empty().with("x", Column.Longs.of(Long.MAX_VALUE, 1));
        Fault fault =
                catchThrowableOfType(Fault.class, () -> frame.groupBy(List.of(), List.of(new Aggregate.Sum("x", "s"))));
        assertThat(fault.getMessage()).contains("'x'");
    }

    private static Frame keyed(Seed seed, int rows, String value) {
        var random = seed.generator();
        long[] a = new long[rows];
        int[] b = new int[rows];
        int[] x = Draws.permutation(rows, random);
        BitSet absent = new BitSet();
        for (int i = 0; i < rows; i++) {
            a[i] = random.nextInt(6);
            b[i] = random.nextInt(4) - 1;
            if (random.nextInt(10) == 0) {
                absent.set(i);
                a[i] = 0;
            }
        }
        // Whole numbers, whose sums are the same in any order of addition.
        Frame frame = Frame.empty()
                .with("a", Column.Longs.of(a, Validity.absent(rows, absent)))
                .with("b", Column.Categories.of(b, List.of("q", "p", "r")))
                .with(
                        value,
                        Column.Longs.of(
                                java.util.Arrays.stream(x).asLongStream().toArray()));
        return frame.sort(List.of(SortKey.ascending(value)));
    }

    private static int[] ids(Frame sorted) {
        int[] rows = new int[sorted.rows()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < PEOPLE.rows(); j++) {
                if (sorted.at(new int[] {i}).equals(PEOPLE.at(new int[] {j}))) {
                    rows[i] = j;
                }
            }
        }
        return rows;
    }
}
