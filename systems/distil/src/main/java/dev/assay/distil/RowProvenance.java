package dev.assay.distil;

import dev.assay.receipt.CanonicalBytes;
import tools.jackson.databind.JsonNode;

/// Where a row comes from.
///
/// @param sourceFile the path inside the source folder, `/` between parts, without `.gz`
/// @param position   line, element or data row, from 0
/// @param sigHash    SHA-256 of the canonical form of the source row
/// @param recordedAt when it was recorded, given by the caller
public record RowProvenance(String sourceFile, long position, String sigHash, String recordedAt) {
    /// From the `provenance` of a record that keeps to the schema.
    public static RowProvenance of(JsonNode node) {
        return new RowProvenance(
                node.get("source_file").stringValue(),
                node.get("position").longValue(),
                node.get("sig_hash").stringValue(),
                node.get("recorded_at").stringValue());
    }

    /// Whether file and hash are there.
    public boolean isComplete() {
        return !sourceFile.isBlank() && position >= 0 && !sigHash.isBlank();
    }

    /// Appends the canonical form.
    public void append(CanonicalBytes out) {
        out.plain("{\"position\":").whole(position).plain(",\"recorded_at\":").text(recordedAt);
        out.plain(",\"sig_hash\":")
                .text(sigHash)
                .plain(",\"source_file\":")
                .text(sourceFile)
                .plain('}');
    }

    /// `zeroeval/gsm.json, row 17`.
    public String place() {
        return sourceFile + ", row " + position;
    }
}
