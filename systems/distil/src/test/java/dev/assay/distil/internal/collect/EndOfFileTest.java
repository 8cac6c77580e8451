package dev.assay.distil.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.Mapping;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.receipt.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The end of a log's data is the end of its file: what follows and is none is a skip with its place.
class EndOfFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private List<JsonNode> skips = List.of();

    private Collector.Result collected(byte[] packed, String format, String ending) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.write(source.resolve("runs." + ending + ".gz"), packed);
        Path mapping = Files.writeString(folder.resolve("runs.yml"), """
                schema_version: 1
                stream: runs
                class: verdict
                source: runs.%s
                format: %s
                pinned: { timestamp: "2026-01-01T00:00:00Z" }
                fields: { run_id: $.id, task_id: $.id, timestamp: pinned(timestamp), prompt: $.p, text: $.t }
                """.formatted(ending, format));
        Path out = Files.createTempDirectory(folder, "out");
        try (Engine engine = LocalEngine.of(1)) {
            Collector.Result result = Collector.collect(
                    source,
                    List.of(Mapping.read(mapping)),
                    "2026-01-01T00:00:00Z",
                    Optional.empty(),
                    out.resolve("evidence"),
                    out.resolve("skips.jsonl"),
                    out,
                    engine,
                    Progress.none());
            skips = Files.readAllLines(out.resolve("skips.jsonl")).stream()
                    .map(CanonicalJson::parse)
                    .toList();
            return result;
        }
    }

    @Test
    void aDamagedSecondMemberIsASkipWithItsPlace() throws IOException {
        byte[] packed;
        try (InputStream in = Objects.requireNonNull(
                EndOfFileTest.class.getResourceAsStream("/samples/second_member_damaged.jsonl.gz"))) {
            packed = in.readAllBytes();
        }
        Collector.Result result = collected(packed, "jsonl", "jsonl");
        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.skips()).containsEntry("json_parse", 1L);
        assertThat(skips).singleElement().satisfies(skip -> {
            assertThat(skip.get("position").intValue()).isEqualTo(3);
            assertThat(skip.get("detail").asString()).contains("breaks off here");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "json-array", "csv", "yaml-seq"})
    void whateverFollowsIsTold(String format) throws IOException {
        String text = switch (format) {
            case "jsonl" -> "{\"id\":\"a\",\"p\":\"q\",\"t\":\"x\"}\n";
            case "json-array" -> "[{\"id\":\"a\",\"p\":\"q\",\"t\":\"x\"}]\n";
            case "csv" -> "id,p,t\na,q,x\n";
            default -> "- { id: a, p: q, t: x }\n";
        };
        String ending = format.equals("json-array") ? "json" : format.equals("yaml-seq") ? "yml" : format;
        byte[] whole = member(text);
        byte[] damaged = whole.clone();
        damaged[0] ^= 1;
        assertThat(collected(whole, format, ending).rows()).isEqualTo(1);
        assertThat(skips).isEmpty();
        for (byte[] rest : List.of(
                damaged,
                new byte[1],
                "GARBAGE".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, whole.length - 3))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(whole);
            all.write(rest);
            collected(all.toByteArray(), format, ending);
            assertThat(skips).as(format + " and " + rest.length + " bytes").isNotEmpty();
        }
    }

    private static byte[] member(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
