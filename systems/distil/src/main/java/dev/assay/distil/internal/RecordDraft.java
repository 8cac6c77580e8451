package dev.assay.distil.internal;

import dev.assay.distil.RowProvenance;
import dev.assay.receipt.CanonicalBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A record of evidence on its way into a line: fields are added in the order of their names. Held against the
/// schema while it is made. For one thread.
public final class RecordDraft {
    private static final int LIKELY_BYTES = 2048;
    private static final List<String> REQUIRED = EvidenceSchema.REQUIRED.stream()
            .filter(name -> !name.equals("provenance"))
            .sorted()
            .toList();

    private final RowProvenance provenance;

    /// What the id covers. Of itself, and of when it was recorded, it has only the places.
    private final CanonicalBytes covered = new CanonicalBytes(LIKELY_BYTES).plain('{');

    private int idAt = -1;
    private int recordedAt = -1;
    private int required;
    private String last = "";
    private String runId = "";
    private String timestamp = "";

    /// @throws IllegalArgumentException in one sentence without any value, if the provenance breaks the schema
    public RecordDraft(RowProvenance provenance) {
        EvidenceSchema.check(provenance);
        this.provenance = provenance;
    }

    /// Adds a field.
    ///
    /// @throws IllegalArgumentException in one sentence without any value, if it breaks the schema
    public void add(String name, JsonNode value) {
        EvidenceSchema.check(name, value);
        begin(name);
        if (value.isString()) {
            String text = value.stringValue();
            covered.text(text);
            runId = name.equals("run_id") ? text : runId;
            timestamp = name.equals("timestamp") ? text : timestamp;
        } else {
            covered.value(value);
        }
        covered.plain(',');
    }

    /// Adds a field that may be any text.
    ///
    /// @param text a text
    public void addText(String name, JsonPart text) {
        if (EvidenceSchema.FIELDS.get(name) != EvidenceSchema.Type.TEXT) {
            throw new IllegalArgumentException("the field '" + name + "' is not any text");
        }
        begin(name);
        text.appendTo(covered);
        covered.plain(',');
        if (name.equals("run_id")) {
            runId = text.text();
        }
    }

    private void begin(String name) {
        if (name.compareTo(last) <= 0 || name.equals("id") || name.equals("provenance")) {
            throw new IllegalStateException("field '" + name + "' comes after '" + last + "'");
        }
        last = name;
        if (required < REQUIRED.size() && name.equals(REQUIRED.get(required))) {
            required++;
        }
        if (idAt < 0 && name.compareTo("id") > 0) {
            idAt = covered.length();
        }
        if (recordedAt < 0 && name.compareTo("provenance") > 0) {
            covered.plain("\"provenance\":{\"position\":")
                    .whole(provenance.position())
                    .plain(',');
            recordedAt = covered.length();
            covered.plain("\"sig_hash\":").text(provenance.sigHash());
            covered.plain(",\"source_file\":").text(provenance.sourceFile()).plain("},");
        }
        covered.plain('"').plain(name).plain("\":");
    }

    /// A record's line.
    ///
    /// @param bytes canonical, without line feed
    /// @param id    SHA-256 in hex
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    public record Line(byte[] bytes, String id, String runId, String timestamp) {}

    /// The line, when all fields are there.
    ///
    /// @throws IllegalArgumentException naming a field that is missing
    public Line end() {
        if (required < REQUIRED.size()) {
            throw new IllegalArgumentException("the required field '" + REQUIRED.get(required) + "' is missing");
        }
        int length = covered.closed('}').length();
        String id = covered.digest().hex();
        byte[] own = ("\"id\":\"" + id + "\",").getBytes(StandardCharsets.US_ASCII);
        // A time has nothing to escape.
        byte[] time = ("\"recorded_at\":\"" + provenance.recordedAt() + "\",").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[length + own.length + time.length];
        int at = covered.copyTo(line, 0, 0, idAt);
        System.arraycopy(own, 0, line, at, own.length);
        at = covered.copyTo(line, at + own.length, idAt, recordedAt);
        System.arraycopy(time, 0, line, at, time.length);
        covered.copyTo(line, at + time.length, recordedAt, length);
        covered.close();
        return new Line(line, id, runId, timestamp);
    }
}
