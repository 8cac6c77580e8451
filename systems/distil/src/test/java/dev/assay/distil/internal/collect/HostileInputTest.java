package dev.assay.distil.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.Mapping;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.receipt.CanonicalJson;
import dev.assay.testkit.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logs from anybody: whatever stands in them, every row becomes evidence or a skip with its place, and
/// nothing is written anywhere else.
class HostileInputTest {
    private static final int CASES = Fuzz.inputs(1_000);
    private static final int PER_FILE = 50;
    private static final String AT = "2026-01-01T00:00:00Z";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = LocalEngine.of(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static final List<String> IDS = List.of(
            "a",
            "../../../../tmp/evil",
            "/etc/passwd",
            "..\\..\\x",
            "<script>alert(1)</script>",
            "$(rm -rf /)",
            "\u0000",
            "é\uD83D\uDE00",
            "",
            " ",
            "a".repeat(5_000),
            "CON",
            "2026-01-01",
            "null",
            "${jndi:ldap://x}");

    /// A line that is more or less a row.
    private static byte[] line(SplittableRandom random) {
        String id = IDS.get(random.nextInt(IDS.size()));
        StringBuilder json = new StringBuilder("{\"id\":");
        json.append(CanonicalJson.of(id + random.nextInt(40)));
        json.append(",\"task\":\"t").append(random.nextInt(5)).append('"');
        json.append(",\"time\":\"2026-0").append(1 + random.nextInt(9)).append("-01T00:00:00Z\"");
        json.append(",\"text\":");
        json.append(CanonicalJson.of("text " + IDS.get(random.nextInt(IDS.size()))));
        json.append(",\"verdict\":").append(random.nextInt(3)).append('}');
        byte[] good = json.toString().getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(14)) {
            case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
            case 1 -> changed(good, random);
            case 2 -> new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
            case 3 -> ("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
            case 4 -> "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            case 5 ->
                "{\"id\":\"x\",\"id\":\"y\",\"task\":\"t\",\"time\":\"2026-01-01T00:00:00Z\"}"
                        .getBytes(StandardCharsets.UTF_8);
            case 6 -> new byte[] {0, 0, 0, (byte) 0xFF, (byte) 0xC0, (byte) 0x80, '{', '}'};
            case 7 ->
                "{\"id\":1e999,\"task\":123456789012345678901234567890,\"time\":[]}".getBytes(StandardCharsets.UTF_8);
            case 8 ->
                "{\"id\":\"\\ud800\",\"task\":\"t\",\"time\":\"2026-01-01T00:00:00Z\"}"
                        .getBytes(StandardCharsets.UTF_8);
            case 9 ->
                "{\"id\":\"x\",\"task\":\"t\",\"time\":\"2026-13-41T99:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
            case 10 -> "null".getBytes(StandardCharsets.UTF_8);
            case 11 ->
                ("{\"id\":{\"a\":[]},\"task\":\"t\",\"time\":\"../../../../01T00:00:00Z\"}")
                        .getBytes(StandardCharsets.UTF_8);
            default -> good;
        };
    }

    private static byte[] changed(byte[] good, SplittableRandom random) {
        byte[] changed = good.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            byte c = (byte) random.nextInt(256);
            changed[random.nextInt(changed.length)] = c == '\n' ? (byte) ' ' : c;
        }
        return changed;
    }

    @Test
    void everyLineIsAccountedForAndNothingElseIsTouched() throws Exception {
        SplittableRandom random = new SplittableRandom(Seed.of(7).asLong());
        Mapping mapping = mapping("jsonl", "*.jsonl");
        for (int round = 0; round < CASES / PER_FILE; round++) {
            Path source = Files.createDirectories(folder.resolve("source" + round));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            Set<Long> rows = new TreeSet<>();
            for (long i = 0; i < PER_FILE; i++) {
                byte[] line = line(random);
                for (int j = 0; j < line.length; j++) {
                    line[j] = line[j] == '\n' ? (byte) ' ' : line[j];
                }
                boolean blank = new String(line, StandardCharsets.ISO_8859_1).matches("[ \\t\\r]*");
                if (!blank) {
                    rows.add(i);
                }
                file.write(line);
                file.write('\n');
            }
            Files.write(source.resolve("log.jsonl"), file.toByteArray());
            accounted(source, mapping, rows, folder.resolve("out" + round));
        }
    }

    /// What becomes of a folder of sources: `evidence` and `skips.jsonl` in another.
    private static StreamInfo collected(Path source, Mapping mapping, Path out) {
        return Collector.collect(
                        source,
                        List.of(mapping),
                        AT,
                        Optional.empty(),
                        out.resolve("evidence"),
                        out.resolve("skips.jsonl"),
                        out,
                        engine,
                        Progress.none())
                .streams()
                .getFirst();
    }

