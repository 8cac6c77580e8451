package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.InMemoryContext;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadStageTest {
    private static final String PEOPLE =
            "name,age,note\nAda,36,NA\n\"Bo\nPeep\",4,x\nCy,-,\"he said \"\"no\"\"\"\nDi,9,5\" pipe\n";

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    /// What the stage that ran last said.
    private InMemoryContext said;

    @BeforeEach
    void setUp() {
        said = context();
    }

    /// A context for one run of a stage.
    private InMemoryContext context() {
        said = InMemoryContext.of(Seed.of(1), engine, folder);
        return said;
    }

    @Test
    void unitsMissingTextsAndCategoriesAreAsTold() throws Exception {
        ReadStage.Read read = read(
                "people.csv",
                PEOPLE.replace("5\" pipe", "y"),
                List.of("NA", "-"),
                List.of(),
                2,
                Map.of("age", "years"));

        Frame table = read.table().frame();
        assertThat(table.column("age")).isInstanceOf(Column.Longs.class);
        assertThat(table.column("age").isMissing(2)).isTrue();
        assertThat(table.schema().fields().get(1).unit()).isEqualTo("years");
        assertThat(table.column("note").isMissing(0)).isTrue();
        assertThat(table.column("name")).isInstanceOf(Column.Texts.class);
        assertThat(said.counts()).containsEntry("records_in", 4L).containsEntry("records_out", 4L);
        assertThat(said.listing("Columns").rows()).hasSize(3);
    }

    @Test
    void noTextBecomesACategoryIfNoneShall() throws Exception {
        assertThat(read("people.csv", PEOPLE.replace("5\" pipe", "y"), List.of(), List.of(), 0, Map.of())
                        .table()
                        .frame()
                        .column("note"))
                .isInstanceOf(Column.Texts.class);
        assertThat(read("people.csv", PEOPLE.replace("5\" pipe", "y"), List.of(), List.of(), 10, Map.of())
                        .table()
                        .frame()
                        .column("note"))
                .isInstanceOf(Column.Categories.class);
    }

    @Test
    void columnsComeInTheOrderAskedFor() throws Exception {
        assertThat(read("people.csv", PEOPLE.replace("5\" pipe", "y"), List.of(), List.of("age", "name"), 5, Map.of())
                        .table()
                        .frame()
                        .schema()
                        .names())
                .containsExactly("age", "name");
    }

    @Test
    void theLinesOfRowsAreKnownThroughQuotedLineBreaksAndPacking() throws Exception {
        for (String name : List.of("people.csv", "people.csv.gz")) {
            Source source = read(name, PEOPLE.replace("5\" pipe", "y"), List.of(), List.of(), 5, Map.of())
                    .source();
            assertThat(source.file()).isEqualTo(name);
            assertThat(List.of(source.line(0), source.line(1), source.line(2), source.line(3)))
                    .as(name)
                    .containsExactly(2L, 3L, 5L, 6L);
        }
    }

    @Test
    void aTableWithoutLinesIsToldByRow() {
        assertThat(new Source("a.parquet", 0, List.of(), 7).line(6)).isEqualTo(7);
    }

    @Test
    void aUnitForAColumnThatDoesNotExistSuggestsTheNearest() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> read("people.csv", "name,age\nAda,3\n", List.of(), List.of(), 5, Map.of("aeg", "years")));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).contains("'aeg'", "Did you mean 'age'?");
    }

    @Test
    void aFileOfAHeaderAloneIsEmpty() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> read("people.csv", "name,age\n", List.of(), List.of(), 5, Map.of()));
        assertThat(fault.getMessage())
                .isEqualTo("people.csv: the table is empty: it has columns but no row, so there is nothing to work on");
    }

    @Test
    void whatIsToldOfColumnsIsWarnedOfAndListed() throws Exception {
        ReadStage.Read read = read(
                "a.csv",
                "id;code;n;t\n0001;1e5;3;2024-01-01T00:00:00Z\n0002;100000;NA;2024-01-01T00:00:00+02:00\n",
                List.of(),
                List.of(),
                0,
                Map.of());
        assertThat(read.table().schema().names()).containsExactly("id", "code", "n", "t");
        assertThat(said.warnings())
                .hasSize(3)
                .anySatisfy(w -> assertThat(w).startsWith("Column 'code' ").contains("'types'"))
                .anySatisfy(w -> assertThat(w).startsWith("Column 'n' ").contains("missing: [NA]"))
                .anySatisfy(w -> assertThat(w).startsWith("Column 't' ").contains("offset from UTC"));
        assertThat(said.listing("Columns").rows().getLast())
                .containsExactly("t", "instant", "", "", 0L, "2 zoned times", 1L);
    }

    @Test
    void typesKeysSeparatorAndDecimalMarkAreAsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "id|zip|pay\n1|10115|1,5\n2|20095|2,25\n");
        ReadStage.Settings settings = new ReadStage.Settings(
                file,
                List.of(),
                Map.of("zip", "category"),
                List.of("id"),
                ReadStage.Separator.BAR,
                ReadStage.Decimal.COMMA,
                List.of(),
                0,
                Map.of());
        Frame table = new ReadStage().run(settings, context()).table().frame();
        assertThat(table.column("id")).isEqualTo(Column.Texts.of("1", "2"));
        assertThat(table.column("zip")).isEqualTo(Column.Categories.of("10115", "20095"));
        assertThat(table.column("pay")).isEqualTo(Column.Doubles.of(1.5, 2.25));
        assertThat(said.warnings()).isEmpty();
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> new ReadStage()
                        .run(
                                new ReadStage.Settings(
                                        file,
                                        List.of(),
                                        Map.of("zip", "categorie"),
                                        List.of(),
                                        ReadStage.Separator.AUTO,
                                        ReadStage.Decimal.AUTO,
                                        List.of(),
                                        0,
                                        Map.of()),
                                context()));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault.getMessage()).contains("types.zip").contains("Did you mean 'category'?");
    }

    @Test
    void linesAreThoseOfAnEditorWhateverLiesBetweenRows() throws Exception {
        Source source = read(
                        "a.csv", "a;b\n\n1;\"x\ny\"\n\n\n2;z\n3;\"p\n\nq\"\n4;r\n", List.of(), List.of(), 0, Map.of())
                .source();
        assertThat(List.of(source.line(0), source.line(1), source.line(2), source.line(3)))
                .containsExactly(3L, 7L, 8L, 11L);
        Source json = read("a.jsonl", "\n{\"a\": 1}\n\n{\"a\": 2}\n", List.of(), List.of(), 0, Map.of())
                .source();
        assertThat(List.of(json.line(0), json.line(1))).containsExactly(2L, 4L);
    }

    static ReadStage.Settings settings(
            Path file, List<String> missing, List<String> columns, int levels, Map<String, String> units) {
        return new ReadStage.Settings(
                file,
                missing,
                Map.of(),
                List.of(),
                ReadStage.Separator.AUTO,
                ReadStage.Decimal.AUTO,
                columns,
                levels,
                units);
    }

    private ReadStage.Read read(
            String name, String text, List<String> missing, List<String> columns, int levels, Map<String, String> units)
            throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new ReadStage().run(settings(file, missing, columns, levels, units), context());
    }
}
