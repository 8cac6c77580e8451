package dev.assay.distil.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.distil.Mapping;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.Grouping;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Evidence of many days in few files.
class GroupedEvidenceTest {
    private static final String AT = "2026-01-01T00:00:00Z";

    @TempDir
    Path folder;

    private Mapping mapping;

    @BeforeEach
    void map() throws IOException {
        mapping = Mapping.read(Files.writeString(folder.resolve("mapping.yml"), """
                schema_version: 1
                stream: log
                class: verdict
                source: "*.jsonl"
                format: jsonl
                fields:
                  run_id: $.id
                  task_id: $.id
                  timestamp: $.time
                """));
    }

    /// A row every ninth day, in an order that jumps about.
    private Path source(String name, int from, int days) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            int day = from + (int) (7919L * i % days);
            lines.add("{\"id\":\"r" + day + "\",\"time\":\""
                    + LocalDate.of(2020, 1, 1).plusDays(9L * day) + "T12:00:00Z\"}");
        }
        Path source = Files.createDirectories(folder.resolve(name));
        Files.write(source.resolve("log.jsonl"), lines);
        return source;
    }

    private Collector.Result collect(Path source, Optional<Path> earlier, String out, int mostFiles) {
        try (LocalEngine engine = LocalEngine.of(2)) {
            return Collector.collect(
                    source,
                    List.of(mapping),
                    AT,
                    earlier,
                    folder.resolve(out),
                    folder.resolve(out + ".skips"),
                    folder,
                    engine,
                    Progress.none(),
                    mostFiles);
        }
    }

    private List<String> rows(String out) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String partition : EvidenceFolder.partitions(folder.resolve(out))) {
            rows.addAll(Files.readAllLines(folder.resolve(out).resolve(partition)));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"90, DAY, 90", "89, MONTH, 27", "26, YEAR, 3", "2, ALL, 1", "0, ALL, 1"})
    void daysAreGroupedUntilFilesAreFewEnoughAndNoRowIsLost(int mostFiles, Grouping grouping, int files)
            throws IOException {
        Path source = source("source", 0, 90);
        Collector.Result byDay = collect(source, Optional.empty(), "days", 90);
        Collector.Result grouped = collect(source, Optional.empty(), "grouped", mostFiles);

        EvidenceFolder evidence = EvidenceFolder.open(folder.resolve("grouped"));
        assertThat(evidence.grouping()).isEqualTo(grouping);
        assertThat(evidence.partitions()).hasSize(files);
        assertThat(rows("grouped")).containsExactlyInAnyOrderElementsOf(rows("days"));
        assertThat(grouped.evidenceDigest()).isEqualTo(byDay.evidenceDigest());
        try (Stream<Path> all = Files.walk(folder.resolve("grouped"))) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(files + 1);
        }
        try (Stream<Path> all = Files.walk(folder.resolve("grouped"))) {
            assertThat(all.filter(Files::isDirectory))
                    .allSatisfy(each -> assertThat(each).isNotEmptyDirectory());
        }
        // The file of a day is known by its name.
        String day = grouping.of("2021/03/26/log.jsonl");
        assertThat(Files.readString(folder.resolve("grouped").resolve(day))).contains("2021-03-26T12:00:00Z");
    }

    @Test
    void earlierEvidenceByDayIsAddedToAndGroupedThen() throws IOException {
        collect(source("first", 0, 30), Optional.empty(), "days", 1000);
        assertThat(Files.readString(folder.resolve("days/streams.json")))
                .contains("\"schema_version\":1")
                .doesNotContain("grouped_by");
        Collector.Result more = collect(source("second", 20, 20), Optional.of(folder.resolve("days")), "more", 31);
        assertThat(more.streams().getFirst().deduped()).isEqualTo(10);
        assertThat(EvidenceFolder.open(folder.resolve("more")).grouping()).isEqualTo(Grouping.MONTH);
        assertThat(rows("more")).hasSize(40).containsAll(rows("days"));
        Collector.Result again = collect(source("third", 0, 40), Optional.of(folder.resolve("more")), "again", 31);
        assertThat(again.streams().getFirst().deduped()).isEqualTo(40);
        assertThat(EvidenceFolder.open(folder.resolve("again")).grouping()).isEqualTo(Grouping.MONTH);
    }

    @Test
    void aFolderOfALaterVersionIsRefused() throws IOException {
        collect(source("first", 0, 3), Optional.empty(), "days", 1000);
        Path manifest = folder.resolve("days/streams.json");
        String text = Files.readString(manifest);
        for (String other : List.of(
                text.replace("\"schema_version\":1", "\"schema_version\":3"),
                text.replace("\"schema_version\":1", "\"schema_version\":2,\"grouped_by\":\"week\""))) {
            assertThat(other).isNotEqualTo(text);
            Files.writeString(manifest, other);
            assertThatThrownBy(() -> EvidenceFolder.open(folder.resolve("days")))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("of a version that this program does not read; collect again");
        }
    }
}