    private static void accounted(Path source, Mapping mapping, Set<Long> rows, Path out) throws IOException {
        Files.createDirectories(out);
        StreamInfo stream = collected(source, mapping, out);
        assertThat(stream.rows()).isEqualTo(rows.size());
        assertThat(stream.made() + stream.skipped() + stream.deduped()).isEqualTo(stream.rows());
        List<Long> seen = new ArrayList<>();
        for (String partition : EvidenceFolder.partitions(out.resolve("evidence"))) {
            for (String line : Files.readAllLines(out.resolve("evidence").resolve(partition))) {
                seen.add(EvidenceRecord.parse(line).provenance().position());
            }
        }
        for (String line : Files.readAllLines(out.resolve("skips.jsonl"))) {
            seen.add(CanonicalJson.parse(line).get("position").longValue());
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize((int) (stream.made() + stream.skipped()));
        assertThat(rows).containsAll(seen);
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> out.relativize(file).toString()))
                    .allMatch(name -> name.equals("skips.jsonl")
                            || name.equals("evidence/streams.json")
                            || name.matches("evidence/\\d{4}/\\d{2}/\\d{2}/hostile\\.jsonl"));
        }
    }

    private Mapping mapping(String format, String source) throws IOException {
        Path file = folder.resolve("mapping-" + format + ".yml");
        Files.writeString(file, """
                schema_version: 1
                stream: hostile
                class: verdict
                source: "%s"
                format: %s
                fields:
                  run_id: $.id
                  task_id: $.task
                  timestamp: $.time
                  text: $.text
                  verdict: number($.verdict)
                """.formatted(source, format));
        return Mapping.read(file);
    }

    @Test
    void aLineThatIsTooLongIsSkippedWithoutBeingHeld() throws Exception {
        Path source = Files.createDirectories(folder.resolve("long"));
        byte[] filler = new byte[1 << 20];
        Arrays.fill(filler, (byte) 'x');
        try (var out = Files.newOutputStream(source.resolve("log.jsonl"))) {
            out.write("{\"id\":\"before\",\"task\":\"t\",\"time\":\"2026-01-01T00:00:00Z\"}\n{\"id\":\""
                    .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 65; i++) {
                out.write(filler);
            }
            out.write("\"}\n{\"id\":\"after\",\"task\":\"t\",\"time\":\"2026-01-01T00:00:00Z\"}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        accounted(source, mapping("jsonl", "*.jsonl"), new TreeSet<>(List.of(0L, 1L, 2L)), folder.resolve("long-out"));
        assertThat(Files.readString(folder.resolve("long-out/skips.jsonl")))
                .contains("the row has more than 67108864 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-array", "yaml-seq", "csv", "parquet"})
    void damagedFilesOfOtherFormatsNeverCrash(String format) throws Exception {
        SplittableRandom random = new SplittableRandom(Seed.of(8).asLong());
        Mapping mapping = mapping(format, "log.*");
        byte[] good = switch (format) {
            case "json-array" ->
                "[{\"id\":\"a\",\"task\":\"t\",\"time\":\"2026-01-01T00:00:00Z\"}, {\"id\":\"b\"}]"
                        .getBytes(StandardCharsets.UTF_8);
            case "yaml-seq" ->
                "- id: a\n  task: t\n  time: 2026-01-01T00:00:00Z\n- id: b\n".getBytes(StandardCharsets.UTF_8);
            case "csv" -> "id,task,time\na,t,2026-01-01T00:00:00Z\nb,,\n".getBytes(StandardCharsets.UTF_8);
            default -> "PAR1 nothing PAR1".getBytes(StandardCharsets.UTF_8);
        };
        int cases = format.equals("csv") || format.equals("parquet") ? 20 : CASES / 5;
        for (int i = 0; i < cases; i++) {
            Path source = Files.createDirectories(folder.resolve(format + i));
            byte[] bytes = i == 0
                    ? good
                    : random.nextBoolean() ? changed(good, random) : Arrays.copyOf(good, random.nextInt(good.length));
            Files.write(
                    source.resolve(
                            "log." + (format.equals("csv") ? "csv" : format.equals("parquet") ? "parquet" : "x")),
                    bytes);
            Path out = Files.createDirectories(folder.resolve("out-" + format + i));
            StreamInfo stream = collected(source, mapping, out);
            assertThat(stream.made() + stream.skipped() + stream.deduped()).isEqualTo(stream.rows());
            assertThat(Files.readAllLines(out.resolve("skips.jsonl"))).hasSize((int) stream.skipped());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "null\n", "a: b\n"})
    void yamlWithoutASequenceIsOneSkip(String text) throws Exception {
        Path source = Files.createDirectories(folder.resolve("yaml"));
        Files.writeString(source.resolve("log.x"), text);
        Path out = Files.createDirectories(folder.resolve("out"));
        StreamInfo stream = collected(source, mapping("yaml-seq", "log.*"), out);
        assertThat(stream.rows()).isEqualTo(1);
        assertThat(stream.skipped()).isEqualTo(1);
        assertThat(Files.readString(out.resolve("skips.jsonl"))).contains("the file holds no YAML sequence");
    }

    @Test
    void aDamagedArchiveCountsWhatWasReadAndSaysThatItBreaksOff() throws Exception {
        Path source = Files.createDirectories(folder.resolve("gz"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            for (int i = 0; i < 20_000; i++) {
                gzip.write(("{\"id\":\"" + i + "\",\"task\":\"t\",\"time\":\"2026-01-01T00:00:00Z\"}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(source.resolve("log.jsonl.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        Path out = Files.createDirectories(folder.resolve("gz-out"));
        StreamInfo stream = collected(source, mapping("jsonl", "*.jsonl"), out);
        assertThat(stream.skipped()).isEqualTo(1);
        assertThat(stream.rows()).isEqualTo(stream.made() + 1);
        assertThat(Files.readString(out.resolve("skips.jsonl"))).contains("breaks off");
    }
}
