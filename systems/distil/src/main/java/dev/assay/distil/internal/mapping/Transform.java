package dev.assay.distil.internal.mapping;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.RowTransform;
import dev.assay.distil.StreamClass;
import dev.assay.distil.internal.EvidenceSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Runs a mapping.
final class Transform implements RowTransform {
    private static final List<String> MAPPED_AND_REQUIRED = List.of("run_id", "task_id", "timestamp");

    private final String stream;
    private final StreamClass streamClass;
    private final boolean timePinned;
    private final Map<String, FieldSource> fields;

    private final Optional<Set<String>> members;

    Transform(
            String stream,
            StreamClass streamClass,
            boolean timePinned,
            Map<String, FieldSource> fields,
            Set<String> members) {
        // A path that begins with the row itself may lead anywhere.
        this.members = members.contains("") ? Optional.empty() : Optional.of(Set.copyOf(members));
        this.stream = stream;
        this.streamClass = streamClass;
        this.timePinned = timePinned;
        this.fields = Map.copyOf(fields);
    }

    @Override
    public Optional<Set<String>> fields() {
        return members;
    }

    @Override
    public Outcome apply(JsonNode row, String sigHash, String sourceFile, long position, String recordedAt) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        Row looked = new Row(row, position, List.of());
        for (Map.Entry<String, FieldSource> field : fields.entrySet()) {
            JsonNode value;
            try {
                value = field.getValue().value(looked);
            } catch (Conversion e) {
                return new Outcome.Skipped("conversion", "field '" + field.getKey() + "': " + e.sentence());
            }
            if (value != null) {
                record.set(field.getKey(), value);
            }
        }
        for (String name : MAPPED_AND_REQUIRED) {
            if (!record.has(name)) {
                return new Outcome.Skipped("missing_required", "the row gives no '" + name + "'");
            }
        }
        record.put("schema_version", EvidenceSchema.VERSION);
        record.put("stream", stream);
        record.put("stream_class", streamClass.text());
        if (!record.has("timestamp_source")) {
            record.put("timestamp_source", timePinned ? "pinned" : "row");
        }
        record.putObject("provenance")
                .put("source_file", sourceFile)
                .put("position", position)
                .put("sig_hash", sigHash)
                .put("recorded_at", recordedAt);
        try {
            return new Outcome.Made(EvidenceRecord.of(record));
        } catch (IllegalArgumentException e) {
            return new Outcome.Skipped("schema_violation", String.valueOf(e.getMessage()));
        }
    }
}
