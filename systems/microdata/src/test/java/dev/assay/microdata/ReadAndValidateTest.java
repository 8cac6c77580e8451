package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.study.InMemoryContext;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAndValidateTest {
    @TempDir
    Path folder;

    @Test
    void unitsAndMissingTextsAreTakenFromTheSettings() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "id,income,state\n1,NA,north\n2,5,south\n");
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, folder)) {
            Frame table = new ReadStage()
                    .run(
                            ReadStageTest.settings(file, List.of("NA"), List.of(), 10, Map.of("income", "EUR/year")),
                            context)
                    .table()
                    .frame();

            assertThat(table.column("income").isMissing(0)).isTrue();
            assertThat(table.schema().fields().get(1).unit()).isEqualTo("EUR/year");
            assertThat(table.column("state").type()).isEqualTo(ColumnType.CATEGORY);
            assertThat(context.counts()).containsEntry("records_in", 2L);
        }
    }

    @Test
    void linesAreCountedThroughQuotedLineBreaksAndCompression() throws Exception {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("id,note\n1,\"two\nlines\"\n2,plain\n3,\"a \"\"quote\"\"\"\n4,x\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Source source = read(file).source();

        assertThat(source.file()).isEqualTo("a.csv.gz");
        assertThat(List.of(source.line(0), source.line(1), source.line(2), source.line(3)))
                .containsExactly(2L, 4L, 5L, 6L);
    }

    @Test
    void rowsThatBreakARuleAreSetAsideWithReasonFileAndLine() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.csv"), "id,age,hours\n1,30,40\n2,-5,40\n3,50,x\n4,,40\n5,20,20\n6,21,30\n7,22,10\n");
        ReadStage.Read read = read(file);
        ValidateStage.Settings settings = new ValidateStage.Settings(
                read.table(),
                Optional.of(read.source()),
                Optional.empty(),
                List.of("id"),
                Optional.empty(),
                List.of("age"),
                List.of("hours"),
                Map.of("age not negative", "age >= 0"),
                0.5);
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, folder)) {
            ValidateStage.Validated result = new ValidateStage().run(settings, context);

            assertThat(result.accepted().frame().numbers("id")).containsExactly(1, 5, 6, 7);
            assertThat(result.accepted().frame().column("hours").type()).isEqualTo(ColumnType.DOUBLE);
            Frame aside = result.quarantined().frame();
            assertThat(aside.numbers("line")).containsExactly(3, 4, 5);
            assertThat(aside.column("reason").text(0)).isEqualTo("age not negative");
            assertThat(aside.column("reason").text(1)).isEqualTo("not a number hours");
            assertThat(aside.column("reason").text(2)).isEqualTo("missing age");
            assertThat(aside.column("file").text(0)).isEqualTo("a.csv");
            assertThat(context.counts())
                    .containsEntry("records_in", 7L)
                    .containsEntry("accepted", 4L)
                    .containsEntry("quarantined", 3L)
                    .containsEntry("quarantine.age not negative", 1L);
        }
    }

    @Test
    void aConditionOnAMissingValueIsNotBroken() throws Exception {
        Frame table = Frame.empty().with("age", Column.Doubles.of(1, Double.NaN, 3));

        assertThat(validate(table, Map.of("small", "age < 10"), 0).accepted().rows())
                .isEqualTo(3);
    }

    @Test
    void tooManyBrokenRowsEndTheStageNamingTheFirst() {
        Frame table = Frame.empty().with("age", Column.Longs.of(1, 2, 300, 4));

        assertThatThrownBy(() -> validate(table, Map.of("age in range", "age < 150"), 0.1))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                .hasMessageContaining("1 of 4 rows")
                .hasMessageContaining("age in range")
                .hasMessageContaining("row 3");
    }

    @Test
    void orphansAreSetAside() {
        Frame households = Frame.empty().with("hh", Column.Longs.of(1, 2));
        Frame persons = Frame.empty().with("hh", Column.Longs.of(1, 1, 2, 9));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, folder)) {
            ValidateStage.Validated result = new ValidateStage()
                    .run(
                            new ValidateStage.Settings(
                                    Stored.of(persons),
                                    Optional.empty(),
                                    Optional.of(Stored.of(households)),
                                    List.of(),
                                    Optional.of("hh"),
                                    List.of(),
                                    List.of(),
                                    Map.of(),
                                    0.5),
                            context);

            assertThat(result.accepted().rows()).isEqualTo(3);
            assertThat(result.quarantined().frame().column("reason").text(0)).isEqualTo("no parent hh");
        }
    }

    private ReadStage.Read read(Path file) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, folder)) {
            return new ReadStage().run(ReadStageTest.settings(file, List.of(), List.of(), 1000, Map.of()), context);
        }
    }

    private ValidateStage.Validated validate(Frame table, Map<String, String> rules, double most) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, folder)) {
            return new ValidateStage()
                    .run(
                            new ValidateStage.Settings(
                                    Stored.of(table),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(),
                                    Optional.empty(),
                                    List.of(),
                                    List.of(),
                                    rules,
                                    most),
                            context);
        }
    }
}
