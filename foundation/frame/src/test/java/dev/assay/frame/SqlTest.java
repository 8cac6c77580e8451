package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {
    private static final Frame PEOPLE = Frame.empty()
            .with("age", Column.Longs.of(31, 5, 70, 44))
            .with("income", Column.Doubles.of(10.5, Double.NaN, 3, 7))
            .with("sex", Column.Categories.of(new int[] {0, 1, 1, -1}, List.of("M", "F", "X")))
            .with("note", Column.Texts.of("s3cret", null, "", "7"));

    @TempDir
    Path folder;

    @Test
    void everyTypeComesBackAsItWent() {
        Frame frame = RandomFrame.of(Seed.of(2), 5000);
        Frame back = Frames.sql("SELECT * FROM t", Map.of("t", frame));
        assertThat(back.columns()).isEqualTo(frame.columns());
        assertThat(back.schema().names()).isEqualTo(frame.schema().names());
    }

    @Test
    void categoriesSortByLevelAndCompareToAnyText() {
        Frame result = Frames.sql(
                "SELECT sex, count(*) AS n FROM people WHERE sex <> 'unknown' GROUP BY sex ORDER BY sex;",
                Map.of("people", PEOPLE));
        assertThat(result.column("sex")).isEqualTo(Column.Categories.of(new int[] {0, 1}, List.of("M", "F", "X")));
        assertThat(result.column("n")).isEqualTo(Column.Longs.of(1, 2));
    }

    @Test
    void sumsOfLongsAreLongsIfTheyFit() {
        Frame frame = Frame.empty().with("x", Column.Longs.of(Long.MAX_VALUE, 0));
        assertThat(Frames.sql("SELECT sum(x) AS s FROM t", Map.of("t", frame)).column("s"))
                .isEqualTo(Column.Longs.of(Long.MAX_VALUE));
        assertThat(Frames.sql("SELECT sum(x) + 1 AS s FROM t", Map.of("t", frame))
                        .column("s"))
                .isEqualTo(Column.Texts.of("9223372036854775808"));
    }

    @Test
    void framesCanBeJoined() {
        Frame names =
                Frame.empty().with("code", Column.Texts.of("F", "M")).with("long", Column.Texts.of("female", "male"));
        Frame result = Frames.sql(
                "SELECT age, long FROM \"people\" JOIN \"the names\" ON sex = code ORDER BY age",
                Map.of("people", PEOPLE, "the names", names));
        assertThat(result.column("long")).isEqualTo(Column.Texts.of("female", "male", "female"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM '%s'",
                "SELECT * FROM read_csv('%s')",
                "SELECT * FROM read_text('%s')",
                "SELECT * FROM glob('%s')",
                "SELECT 1) ; COPY people TO '%s.copy' ; SELECT (2",
                "SELECT 1); ATTACH '%s.db'; SELECT (2",
                "SELECT 1); SET enable_external_access = true; SELECT (2",
                "SELECT 1); LOAD httpfs; SELECT (2",
            })
    void aQueryTouchesNoFileAndNoSetting(String query) throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a\ns3cret\n");
        Fault fault =
                catchThrowableOfType(Fault.class, () -> Frames.sql(query.formatted(file), Map.of("people", PEOPLE)));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aWrongQuerySaysWhyWithoutCells() {
        Fault unknown = catchThrowableOfType(
                Fault.class, () -> Frames.sql("SELECT incme FROM people", Map.of("people", PEOPLE)));
        assertThat(unknown.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(unknown.getMessage()).contains("incme");
        Fault conversion = catchThrowableOfType(
                Fault.class, () -> Frames.sql("SELECT CAST(note AS INT) FROM people", Map.of("people", PEOPLE)));
        assertThat(conversion.getMessage()).contains("convert").doesNotContain("s3cret");
    }

    @Test
    void aTextThatIsTakenForANumberIsNamed() {
        for (String condition : List.of("note > 5", "5 < note", "age > note")) {
            assertThat(catchThrowableOfType(Fault.class, () -> Frames.conditions(PEOPLE, List.of(condition)))
                            .getMessage())
                    .contains("compares texts with numbers")
                    .contains("in quotes");
        }
        Fault cast = catchThrowableOfType(
                Fault.class, () -> Frames.conditions(PEOPLE, List.of("CAST(note AS INTEGER) > 5")));
        assertThat(cast.getMessage())
                .contains("takes the column 'note' for a number")
                .doesNotContain("s3cret");
    }

    @Test
    void conditionsHoldWhereTheyAreTrue() {
        List<BitSet> rows = Frames.conditions(
                PEOPLE,
                List.of("age > 30", "income < 8", "sex = 'F' AND age < 50", "sex = 'nobody'", "NOT income < 8"));
        assertThat(rows).containsExactly(bits(0, 2, 3), bits(2, 3), bits(1), bits(), bits(0));
    }

    @Test
    void conditionsAgreeWithPlainCodeOnRandomFrames() {
        Frame frame = RandomFrame.of(Seed.of(9), 20_000);
        List<BitSet> rows = Frames.conditions(
                frame, List.of("amount > 0 AND \"flag \"\"odd\"\", name\"", "\"größe\" IS NULL OR count < 0"));
        Column flag = frame.column("flag \"odd\", name");
        Column.Longs count = (Column.Longs) frame.column("count");
        for (int i = 0; i < frame.rows(); i++) {
            assertThat(rows.get(0).get(i))
                    .isEqualTo(frame.column("amount").number(i) > 0 && !flag.isMissing(i) && flag.number(i) == 1);
            assertThat(rows.get(1).get(i))
                    .isEqualTo(frame.column("Größe").isMissing(i) || (!count.isMissing(i) && count.value(i) < 0));
        }
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
                "age > 1) UNION ALL SELECT (1",
                "true) LIMIT 1 --",
                "true) ORDER BY (age",
                "CAST(note AS INT) > 3",
                "age IN (FROM rows SELECT age)",
                "note = read_text('/etc/passwd')",
                "note IN (SELECT content FROM read_text('/etc/passwd'))",
            })
    void aWrongConditionIsNamedByItsIndex(String wrong) {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> Frames.conditions(PEOPLE, List.of("age > 1", wrong, "age > 2")));
        assertThat(fault).as(wrong).isNotNull();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).startsWith("condition 1:").doesNotContain("s3cret");
    }

    @Test
    void aColumnThatDoesNotExistIsNamedWithTheNearest() {
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.conditions(PEOPLE, List.of("agge > 1")));
        assertThat(fault.getMessage()).startsWith("there is no column 'agge'. Did you mean 'age'? The columns are ");
    }

    @Test
    void thousandsOfConditionsAreToldOneAtATime() {
        int[] told = {0};
        List<String> conditions = java.util.Collections.nCopies(2000, "age >= 31");
        Frames.conditions(PEOPLE, conditions, (rows, index) -> {
            assertThat(index).isEqualTo(told[0]++);
            assertThat(rows).isEqualTo(bits(0, 2, 3));
        });
        assertThat(told[0]).isEqualTo(2000);
    }

    private static BitSet bits(int... rows) {
        BitSet bits = new BitSet();
        for (int row : rows) {
            bits.set(row);
        }
        return bits;
    }
}
