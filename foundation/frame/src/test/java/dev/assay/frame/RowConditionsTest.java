package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions judged in one pass against the same conditions judged one by one.
class RowConditionsTest {
    private static final Frame PEOPLE = Frame.empty()
            .with("age", Column.Longs.of(50, 20, 31, 31))
            .with("income", Column.Doubles.of(9, Double.NaN, 7, 7))
            .with("sex", Column.Categories.of("M", "F", null, "F"))
            .with("note", Column.Texts.of("a", "s3cret", "12", null));

    private static List<BitSet> inOnePass(Frame frame, List<String> conditions) {
        List<BitSet> all = new ArrayList<>();
        conditions.forEach(c -> all.add(new BitSet()));
        // In two stretches, the later one first.
        int half = frame.rows() / 2;
        RowConditions compiled = Frames.compile(frame, conditions, i -> "condition " + i);
        RowConditions.Sink sink = (row, ids, count) -> {
            for (int k = 0; k < count; k++) {
                assertThat(all.get(ids[k]).get(row)).as("told once").isFalse();
                all.get(ids[k]).set(row);
            }
        };
        compiled.matches(half, frame.rows(), sink);
        compiled.matches(0, half, sink);
        return all;
    }

    private static List<BitSet> undecided(Frame frame, List<String> conditions) {
        List<BitSet> all = new ArrayList<>();
        conditions.forEach(c -> all.add(new BitSet()));
        Frames.compile(frame, conditions, i -> "").undecided(0, frame.rows(), (row, ids, count) -> {
            for (int k = 0; k < count; k++) {
                all.get(ids[k]).set(row);
            }
        });
        return all;
    }

    @Test
    void aPartThatIsFalseDecidesThoughAnotherIsOpen() {
        assertThat(undecided(
                        PEOPLE,
                        List.of(
                                "sex = 'M'",
                                "sex = 'M' AND age > 31",
                                "sex = 'M' OR age > 30",
                                "income > 5 AND sex = 'F'",
                                "income IS NULL",
                                "TRY_CAST(note AS INTEGER) > 3")))
                .extracting(BitSet::toString)
                .containsExactly("{2}", "{}", "{}", "{1, 2}", "{}", "{0, 1, 3}");
    }

    @Test
    void agreeWithConditionsOneByOne() {
        Property.holds(6, seed -> {
            RandomGenerator random = seed.child("conditions").generator();
            Frame frame = RandomFrame.of(seed, 300);
            List<String> names = frame.schema().names();
            List<String> conditions = new ArrayList<>();
            for (int c = 0; c < 40; c++) {
                List<String> terms = new ArrayList<>();
                for (int t = 0; t <= random.nextInt(3); t++) {
                    terms.add(term(frame, names.get(random.nextInt(names.size())), names, random));
                }
                conditions.add(String.join(random.nextInt(8) == 0 ? " OR " : " AND ", terms));
            }
            conditions.add("true");
            conditions.add("1 = 2");
            conditions.add("NULL");
            conditions.add(conditions.getFirst());
            assertThat(inOnePass(frame, conditions)).isEqualTo(Frames.conditions(frame, conditions));
            assertThat(undecided(frame, conditions))
                    .isEqualTo(Frames.conditions(
                            frame,
                            conditions.stream().map(c -> "(" + c + ") IS NULL").toList()));
        });
    }

    private static String term(Frame frame, String name, List<String> names, RandomGenerator random) {
        String column = "\"" + name.replace("\"", "\"\"") + "\"";
        String[] comparisons = {"=", "<>", "<", "<=", ">", ">="};
        String op = comparisons[random.nextInt(comparisons.length)];
        if (random.nextInt(6) == 0) {
            return column + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
        }
        return switch (frame.column(name).type()) {
            case DOUBLE ->
                random.nextBoolean()
                        ? column + " " + op + " " + random.nextInt(-2, 3)
                        : column + " BETWEEN -1 AND 0.1 ";
            case LONG -> random.nextBoolean() ? "NOT " + column + " " + op + " 7" : column + " IN (0, 1, NULL, -1)";
            case BOOLEAN -> random.nextBoolean() ? column : "(NOT " + column + ")";
            case CATEGORY, TEXT ->
                switch (random.nextInt(3)) {
                    case 0 -> column + " LIKE '%i%'";
                    case 1 -> "length(" + column + ") " + op + " 5";
                    default -> column + " " + op + " 'plain'";
                };
            case DATE -> column + " " + op + " DATE '2000-01-01'";
            case DATE_TIME, INSTANT -> column + " " + op + " TIMESTAMP '2000-01-01'";
        };
    }

