package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Any name that a file can have is a name here, and names are compared exactly.
class NamesTest {
    private static final List<String> ODD = List.of(
            "a",
            "A",
            "A_1",
            "a_1",
            "aB",
            "Ab",
            "AB",
            "é",
            "É",
            "i",
            "I",
            "null",
            "NULL",
            "select",
            "rowid",
            "filename",
            "a b",
            " a",
            "a ",
            "a.b",
            "a,b",
            "a;b",
            "tab\there",
            "it's",
            "a \"quote\"",
            "line\nbreak",
            "carriage\r\nreturn",
            "{\"a\":1}",
            "*",
            "c0",
            "c1",
            "C0",
            "x".repeat(1000),
            "X".repeat(1000),
            "\uD83D\uDE00",
            "=1+1",
            "@x",
            "-x",
            "#",
            "__index_level_0__",
            "key=value",
            "$",
            "?",
            "1",
            "1.0");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "tsv", "jsonl", "json", "csv.gz", "jsonl.zst"})
    void everyNameComesBack(String ending) {
        List<String> names = new ArrayList<>(ODD);
        if (ending.equals("parquet")) {
            names.add("nul\0inside");
        }
        Frame frame = Frame.empty();
        for (int i = 0; i < names.size(); i++) {
            frame = frame.with(names.get(i), Column.Longs.of(i, -i, 7));
        }
        Path file = folder.resolve("a." + ending);
        Frames.write(frame, file);
        Frame back = Frames.read(file);
        assertThat(back.schema().names()).isEqualTo(names);
        assertThat(back).isEqualTo(frame);
        Collections.reverse(names);
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withColumns(names.toArray(String[]::new)))
                        .schema()
                        .names())
                .isEqualTo(names);
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withColumns("A"))
                        .column("A")
                        .number(0))
                .isEqualTo(1);
    }

    @Test
    void namesOfOneByteAreEnoughForAllLetters() {
        Frame frame = Frame.empty();
        for (char c = 'a'; c <= 'z'; c++) {
            frame = frame.with(String.valueOf(c), Column.Longs.of(c))
                    .with(String.valueOf((char) (c - 32)), Column.Longs.of(-c));
        }
        Path file = folder.resolve("a.parquet");
        Frames.write(frame, file);
        assertThat(Frames.read(file)).isEqualTo(frame);
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, 'a,b,a\n1,2,3\n', column 1 and column 3",
        "a.csv, 'a,,b\n1,2,3\n', column 2 of 3 has no name",
        "a.jsonl, '{\"\": 1, \"b\": 2}\n', column 1 of 2 has no name",
    })
    void aNameTwiceAndNoNameAreRefusedInTheUsersFile(String name, String content, String sentence) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.read(file));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        assertThat(fault.getMessage()).contains(file.toString()).contains(sentence);
    }

    @Test
    void conditionsAndSqlRefuseOnlyWhatTheyCannotTellApart() {
        Frame frame = Frame.empty()
                .with("a", Column.Longs.of(1, 2))
                .with("A", Column.Longs.of(3, 4))
                .with("é", Column.Longs.of(5, 6))
                .with("É", Column.Longs.of(7, 8))
                .with("other", Column.Longs.of(9, 10));
        assertThat(Frames.conditions(frame, List.of("other > 9", "\"É\" = 8 AND \"é\" = 6"))
                        .get(1)
                        .cardinality())
                .isEqualTo(1);
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.conditions(frame, List.of("\"A\" > 3")));
        assertThat(fault.sentence()).contains("'a' and 'A'").contains("case alone");
        assertThat(catchThrowableOfType(Fault.class, () -> Frames.compile(frame, List.of("a > 3"), i -> ""))
                        .sentence())
                .contains("'a' and 'A'");
        assertThat(catchThrowableOfType(Fault.class, () -> Frames.sql("SELECT other FROM t", Map.of("t", frame)))
                        .sentence())
                .contains("'a' and 'A'");
    }

    @Test
    void theGuardOfSpreadsheetsKeepsNamesApart() throws Exception {
        Frame frame = Frame.empty().with("=a", Column.Longs.of(1)).with("=A", Column.Longs.of(2));
        Path file = folder.resolve("a.csv");
        Frames.write(frame, file, WriteOptions.DEFAULTS.guardingSpreadsheets());
        assertThat(Files.readString(file)).isEqualTo("'=a,'=A\n1,2\n".replace("'=A", "''=A"));
        assertThat(Arrays.asList(Frames.read(file).schema().names().toArray())).hasSize(2);
    }
}
