package dev.assay.distil;

import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final ObjectNode node;
    private final String id;
    private final String line;

    private EvidenceRecord(ObjectNode node, String id, String line) {
        this.node = node;
        this.id = id;
        this.line = line;
    }

    /// The record of these fields, everything but `id`.
    ///
    /// @throws IllegalArgumentException in one sentence without any value, if the fields break the schema
    public static EvidenceRecord of(ObjectNode fields) {
        EvidenceSchema.check(fields);
        SortedMap<String, String> members = new TreeMap<>();
        for (String name : fields.propertyNames()) {
            if (!name.equals("id")) {
                members.put(name, CanonicalJson.of(fields.get(name)));
            }
        }
        String recorded = members.get("provenance");
        ObjectNode unrecorded = (ObjectNode) fields.get("provenance").deepCopy();
        unrecorded.remove("recorded_at");
        members.put("provenance", CanonicalJson.of(unrecorded));
        String id = Digest.of(joined(members)).hex();
        members.put("provenance", String.valueOf(recorded));
        members.put("id", '"' + id + '"');
        return new EvidenceRecord(fields, id, joined(members));
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

    /// The members in canonical order; what is needed to sort them once.
    private static String joined(SortedMap<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append('"').append(name).append("\":").append(value);
        });
        return text.append('}').toString();
    }

    private static @Nullable String text(JsonNode of, String name) {
        JsonNode value = of.get(name);
        return value == null || !value.isString() ? null : value.stringValue();
    }

    /// The line of an evidence file, canonical, without line feed.
    public String line() {
        return line;
    }

    /// SHA-256 in hex.
    public String id() {
        return id;
    }

    /// Unique in the stream.
    public String runId() {
        return String.valueOf(text(node, "run_id"));
    }

    /// Shared by runs that compare.
    public String taskId() {
        return String.valueOf(text(node, "task_id"));
    }

    /// Lower case, digits, `_` and `-`.
    public String stream() {
        return String.valueOf(text(node, "stream"));
    }

    /// RFC 3339, UTC.
    public String timestamp() {
        return String.valueOf(text(node, "timestamp"));
    }

    /// Where it stands in the source.
    public RowProvenance provenance() {
        return RowProvenance.of(node.get("provenance"));
    }

    /// What was asked.
    public Optional<String> prompt() {
        return Optional.ofNullable(text(node, "prompt"));
    }

    /// What was given with it.
    public Optional<String> context() {
        return Optional.ofNullable(text(node, "context"));
    }

    /// What was answered.
    public Optional<String> text() {
        return Optional.ofNullable(text(node, "text"));
    }

    /// Who answered.
    public Optional<String> modelName() {
        return Optional.ofNullable(text(node, "model_name"));
    }

    /// As recorded by the source.
    public OptionalDouble verdict() {
        JsonNode value = node.get("verdict");
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
    }

    /// Files that the row speaks of.
    public java.util.List<String> sourceFiles() {
        JsonNode list = node.get("source_files");
        java.util.List<String> files = new java.util.ArrayList<>();
        for (int i = 0; list != null && i < list.size(); i++) {
            files.add(list.get(i).stringValue());
        }
        return files;
    }

    /// Whether a field is there.
    public boolean has(String field) {
        return node.has(field);
    }

    /// The fields as a tree; not to be changed.
    public JsonNode tree() {
        return node;
    }
}