    @Test
    void termsOfSeveralColumnsAndTermsThatFailAreJudgedToo() {
        List<String> conditions = List.of(
                "age > income * 3",
                "(age > 30 AND (sex = 'F' AND income < 8))",
                "age > 25 OR sex = 'F'",
                "SEX = 'F'",
                "note = '12' AND TRY_CAST(note AS INT) > 3",
                "age = 31 AND age < income + 30");
        assertThat(inOnePass(PEOPLE, conditions)).isEqualTo(Frames.conditions(PEOPLE, conditions));
        assertThat(Frames.compile(PEOPLE, conditions, i -> "").rowByRow()).isZero();
    }

    @Test
    void aManifoldOfConditionsIsFound() {
        int n = 20_000;
        long[] region = new long[n];
        long[] age = new long[n];
        @Nullable String[] sex = new String[n];
        RandomGenerator random = Seed.of(4).generator();
        for (int i = 0; i < n; i++) {
            region[i] = random.nextInt(50);
            age[i] = random.nextInt(90);
            sex[i] = random.nextBoolean() ? "F" : "M";
        }
        Frame frame = Frame.empty()
                .with("region", Column.Longs.of(region))
                .with("age", Column.Longs.of(age))
                .with("sex", Column.Categories.of(sex));
        List<String> conditions = new ArrayList<>();
        for (int r = 0; r < 50; r++) {
            for (int a = 0; a < 90; a += 10) {
                for (String s : List.of("F", "M")) {
                    conditions.add(
                            "region = " + r + " AND age BETWEEN " + a + " AND " + (a + 9) + " and sex='" + s + "'");
                }
            }
        }
        RowConditions compiled = Frames.compile(frame, conditions, i -> "condition " + i);
        int[] told = {0};
        compiled.matches(0, n, (row, ids, count) -> {
            assertThat(count).isEqualTo(1);
            int expected = ((int) region[row] * 9 + (int) age[row] / 10) * 2 + ("F".equals(sex[row]) ? 0 : 1);
            assertThat(ids[0]).isEqualTo(expected);
            told[0]++;
        });
        assertThat(told[0]).isEqualTo(n);
        assertThat(compiled.rowByRow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incme > 3",
                "age >",
                "age > 1) OR (",
                "sum(age) > 3",
                "age > (SELECT avg(age) FROM rows)",
                "row_number() OVER () = 1",
                "CAST(note AS INT) > 3",
                "note = read_text('/etc/passwd')",
                "age > 1; DROP TABLE rows",
                "random() < 0.5",
                "income > random()",
                "now() > TIMESTAMP '2020-01-01'",
                "current_date > DATE '2020-01-01'",
                "today() = current_date",
                "getenv('HOME') = note",
                "current_setting('memory_limit') = note",
                "uuid() = note",
                "other.age > 3",
            })
    void aWrongConditionIsNamedByItsPlace(String wrong) {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Frames.compile(PEOPLE, List.of("age > 1", wrong, "age > 2"), i -> "line " + (i + 2)));
        assertThat(fault).as(wrong).isNotNull();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).startsWith("line 3: ").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"random() < 0.5", "now() > TIMESTAMP '2020-01-01'", "current_date > DATE '2020-01-01'"})
    void conditionsOneByOneRefuseChanceAndTheClockToo(String wrong) {
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.conditions(PEOPLE, List.of(wrong)));
        assertThat(fault).as(wrong).isNotNull();
        assertThat(fault.getMessage()).contains("same answer every time");
    }

    @Test
    void anEmptyFrameHasNoMatches() {
        Frame none = PEOPLE.at(new int[0]);
        RowConditions compiled = Frames.compile(none, List.of("age > 3", "true"), i -> "");
        compiled.matches(0, 0, (row, ids, count) -> {
            throw new AssertionError();
        });
    }
}
