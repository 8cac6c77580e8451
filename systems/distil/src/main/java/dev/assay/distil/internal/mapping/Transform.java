package dev.assay.distil.internal.mapping;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.RowProvenance;
import dev.assay.distil.RowTransform;
import dev.assay.distil.StreamClass;
import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.RecordDraft;
import dev.assay.fault.Limits;
import java.util.List;
import java.util.Map;
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

    Transform(String stream, StreamClass streamClass, boolean timePinned, Map<String, FieldSource> mapped) {
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
    public Outcome apply(byte[] row, String sigHash, String sourceFile, long position, String recordedAt) {
        String missing = "";
        String at = "";
        try {
            Row looked = new Row(new LineView(row, Limits.ofProcess()), position, List.of());
            RecordDraft draft = new RecordDraft(new RowProvenance(sourceFile, position, sigHash, recordedAt));
            for (Map.Entry<String, FieldSource> field : fields) {
                at = field.getKey();
                if (!field.getValue().add(at, looked, draft)) {
                    if (at.equals(TIMESTAMP_SOURCE)) {
                        draft.add(at, timestampSource);
                    } else if (missing.isEmpty() && MAPPED_AND_REQUIRED.contains(at)) {
                        missing = at;
                    }
                }
            }
            return missing.isEmpty()
                    ? new Outcome.Made(EvidenceRecord.of(draft))
                    : new Outcome.Skipped("missing_required", "the row gives no '" + missing + "'");
        } catch (Conversion e) {
            return new Outcome.Skipped("conversion", "field '" + at + "': " + e.sentence());
        } catch (IllegalArgumentException e) {
            return new Outcome.Skipped("schema_violation", String.valueOf(e.getMessage()));
        }
    }
}
