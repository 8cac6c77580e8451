package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Weights from file to file: every format takes what is made, records lie beside weights, and rows are named by file
/// and line.
class WeighingFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws Exception {
        StringBuilder people = new StringBuilder("id,town,rooms,rent,w\n");
        for (int i = 0; i < 60; i++) {
            people.append("%d,%s,%d,%d,10\n".formatted(i, i % 3 == 0 ? "a" : "b", 1 + i % 2, 300 + 7 * (i % 11)));
        }
        Files.writeString(folder.resolve("people.csv"), people);
        Files.writeString(
                folder.resolve("targets.csv"),
                "table,variable,filter,value\nsample,,town = 'a',220\nsample,,town = 'b',400\nsample,,rooms = 1,310\n");
        Files.writeString(
                folder.resolve("margins.csv"),
                "variable,value,total\ntown,a,220\ntown,b,400\nrooms,1,310\nrooms,2,310\n");
        Files.writeString(folder.resolve("cells.csv"), "town,total\na,220\nb,400\n");
    }

    private Assay.Outcome weigh(String verb, String... more) {
        List<String> line =
                new ArrayList<>(List.of("weigh", verb, "--sample", file("people.csv"), "--format", "jsonl"));
        line.addAll(List.of("--out", file(verb), "--workspace", file("work")));
        line.addAll(List.of(more));
        return Assay.here(line.toArray(String[]::new));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"calibrate", "gradient", "sparse", "rake", "poststratify"})
    void everyTableCanBeWrittenAsLinesOfJsonAndIsUsedWithItsRecord(String verb) {
        Assay.Outcome made = switch (verb) {
            case "rake" -> weigh(verb, "--totals", file("margins.csv"), "--weight", "w", "--key", "id");
            case "poststratify" ->
                weigh(verb, "--totals", file("cells.csv"), "--by", "town", "--weight", "w", "--key", "id");
            case "sparse" ->
                weigh(verb, "--targets", file("targets.csv"), "--weight", "w", "--key", "id", "--epochs", "100");
            default -> weigh(verb, "--targets", file("targets.csv"), "--weight", "w", "--key", "id");
        };
        assertThat(made.complaints()).isEmpty();
        assertThat(made.code()).isZero();
        Frame diagnostics = Frames.read(folder.resolve(verb).resolve("diagnostics.jsonl"));
        assertThat(diagnostics.schema().names()).contains("cost");
        assertThat(diagnostics.column("cost").missing()).isEqualTo(diagnostics.rows());

        List<String> more = new ArrayList<>(List.of("--weights", file(verb + "/weights.jsonl"), "--totals", "rent"));
        if (verb.equals("gradient") || verb.equals("sparse")) {
            Assay.Outcome refused = weigh("estimate", more.toArray(String[]::new));
            assertThat(refused.code()).isEqualTo(Fault.Kind.BAD_SETTING.exitCode());
            assertThat(refused.complaints()).singleElement().asString().contains("'other-calibration'");
            more.add("--other-calibration");
        }
        Assay.Outcome estimated = weigh("estimate", more.toArray(String[]::new));
        assertThat(estimated.complaints()).isEmpty();
        assertThat(Frames.read(folder.resolve("estimate/estimates.jsonl")).numbers("standard_error")[0])
                .isPositive();
        Assay.Outcome trimmed =
                weigh("trim", "--weights", file(verb + "/weights.jsonl"), "--least", "0", "--most", "200");
        assertThat(trimmed.complaints()).isEmpty();
        assertThat(folder.resolve("trim/diagnostics.jsonl")).exists();
    }

    @Test
    void rowsAreNamedByFileAndLineAsAnEditorCounts() throws Exception {
        Files.writeString(folder.resolve("homes.csv"), "id,w,note\n0,10,\"two\nlines\"\n1,10,\n2,-3,\n");
        Files.writeString(folder.resolve("persons.csv"), "id,sex\n\"0000\",m\n\"0000\",f\n");
        Files.writeString(folder.resolve("sexes.csv"), "name,table,variable,filter,value\nm,persons,,sex = 'm',400\n");
        String[] line = {
            "weigh",
            "calibrate",
            "--sample",
            file("homes.csv"),
            "--persons",
            file("persons.csv"),
            "--targets",
            file("sexes.csv"),
            "--key",
            "id",
            "--weight",
            "w",
            "--workspace",
            file("work"),
            "--out",
            file("out")
        };
        Assay.Outcome ids = Assay.here(line);
        assertThat(ids.code()).isEqualTo(Fault.Kind.BAD_DATA.exitCode());
        assertThat(ids.complaints())
                .singleElement()
                .asString()
                .contains(
                        "Row 1 of table 'persons' (persons.csv, line 2)", "id '0000'", "texts here and whole numbers");

        Files.writeString(folder.resolve("persons.csv"), "id,sex\n0,m\n1,f\n2,f\n");
        assertThat(Assay.here(line).complaints())
                .singleElement()
                .asString()
                .contains("Row 3 of table 'sample' (homes.csv, line 5)", "'w'");
        Files.writeString(folder.resolve("homes.csv"), "id,w,note\n0,10,\"two\nlines\"\n1,10,\n1,10,\n");
        assertThat(Assay.here(line).complaints())
                .singleElement()
                .asString()
                .contains("Rows 2 and 3 of table 'sample' (homes.csv, lines 4 and 5) have the same id '1'");
    }

    @Test
    void rowsOfTotalsAreNamedAsTheyStandInTheFile() throws Exception {
        Files.writeString(
                folder.resolve("margins.csv"),
                "variable,value,total\ntown,a,220\nrooms,1,310\ntown,b,-4\nrooms,2,310\n");
        assertThat(weigh("rake", "--totals", file("margins.csv")).complaints())
                .singleElement()
                .asString()
                .contains("row 3 of the totals (margins.csv, line 4)", "'town = b'");
        Files.writeString(folder.resolve("cells.csv"), "town,total\na,220\n");
        assertThat(weigh("poststratify", "--totals", file("cells.csv"), "--by", "town")
                        .complaints())
                .singleElement()
                .asString()
                .contains("row 2 of the sample (people.csv, line 3)", "town = b");
    }
}
