package dev.assay.distil;

import dev.assay.distil.internal.JsonPart;
import dev.assay.receipt.CanonicalBytes;
import tools.jackson.databind.JsonNode;

/// Where a row comes from.
///
/// @param sourceFile the path inside the source folder, `/` between parts, without `.gz`
/// @param position   line, element or data row, from 0
/// @param sigHash    SHA-256 of the canonical form of the source row
/// @param recordedAt when it was recorded, given by the caller
public record RowProvenance(String sourceFile, long position, String sigHash, String recordedAt) {
    private static final byte[] SOURCE_FILE = JsonPart.name("source_file");
    private static final byte[] POSITION = JsonPart.name("position");
    private static final byte[] SIG_HASH = JsonPart.name("sig_hash");
    private static final byte[] RECORDED_AT = JsonPart.name("recorded_at");

    /// From the `provenance` of a record that keeps to the schema.
    public static RowProvenance of(JsonNode node) {
        return new RowProvenance(
                node.get("source_file").stringValue(),
                node.get("position").longValue(),
                node.get("sig_hash").stringValue(),
                node.get("recorded_at").stringValue());
    }

    /// From the `provenance` on a line that this program wrote.
    ///
    /// @throws IllegalArgumentException if it is none
    public static RowProvenance of(JsonPart part) {
        JsonPart position = part.member(POSITION);
        if (position == null) {
            throw new IllegalArgumentException("the provenance has no position");
        }
        return new RowProvenance(text(part, SOURCE_FILE), position.whole(), sigHash(part), text(part, RECORDED_AT));
    }

    /// The hash alone, as [#of(JsonPart)].
    public static String sigHash(JsonPart part) {
        return text(part, SIG_HASH);
    }

    private static String text(JsonPart part, byte[] name) {
        JsonPart member = part.member(name);
        if (member == null || !member.isText()) {
            throw new IllegalArgumentException("the provenance is not whole");
        }
        return member.text();
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
