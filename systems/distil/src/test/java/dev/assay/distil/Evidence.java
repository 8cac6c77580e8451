package dev.assay.distil;

import dev.assay.distil.internal.EvidenceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A small folder of evidence, run by run.
final class Evidence {
    private static final String TIME = "2026-01-01T00:00:00Z";

    private final Path folder;
    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    private Evidence(Path folder) {
        this.folder = folder;
    }

    static Evidence of(Path folder) {
        return new Evidence(folder);
    }

    Evidence run(String runId, String taskId, String prompt) {
        return run("answers", runId, taskId, prompt);
    }

    /// @param prompt empty for none
    Evidence run(String stream, String runId, String taskId, String prompt) {
        List<String> of = lines.computeIfAbsent(stream, s -> new ArrayList<>());
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("schema_version", 1)
                .put("run_id", runId)
                .put("task_id", taskId)
                .put("timestamp", TIME)
                .put("timestamp_source", "pinned")
                .put("stream", stream)
                .put("stream_class", "verdict");
        if (!prompt.isEmpty()) {
            fields.put("prompt", prompt);
        }
        fields.putObject("provenance")
                .put("source_file", "f")
                .put("position", of.size())
                .put("sig_hash", "0".repeat(64))
                .put("recorded_at", TIME);
        of.add(EvidenceRecord.of(fields).line());
        return this;
    }

    Path write() {
        lines.forEach((stream, of) -> {
            Path file = folder.resolve(EvidenceFolder.partition(TIME, stream));
            try {
                Files.createDirectories(file.resolveSibling(""));
                Files.writeString(file, String.join("\n", of) + "\n");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        EvidenceFolder.describe(
                folder,
                lines.entrySet().stream()
                        .map(e -> new EvidenceFolder.StreamInfo(
                                e.getKey(),
                                "verdict",
                                "MIT",
                                "",
                                "",
                                "",
                                1,
                                e.getValue().size(),
                                e.getValue().size(),
                                0,
                                0))
                        .toList());
        return folder;
    }
}
