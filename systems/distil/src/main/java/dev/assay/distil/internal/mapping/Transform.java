package dev.assay.distil.internal.mapping;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.RowProvenance;
import dev.assay.distil.RowTransform;
import dev.assay.distil.StreamClass;
import dev.assay.distil.internal.EvidenceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Runs a mapping.
final class Transform implements RowTransform {
    private static final Set<String> MAPPED_AND_REQUIRED = Set.of("run_id", "task_id", "timestamp");

    private static final String TIMESTAMP_SOURCE = "timestamp_source";

    /// In the order of their names.
    private final List<Map.Entry<String, FieldSource>> fields;

    private final JsonNode timestampSource;
    private final Optional<Set<String>> members;

    Transform(
            String stream,
            StreamClass streamClass,
            boolean timePinned,
            Map<String, FieldSource> mapped,
            Set<String> members) {
        // A path that begins with the row itself may lead anywhere.
        this.members = members.contains("") ? Optional.empty() : Optional.of(Set.copyOf(members));
        JsonNodeFactory make = JsonNodeFactory.instance;
        this.timestampSource = make.stringNode(timePinned ? "pinned" : "row");
        SortedMap<String, FieldSource> all = new TreeMap<>(mapped);
        all.put("schema_version", new FieldSource.Fixed(make.numberNode(EvidenceSchema.VERSION)));
        all.put("stream", new FieldSource.Fixed(make.stringNode(stream)));
        all.put("stream_class", new FieldSource.Fixed(make.stringNode(streamClass.text())));
        all.putIfAbsent(TIMESTAMP_SOURCE, new FieldSource.Fixed(timestampSource));
        this.fields = List.copyOf(all.entrySet());
    }

    @Override
    public Optional<Set<String>> fields() {
        return members;
    }

    @Override
    public Outcome apply(JsonNode row, String sigHash, String sourceFile, long position, String recordedAt) {
        List<Map.Entry<String, JsonNode>> record = new ArrayList<>(fields.size());
        Row looked = new Row(row, position, List.of());
        String missing = "";
        for (Map.Entry<String, FieldSource> field : fields) {
            String name = field.getKey();
            JsonNode value;
            try {
                value = field.getValue().value(looked);
            } catch (Conversion e) {
                return new Outcome.Skipped("conversion", "field '" + name + "': " + e.sentence());
            }
            if (value == null && name.equals(TIMESTAMP_SOURCE)) {
                value = timestampSource;
            }
            if (value != null) {
                record.add(Map.entry(name, value));
            } else if (missing.isEmpty() && MAPPED_AND_REQUIRED.contains(name)) {
                missing = name;
            }
        }
        if (!missing.isEmpty()) {
            return new Outcome.Skipped("missing_required", "the row gives no '" + missing + "'");
        }
        try {
            return new Outcome.Made(
                    EvidenceRecord.of(record, new RowProvenance(sourceFile, position, sigHash, recordedAt)));
        } catch (IllegalArgumentException e) {
            return new Outcome.Skipped("schema_violation", String.valueOf(e.getMessage()));
        }
    }
}
