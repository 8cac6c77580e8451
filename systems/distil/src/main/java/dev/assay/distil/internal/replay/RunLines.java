package dev.assay.distil.internal.replay;

import dev.assay.distil.GateVerdict;
import dev.assay.distil.ReplayArm;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.internal.JsonLine;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.JsonLines;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Replayed tasks as lines of a log.
public final class RunLines {
    private static final int SCHEMA_VERSION = 1;

    private RunLines() {}

    /// The line of a run.
    public static String line(ReplayRun run) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        run.bundle().ownRuns().ifPresent(own -> bundle.put("own_runs", own));
        bundle.put("rag_ids", run.bundle().ragIds());
        bundle.put("retrieval", run.bundle().outcome());
        bundle.put("scores", run.bundle().scores());
        bundle.put("steps", run.bundle().steps());
        Map<String, Object> gate = new LinkedHashMap<>();
        gate.put("passed", run.passed());
        gate.put(
                "reasons",
                run.verdict().map(GateVerdict::reasons).orElse(List.of()).stream()
                        .map(GateVerdict.Reason::text)
                        .toList());
        JsonLine line = new JsonLine()
                .text("arm", run.arm().text())
                .value("bundle", bundle)
                .texts("escalation_path", run.escalationPath());
        run.finishReason().ifPresent(reason -> line.text("finish_reason", reason));
        line.value("gate", gate);
        run.verdict()
                .map(GateVerdict::grounded)
                .ifPresent(grounded -> grounded.ifPresent(fraction -> line.value("grounded_fraction", fraction)));
        line.whole("latency_ms", run.latencyMs()).text("model", run.model());
        run.modelError().ifPresent(error -> line.text("model_error", error));
        line.text("prompt_sha256", run.promptSha256())
                .text("recorded_at", run.recordedAt())
                .text("response", run.response())
                .whole("schema_version", SCHEMA_VERSION)
                .text("task", run.task())
                .text("task_hash", run.taskHash())
                .text("task_id", run.taskId());
        run.usage()
                .ifPresent(usage -> line.value(
                        "usage",
                        Map.of("prompt_tokens", usage.promptTokens(), "completion_tokens", usage.completionTokens())));
        return new String(line.end(), StandardCharsets.UTF_8);
    }

    /// The runs of a log.
    public static List<ReplayRun> read(Path log) {
        List<ReplayRun> runs = new ArrayList<>();
        try {
            JsonLines.each(log, line -> {
                try {
                    runs.add(run(CanonicalJson.parse(line.bytes())));
                } catch (IllegalArgumentException | JacksonException e) {
                    throw Fault.of(
                                    Fault.Kind.MALFORMED_FILE,
                                    "the line is no replayed task of version 1: give a log that distil.replay made")
                            .at(JsonLines.place(line, String.valueOf(log.getFileName())))
                            .causedBy(e);
                }
            });
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the log of a replay cannot be read: give what distil.replay made")
                    .at(log.toString())
                    .causedBy(e);
        }
        return runs;
    }

    /// The runs of a log of which some lines may be damaged or half written; those are left out.
    ///
    /// @throws Fault (STORAGE) if the file cannot be read
    static List<ReplayRun> readable(Path log) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(log);
        } catch (IOException e) {
            throw Storage.fault(log, e);
        }
        List<ReplayRun> runs = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int end = CanonicalJson.endOfLine(bytes, from, bytes.length);
            if (end == bytes.length) {
                break;
            }
            try {
                runs.add(run(CanonicalJson.parse(Arrays.copyOfRange(bytes, from, end))));
            } catch (IllegalArgumentException | JacksonException e) {
                // Not whole.
            }
            from = end + 1;
        }
        return runs;
    }

    private static ReplayRun run(JsonNode row) {
        if (row.path("schema_version").longValue(0) != SCHEMA_VERSION) {
            throw new IllegalArgumentException("another version");
        }
        JsonNode bundle = row.path("bundle");
        JsonNode gate = row.path("gate");
        List<GateVerdict.Reason> reasons = texts(gate, "reasons").stream()
                .map(reason -> GateVerdict.Reason.valueOf(reason.toUpperCase(Locale.ROOT)))
                .toList();
        boolean passed = gate.path("passed").booleanValue();
        OptionalDouble grounded = row.has("grounded_fraction")
                ? OptionalDouble.of(row.get("grounded_fraction").doubleValue())
                : OptionalDouble.empty();
        List<Double> scores = new ArrayList<>();
        bundle.path("scores").forEach(score -> scores.add(score.doubleValue()));
        return new ReplayRun(
                text(row, "task_id"),
                text(row, "task"),
                text(row, "task_hash"),
                ReplayArm.valueOf(text(row, "arm").toUpperCase(Locale.ROOT)),
                text(row, "model"),
                texts(row, "escalation_path"),
                new ReplayRun.Retrieved(
                        text(bundle, "retrieval"),
                        texts(bundle, "rag_ids"),
                        scores,
                        texts(bundle, "steps"),
                        ownRuns(bundle)),
                text(row, "prompt_sha256"),
                text(row, "response"),
                passed || !reasons.isEmpty() ? Optional.of(new GateVerdict(reasons, grounded)) : Optional.empty(),
                row.has("finish_reason") ? Optional.of(text(row, "finish_reason")) : Optional.empty(),
                row.has("usage")
                        ? Optional.of(new ReplayRun.Usage(
                                row.get("usage").path("prompt_tokens").longValue(),
                                row.get("usage").path("completion_tokens").longValue()))
                        : Optional.empty(),
                row.path("latency_ms").longValue(),
                row.has("model_error") ? Optional.of(text(row, "model_error")) : Optional.empty(),
                text(row, "recorded_at"));
    }

    /// Absent from lines of replays that did not know.
    private static OptionalInt ownRuns(JsonNode bundle) {
        JsonNode value = bundle.get("own_runs");
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw new IllegalArgumentException("the member 'own_runs' is no count");
        }
        return OptionalInt.of(value.intValue());
    }

    private static String text(JsonNode row, String member) {
        JsonNode value = row.get(member);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("the member '" + member + "' is missing or no text");
        }
        return value.stringValue();
    }

    private static List<String> texts(JsonNode row, String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : row.path(member)) {
            if (!each.isString()) {
                throw new IllegalArgumentException("the member '" + member + "' holds something else than texts");
            }
            texts.add(each.stringValue());
        }
        return texts;
    }
}
