package dev.assay.distil;

import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.LineView;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
    private final LineView view;
    private final String id;
    private @Nullable String prompt;
    private @Nullable String text;

    private EvidenceRecord(LineView view, String id) {
        this.view = view;
        this.id = id;
    }

    /// The record of these fields, everything but `id`.
    ///
    /// @throws IllegalArgumentException in one sentence without any value, if the fields break the schema
    public static EvidenceRecord of(ObjectNode fields) {
        EvidenceSchema.check(fields);
        List<String> names = new ArrayList<>(fields.propertyNames());
        names.remove("id");
        names.sort(null);
        // The line in three parts: between them stand the id and when it was recorded, which the id does not cover.
        StringBuilder[] parts = {new StringBuilder("{"), new StringBuilder(), new StringBuilder()};
        String recordedAt = "";
        int part = 0;
        for (String name : names) {
            if (part == 0 && name.compareTo("id") > 0) {
                part = 1;
            }
            StringBuilder out = parts[part];
            out.append('"').append(name).append("\":");
            JsonNode value = fields.get(name);
            if (name.equals("provenance")) {
                RowProvenance provenance = RowProvenance.of(value);
                recordedAt = provenance.recordedAt();
                out.append("{\"position\":").append(provenance.position()).append(',');
                part = 2;
                CanonicalJson.append(parts[2].append("\"sig_hash\":"), provenance.sigHash());
                CanonicalJson.append(parts[2].append(",\"source_file\":"), provenance.sourceFile());
                parts[2].append('}');
            } else if (value.isString()) {
                CanonicalJson.append(out, value.stringValue());
            } else {
                out.append(CanonicalJson.of(value));
            }
            parts[part].append(',');
        }
        parts[2].setCharAt(parts[2].length() - 1, '}');
        byte[][] bytes = new byte[parts.length][];
        MessageDigest sha = Digest.sha256();
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].toString().getBytes(StandardCharsets.UTF_8);
            sha.update(bytes[i]);
        }
        String id = Digest.from(sha).hex();
        ByteArrayOutputStream line =
                new ByteArrayOutputStream(bytes[0].length + bytes[1].length + bytes[2].length + 128);
        line.writeBytes(bytes[0]);
        line.writeBytes(("\"id\":\"" + id + "\",").getBytes(StandardCharsets.US_ASCII));
        line.writeBytes(bytes[1]);
        line.writeBytes(("\"recorded_at\":\"" + recordedAt + "\",").getBytes(StandardCharsets.UTF_8));
        line.writeBytes(bytes[2]);
        return new EvidenceRecord(new LineView(line.toByteArray()), id);
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
        return new EvidenceRecord(view, view.needed("id"));
    }

    /// The line of an evidence file, canonical, without line feed.
    public String line() {
        return new String(view.line(), StandardCharsets.UTF_8);
    }

    /// The same in UTF-8; not to be changed.
    public byte[] bytes() {
        return view.line();
    }

    /// SHA-256 in hex.
    public String id() {
        return id;
    }

    /// Unique in the stream.
    public String runId() {
        return view.needed("run_id");
    }

    /// Shared by runs that compare.
    public String taskId() {
        return view.needed("task_id");
    }

    /// Letters, digits, `_` and `-`.
    public String stream() {
        return view.needed("stream");
    }

    /// RFC 3339, UTC.
    public String timestamp() {
        return view.needed("timestamp");
    }

    /// `row` or `pinned`.
    public String timestampSource() {
        return view.needed("timestamp_source");
    }

    /// Where it stands in the source.
    public RowProvenance provenance() {
        LineView of = view.object("provenance");
        return new RowProvenance(
                of.needed("source_file"), of.whole("position"), of.needed("sig_hash"), of.needed("recorded_at"));
    }

    /// What was asked.
    public Optional<String> prompt() {
        if (prompt == null) {
            prompt = view.text("prompt");
        }
        return Optional.ofNullable(prompt);
    }

    /// What was given with it.
    public Optional<String> context() {
        return Optional.ofNullable(view.text("context"));
    }

    /// What was answered.
    public Optional<String> text() {
        if (text == null) {
            text = view.text("text");
        }
        return Optional.ofNullable(text);
    }

    /// Who answered.
    public Optional<String> modelName() {
        return Optional.ofNullable(view.text("model_name"));
    }

    /// As recorded by the source.
    public OptionalDouble verdict() {
        String raw = view.raw("verdict");
        return raw == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(raw));
    }

    /// Files that the row speaks of.
    public List<String> sourceFiles() {
        JsonNode list = view.tree("source_files");
        return list == null
                ? List.of()
                : list.valueStream().map(JsonNode::stringValue).toList();
    }

    /// Whether a field is there.
    public boolean has(String field) {
        return view.has(field);
    }

    /// The fields as a tree.
    public JsonNode tree() {
        return CanonicalJson.parse(view.line());
    }

    /// Some fields as a tree, those of them that are there.
    public JsonNode tree(Set<String> fields) {
        return view.tree(fields);
    }
}
