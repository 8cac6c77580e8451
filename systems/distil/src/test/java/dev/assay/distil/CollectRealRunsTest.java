package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.collect.Collector;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The three sets, against ids and digests that an independent program computed.
class CollectRealRunsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"zeroeval", "tau_bench", "aider"})
    void everyIdIsTheReferences(String set) throws Exception {
        JsonNode expected = RealRuns.expected().get(set);
        try (Engine engine = LocalEngine.of(2)) {
            Collector.Result result = RealRuns.collect(set, folder, engine);

            assertThat(result.skips()).isEmpty();
            assertThat(result.rows()).isEqualTo(expected.get("rows").longValue());
            assertThat(result.evidenceDigest())
                    .isEqualTo(expected.get("evidence_digest").stringValue());
            String first = CanonicalJson.of(expected.get("first_record"));
            assertThat(lines(folder.resolve("evidence"))).contains(first);
        }
    }

    @Test
    void theTranscriptIsTheReferences() throws Exception {
        try (Engine engine = LocalEngine.of(2)) {
            RealRuns.collect("tau_bench", folder, engine);
        }
        String text = lines(folder.resolve("evidence")).stream()
                .map(EvidenceRecord::parse)
                .filter(record -> record.runId().equals("gpt-4o-airline:0:0"))
                .findFirst()
                .orElseThrow()
                .text()
                .orElseThrow();
        assertThat(text.codePointCount(0, text.length())).isEqualTo(10_319);
        assertThat(Digest.of(text).hex()).isEqualTo("6228fd2ce758fcce217d59384f83238fb3955f11994958e6f78487a2034258ce");
    }

    @Test
    void threadsDoNotChangeAByte() throws Exception {
        for (int threads : List.of(1, 4)) {
            try (Engine engine = LocalEngine.of(threads)) {
                RealRuns.collect("tau_bench", folder.resolve("with" + threads), engine);
            }
        }
        assertThat(Digest.ofFolder(folder.resolve("with1"))).isEqualTo(Digest.ofFolder(folder.resolve("with4")));
    }

    static List<String> lines(Path evidence) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String partition : EvidenceFolder.partitions(evidence)) {
            lines.addAll(Files.readAllLines(evidence.resolve(partition)));
        }
        return lines;
    }
}
