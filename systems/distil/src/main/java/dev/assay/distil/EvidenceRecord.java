package dev.assay.distil;

import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.RecordDraft;
import dev.assay.receipt.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One run of a model, as evidence: what was asked, given, answered and judged, and the row of the source
/// file where all of that stands. Immutable; every record keeps to the schema, version 1.
///
/// | field | type | |
/// |---|---|---|
/// | `schema_version`, `id`, `run_id`, `task_id`, `timestamp`, `timestamp_source`, `stream`, `stream_class`,
/// `provenance` | | required |
/// | `role`, `observer_verdict`, `model_name`, `model_provider`, `prompt`, `context`, `text`, `reference`,
/// `verdict_source`, `code_version` | text | |
/// | `verdict`, `cost_usd` | number | |
/// | `latency_ms`, `prompt_tokens`, `completion_tokens` | whole number, 0 or more | |
/// | `success_markers`, `failure_markers`, `source_files` | list of texts | |
/// | `metrics`, `validation_results` | map from text to number | |
/// | `metadata` | map from text to text, never copied into exports | |
/// | `retrieved_context` | list of `{rag_id, score}` | |
///
/// The id is the SHA-256 of the canonical form (RFC 8785) without `id` and `provenance.recorded_at`: the same
/// row, mapping and rules give the same id whenever it was recorded.
public final class EvidenceRecord {
    private final byte[] line;
    private final String id;
    // Found in the line when asked for the first time; whoever finds one finds the same.
    private @Nullable LineView view;
    private @Nullable String runId;
    private @Nullable String timestamp;
    private @Nullable String prompt;
    private @Nullable String text;

    private EvidenceRecord(byte[] line, String id) {
        this.line = line;
        this.id = id;
    }

    private LineView view() {
        LineView known = view;
        if (known == null) {
            known = new LineView(line);
            view = known;
        }
        return known;
    }

    /// The record of these fields, everything but `id`, in any order.
    ///
    /// @throws IllegalArgumentException in one sentence without any value, if the fields break the schema
    public static EvidenceRecord of(ObjectNode fields) {
        JsonNode provenance = fields.path("provenance");
        EvidenceSchema.check("provenance", provenance);
        RecordDraft draft = new RecordDraft(RowProvenance.of(provenance));
        fields.properties().stream()
                .filter(field -> !field.getKey().equals("id") && !field.getKey().equals("provenance"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> draft.add(field.getKey(), field.getValue()));
        return of(draft);
    }

    /// The record that was drafted.
    ///
    /// @throws IllegalArgumentException in one sentence, if a field is missing
    public static EvidenceRecord of(RecordDraft draft) {
        RecordDraft.Line line = draft.end();
        EvidenceRecord record = new EvidenceRecord(line.bytes(), line.id());
        record.runId = line.runId();
        record.timestamp = line.timestamp();
        return record;
    }

    /// The record on a line of an evidence file.
    ///
    /// @throws IllegalArgumentException in one sentence if the line is no record, or its id is not that of
    ///     its content
    public static EvidenceRecord parse(String line) {
        return parse(CanonicalJson.parse(line));
    }

    /// The record that a tree says.
    ///
    /// @throws IllegalArgumentException as [#parse(String)]
    public static EvidenceRecord parse(JsonNode tree) {
        if (!(tree instanceof ObjectNode fields)) {
            throw new IllegalArgumentException("the line holds no object");
        }
        String stated = text(fields, "id");
        EvidenceRecord record = of(fields);
        if (!record.id.equals(stated)) {
            throw new IllegalArgumentException("the id is not that of the content: the line was changed");
        }
        return record;
    }

    private static @Nullable String text(JsonNode of, String name) {
        JsonNode value = of.get(name);
        return value == null || !value.isString() ? null : value.stringValue();
    }

    /// The record on a line that this program wrote. Only its form is looked at; whether a file is as it was
    /// written is for its receipt to say, and [#parse(String)] checks a single line in full.
    ///
    /// @throws IllegalArgumentException in one sentence if the line is no record
    public static EvidenceRecord read(byte[] line) {
        LineView view = new LineView(line);
        for (String name : EvidenceSchema.REQUIRED) {
            if (!view.has(name)) {
                throw new IllegalArgumentException("the required field '" + name + "' is missing");
            }
        }
        EvidenceRecord record = new EvidenceRecord(line, view.needed("id"));
        record.view = view;
        return record;
    }

    /// The line of an evidence file, canonical, without line feed.
    public String line() {
        return new String(line, StandardCharsets.UTF_8);
    }

    /// The same in UTF-8; not to be changed.
    public byte[] bytes() {
        return line;
    }

    /// SHA-256 in hex.
    public String id() {
        return id;
    }

    /// Unique in the stream.
    public String runId() {
        if (runId == null) {
            runId = view().needed("run_id");
        }
        return runId;
    }

    /// Shared by runs that compare.
    public String taskId() {
        return view().needed("task_id");
    }

    /// Letters, digits, `_` and `-`.
    public String stream() {
        return view().needed("stream");
    }

    /// RFC 3339, UTC.
    public String timestamp() {
        if (timestamp == null) {
            timestamp = view().needed("timestamp");
        }
        return timestamp;
    }

    /// `row` or `pinned`.
    public String timestampSource() {
        return view().needed("timestamp_source");
    }

    /// Where it stands in the source.
    public RowProvenance provenance() {
        return RowProvenance.of(view().there("provenance"));
    }

    /// What was asked.
    public Optional<String> prompt() {
        if (prompt == null) {
            prompt = view().text("prompt");
        }
        return Optional.ofNullable(prompt);
    }

    /// What was given with it.
    public Optional<String> context() {
        return Optional.ofNullable(view().text("context"));
    }

    /// What was answered.
    public Optional<String> text() {
        if (text == null) {
            text = view().text("text");
        }
        return Optional.ofNullable(text);
    }

    /// Who answered.
    public Optional<String> modelName() {
        return Optional.ofNullable(view().text("model_name"));
    }

    /// As recorded by the source.
    public OptionalDouble verdict() {
        String raw = view().raw("verdict");
        return raw == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(raw));
    }

    /// Files that the row speaks of.
    public List<String> sourceFiles() {
        JsonNode list = view().tree("source_files");
        return list == null
                ? List.of()
                : list.valueStream().map(JsonNode::stringValue).toList();
    }

    /// Whether a field is there.
    public boolean has(String field) {
        return view().has(field);
    }

    /// The fields as a tree.
    public JsonNode tree() {
        return CanonicalJson.parse(line);
    }

    /// The members of its line.
    public LineView members() {
        return view();
    }
}
