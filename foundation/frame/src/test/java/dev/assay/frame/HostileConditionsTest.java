package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.internal.Conditions;
import dev.assay.frame.internal.RowPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions by somebody who means harm.
@Timeout(120)
class HostileConditionsTest {
    private static final Frame PEOPLE = Frame.empty()
            .with("age", Column.Longs.of(50, 20, 31))
            .with("x", Column.Doubles.of(9, Double.NaN, 7))
            .with("ts", Column.Instants.of(0, 1_000_000, 2_000_000))
            .with("name", Column.Texts.of("O'Hara \"s3cret\" 777", "b\n's3cret", null));

    private static @Nullable Fault refused(String condition) {
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.compile(PEOPLE, List.of(condition), i -> "here"));
        if (fault != null) {
            assertThat(fault.getMessage()).doesNotContain("s3cret").doesNotContain("777");
        }
        return fault;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age IN (PIVOT rows ON name USING sum(age))",
                "age IN (SELECT age FROM (PIVOT rows ON name USING sum(age)))",
                "random() < 0.5",
                "age(ts) > INTERVAL 1 DAY",
                "current_localtime > TIME '00:00:00'",
                "rowid = 1",
                "COLUMNS(*) > 1",
                "COLUMNS('age') > 1",
                "length(CAST(rows AS VARCHAR)) > 1",
                "rows.age > 1",
                "rows IS NOT NULL",
                "#1 > 1",
                "age = ?",
                "age = $1",
                "getvariable('a') = age",
                "name IN (SELECT content FROM read_text('/etc/passwd'))",
                "query('SELECT 1') = 1",
                "nextval('s') = 1",
                "setseed(0.5) IS NULL",
                "gen_random_uuid() IS NULL",
                "length(repeat(name, 1000000000)) > 0",
                "list_sum(range(1000000000)) > 0",
                "list_sum(generate_series(1, 1000000000)) > 0",
                "length(lpad(name, 1000000000, 'x')) > 0",
                "length(rpad(name, age, 'x')) > 0",
                "length(format('{:1000000000}', age)) > 0",
                "levenshtein(name, name) > 0",
                "length(hex(hex(name))) > 0",
                "list_filter([1, 2], v -> v > age) = [1]",
                "list_transform([1, 2], lambda v: v + age) = [1]",
                "[v FOR v IN [1, 2] IF v > age] = [1]",
                "unnest([1]) = 1",
                "sum(age) OVER () > 1",
                "count(*) > 1",
                "EXISTS (FROM rows)",
                "age = ANY (FROM rows SELECT age)",
                "main.abs(age) > 1",
                "system.main.abs(age) > 1",
                "abs(DISTINCT age) > 1",
                "CAST(age AS ENUM('a')) = 'a'",
                "CAST(name AS JSON) IS NULL",
                "name::STRUCT(a INT) IS NULL",
                "name = E'\\') OR (TRUE'",
                "age > 1 GROUP BY age",
                "age > 1) GROUP BY (age",
                "age > 1) ORDER BY random() --",
                "age > 1) UNION ALL (SELECT 1",
                "age > 1 /* */",
                "\"row number of the frame\" = 1",
                "name COLLATE \"de_DE\" = 'a'",
                "error('s') IS NULL",
                "sleep_ms(1000) IS NULL",
                "current_setting('threads') = '1'",
                "try(1 / 0) IS NULL",
                "*",
                "",
                " ",
                "\u0000",
                "'",
                "\"",
                "a\u202e",
                "age > CAST(name AS INT)",
                "CAST(name AS DATE) IS NULL",
                "strptime(name, '%Y') IS NULL",
                "age * 9223372036854775807 > 1",
            })
    void whatIsNoPlainExpressionIsRefused(String condition) {
        Fault fault = Objects.requireNonNull(refused(condition), condition);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age BETWEEN 20 AND 31 AND name LIKE 'a%' ESCAPE '!'",
                "(age, x) IN ((50, 9), (20, 1))",
                "AGE IN (1, 2) OR \"Age\" NOT IN (3) OR age IS DISTINCT FROM 3",
                "CASE WHEN age > 20 THEN 'old' ELSE 'young' END = 'old'",
                "coalesce(nullif(name, ''), 'x') = 'x'",
                "lower(trim(name)) SIMILAR TO '[a-z]+' OR regexp_matches(name, '^a')",
                "lpad(CAST(age AS VARCHAR), 5, '0') = '00050'",
                "ts >= TIMESTAMP '1970-01-01' AND ts < DATE '2000-01-01' + INTERVAL 1 MONTH",
                "extract(year FROM ts) = 1970 AND date_diff('day', ts, TIMESTAMP '1970-01-02') = 1",
                "age(ts, TIMESTAMP '1970-01-01') < INTERVAL '1 day'",
                "round(x, 1) = 9 AND age % 2 = 0 AND age // 2 > 3 AND -age < 0 AND abs(age) ^ 2 > 4",
                "TRY_CAST(name AS DECIMAL(5, 2)) IS NULL",
                "(age > 1) IS TRUE",
                "name COLLATE NOCASE = 'A'",
                "list_contains([1, 2, 3], age) OR age IN [1, 2]",
                "substring(name FROM 1 FOR 2) = 'ab' AND position('a' IN name) > 0",
                "true",
                "NULL",
            })
    void whatStatisticiansWriteIsAllowed(String condition) {
        assertThat(refused(condition)).as(condition).isNull();
    }

    @Test
    void aColumnMayHaveTheNameOfAFunctionOfTheSession() {
        Frame frame = Frame.empty()
                .with("current_date", Column.Longs.of(1, 2))
                .with("rowid", Column.Longs.of(7, 8))
                .with("row number of the frame", Column.Longs.of(5, 6));
        assertThat(Frames.conditions(
                        frame,
                        List.of("current_date = 2", "rowid = 7", "\"row number of the frame\" = 6", "rowid < 2")))
                .containsExactly(bits(1), bits(0), bits(1), bits());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000, 10_000, 100_000})
    void whatIsTooDeepIsOneFaultWithTheBeginningOfTheCondition(int n) {
        List<String> deep = List.of(
                "(".repeat(n) + "age" + ")".repeat(n) + " > 1",
                "age" + " + 1".repeat(n) + " > 1",
                "1 > " + "- ".repeat(n) + "age",
                "NOT ".repeat(n) + "true",
                "age" + "::BIGINT".repeat(n) + " > 1",
                "age > 1" + " IS NULL".repeat(n),
                "CASE WHEN true THEN ".repeat(n) + "true" + " END".repeat(n),
                "abs(".repeat(n) + "age" + ")".repeat(n) + " > 1",
                "[".repeat(n) + "age" + "]".repeat(n) + " IS NULL",
                "name" + "[1]".repeat(n) + " = 'a'",
                "name" + " || name".repeat(n) + " = 'a'",
                "age BETWEEN ".repeat(n) + "1 AND 2");
        for (String condition : deep) {
            Fault fault = Objects.requireNonNull(refused(condition), () -> condition.substring(0, 40));
            assertThat(fault.kind()).as(fault.getMessage()).isIn(Fault.Kind.BAD_SETTING, Fault.Kind.BAD_DATA);
            assertThat(fault.getMessage()).hasSizeLessThan(600);
            if (fault.kind() == Fault.Kind.BAD_SETTING) {
                assertThat(fault.getMessage())
                        .contains(condition.substring(0, 30))
                        .contains("--limit depth=");
            }
        }
    }

    @Test
    void manyAndsAndOrsInARowAreFlat() {
        String any = IntStream.range(0, 500).mapToObj(i -> "age = " + i).collect(Collectors.joining(" OR "));
        String all = IntStream.range(100, 500).mapToObj(i -> "age <> " + i).collect(Collectors.joining(" AND "));
        String cases = "CASE"
                + IntStream.range(0, 300)
                        .mapToObj(i -> " WHEN age = " + i + " THEN " + i)
                        .collect(Collectors.joining()) + " END = 31";
        assertThat(Frames.conditions(PEOPLE, List.of(any, all, cases)))
                .containsExactly(bits(0, 1, 2), bits(0, 1, 2), bits(2));
        assertThat(Frames.compile(PEOPLE, List.of(any, all, cases), i -> "").rowByRow())
                .isZero();
        assertThat(refused("age" + " + 1".repeat(150) + " > 1")).isNull();
    }

    @Test
    void memoryHasAnEnd() {
        String tenfold = "name";
        for (int i = 0; i < 12; i++) {
            tenfold = "replace(" + tenfold + ", 'a', 'aaaaaaaaaa')";
        }
        Frame frame = Frame.empty().with("name", Column.Texts.of("a", "aa", "b"));
        Limits limits = Limits.STANDARD.with(Limit.CONDITION_BYTES, 1 << 26);
        List<String> conditions = List.of("name = 'a'", "length(" + tenfold + ") > 3");
        Fault one = catchThrowableOfType(
                Fault.class, () -> Conditions.evaluate(frame, conditions, i -> "line " + i, limits, (rows, i) -> {}));
        assertThat(one.kind()).as(one.getMessage()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(one.getMessage())
                .startsWith("line 1: ")
                .contains("replace(replace(")
                .contains("--limit condition-bytes=");
        Fault many = catchThrowableOfType(Fault.class, () -> RowPlan.of(frame, conditions, i -> "line " + i, limits));
        assertThat(many.getMessage()).contains("--limit condition-bytes=");
    }

    @Test
    void longTextsAreNoReasonToRefuse() {
        String[] texts = new String[2_000];
        Arrays.setAll(texts, i -> ("word" + i + " ").repeat(10_000 / ("word" + i + " ").length()));
        Frame frame = Frame.empty().with("name", Column.Texts.of(texts));
        assertThat(Frames.conditions(
                        frame,
                        List.of(
                                "length(list_sort(string_split(reverse(lower(name)), ' '))) > 1400",
                                "length(regexp_extract_all(name, '[a-z]+')) > 1400",
                                "upper(trim(name)) || '!' LIKE '% WORD7 %' AND replace(name, ' ', '__') <> ''",
                                "regexp_replace(name, '\\s+', ' ') = name AND strip_accents(name) = name")))
                .satisfiesExactly(
                        rows -> assertThat(rows.cardinality()).isEqualTo(100),
                        rows -> assertThat(rows.cardinality()).isEqualTo(100),
                        rows -> assertThat(rows).isEqualTo(bits(7)),
                        rows -> assertThat(rows.cardinality()).isEqualTo(2_000));
        for (String condition : new String[] {
            "length(replace(name, 'w', name)) > 0",
            "length(regexp_replace(name, '', name, 'g')) > 0",
            "length(replace(replace(replace(name, 'w', 'wwwwww'), 'w', 'wwwwww'), 'w', 'wwwwww')) > 0",
            "length(string_split(replace(name, 'o', 'oooooooooo'), '')) > 0",
            "length(concat_ws(name" + ", name".repeat(100) + ")) > 0"
        }) {
            assertThat(catchThrowableOfType(Fault.class, () -> Frames.conditions(frame, List.of(condition)))
                            .getMessage())
                    .as(condition)
                    .contains("--limit condition-bytes=");
        }
    }

    @Test
    void timeHasAnEnd() {
        String[] texts = new String[2_000];
        Arrays.setAll(texts, i -> "abcdefghij".repeat(100) + i);
        Frame frame = Frame.empty().with("name", Column.Texts.of(texts));
        Limits limits = Limits.STANDARD.with(Limit.CONDITION_SECONDS, 1);
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            conditions.add("length(list_sort(string_split(reverse(name), '" + i + "'))) > 2");
        }
        for (var run : List.<Runnable>of(
                () -> Conditions.evaluate(frame, conditions, i -> "line " + i, limits, (rows, i) -> {}),
                () -> RowPlan.of(frame, conditions, i -> "line " + i, limits))) {
            Fault fault = catchThrowableOfType(Fault.class, run::run);
            assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
            assertThat(fault.getMessage()).contains("--limit condition-seconds=");
        }
    }

    private static BitSet bits(int... rows) {
        BitSet bits = new BitSet();
        for (int row : rows) {
            bits.set(row);
        }
        return bits;
    }
}
