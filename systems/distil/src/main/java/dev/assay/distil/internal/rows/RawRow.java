package dev.assay.distil.internal.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A row of a source file before anybody looked at it.
///
/// @param position from 0, as its format counts
/// @param json     the bytes of a JSON value, or null
/// @param node     the row as a tree if the format is not JSON, or null
/// @param trouble  why it cannot be read at all, or null
public record RawRow(
        long position,
        byte @Nullable [] json,
        @Nullable JsonNode node,
        @Nullable String trouble) {
    /// The bytes of the JSON value.
    ///
    /// @throws IllegalArgumentException in one sentence if there are none
    public byte[] bytes() {
        if (json == null) {
            throw new IllegalArgumentException(trouble == null ? "the row is no JSON" : trouble);
        }
        return json;
    }

    public static RawRow json(long position, byte[] bytes) {
        return new RawRow(position, bytes, null, null);
    }

    public static RawRow tree(long position, JsonNode node) {
        return new RawRow(position, null, node, null);
    }

    public static RawRow unreadable(long position, String sentence) {
        return new RawRow(position, null, null, sentence);
    }
}
