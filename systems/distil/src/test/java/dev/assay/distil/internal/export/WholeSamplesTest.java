package dev.assay.distil.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.ExportKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is compared of a sample is all of it, not one of its parts.
class WholeSamplesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @Test
    void theSameAnswerToOtherQuestionsIsNoDuplicate() throws IOException {
        assertThat(SmallLogs.exported(
                        folder.resolve("sft"),
                        "same_answer.jsonl",
                        ExportKind.SFT,
                        OptionalDouble.of(0.8),
                        Optional.empty()))
                .hasSize(4);
        assertThat(Files.readString(folder.resolve("sft/out/dataset/README.md")))
                .containsPattern("\\| runs \\| verdict \\| MIT \\| 4 \\| 4 \\| rules \\| 1\\.0\\.0\\+[0-9a-f]{12} \\|");
        assertThat(SmallLogs.exported(
                        folder.resolve("rag"),
                        "same_answer.jsonl",
                        ExportKind.RAG,
                        OptionalDouble.of(0.8),
                        Optional.empty()))
                .hasSize(4);
    }

    @Test
    void pairsWithOtherRejectedAnswersAreNoDuplicates() throws IOException {
        assertThat(SmallLogs.exported(
                        folder, "pairs.jsonl", ExportKind.PREFERENCE, OptionalDouble.of(0.8), Optional.empty()))
                .hasSize(3);
    }

    @Test
    void benchmarkQuestionsAreFoundShortAndInOtherLetters() throws IOException {
        List<JsonNode> left = SmallLogs.exported(
                folder,
                "contaminated.jsonl",
                ExportKind.SFT,
                OptionalDouble.empty(),
                Optional.of("short_benchmark.jsonl"));
        assertThat(left).extracting(row -> row.get("source_run_id").asString()).containsExactly("c9");
    }
}
