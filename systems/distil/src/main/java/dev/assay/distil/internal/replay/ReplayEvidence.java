package dev.assay.distil.internal.replay;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplayTask;
import dev.assay.receipt.Digest;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Replayed tasks as evidence: the gate's verdict is 1 or 0, and there is no observer, so that rules cannot
/// accept a run that nobody has looked at.
public final class ReplayEvidence {
    /// The stream of replayed tasks.
    public static final String STREAM = "replay";

    private ReplayEvidence() {}

    /// The evidence of a run.
    ///
    /// @param task     the task with its reference
    /// @param file     the name of the log
    /// @param position the run's line in it, from 0
    public static EvidenceRecord of(ReplayRun run, ReplayTask task, String file, long position) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode fields = json.objectNode();
        fields.put("schema_version", 1);
        fields.put(
                "run_id",
                String.join(
                        ":",
                        List.of(
                                STREAM,
                                run.taskId(),
                                run.arm().text(),
                                run.model(),
                                run.promptSha256().substring(0, 12))));
        fields.put("task_id", run.taskId());
        fields.put("timestamp", run.recordedAt());
        fields.put("timestamp_source", "pinned");
        fields.put("stream", STREAM);
        fields.put("stream_class", "verdict");
        fields.put("role", "executor");
        fields.put("model_name", run.model());
        fields.put("prompt", run.task());
        if (run.modelError().isEmpty()) {
            fields.put("text", run.response());
        }
        task.reference().ifPresent(reference -> fields.put("reference", reference));
        fields.put("verdict", run.passed() ? 1 : 0);
        fields.put("verdict_source", "gate");
        run.verdict()
                .ifPresent(verdict -> verdict.grounded()
                        .ifPresent(fraction ->
                                fields.putObject("validation_results").put("grounded_fraction", fraction)));
        ArrayNode markers = json.arrayNode();
        run.verdict().map(GateVerdict::reasons).orElse(List.of()).forEach(reason -> markers.add(reason.text()));
        run.modelError().ifPresent(error -> markers.add("model_error"));
        if (!markers.isEmpty()) {
            fields.set("failure_markers", markers);
        }
        fields.put("latency_ms", run.latencyMs());
        run.finishReason().ifPresent(reason -> fields.putObject("metadata").put("finish_reason", reason));
        run.usage().ifPresent(usage -> {
            fields.put("prompt_tokens", usage.promptTokens());
            fields.put("completion_tokens", usage.completionTokens());
        });
        if (!run.bundle().ragIds().isEmpty()) {
            ArrayNode context = fields.putArray("retrieved_context");
            for (int i = 0; i < run.bundle().ragIds().size(); i++) {
                context.addObject()
                        .put("rag_id", run.bundle().ragIds().get(i))
                        .put("score", run.bundle().scores().get(i));
            }
        }
        fields.putObject("provenance")
                .put("source_file", file)
                .put("position", position)
                .put("sig_hash", Digest.of(run.line()).hex())
                .put("recorded_at", run.recordedAt());
        return EvidenceRecord.of(fields);
    }
}
