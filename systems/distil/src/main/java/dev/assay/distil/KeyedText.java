package dev.assay.distil;

import java.util.List;
import java.util.Objects;

/// A text and the key it is known by.
///
/// @param key  names the text and orders it: of texts that are alike the one with the earliest key is kept.
///             Keys are unique among the texts of one call and compared by code points, which is the order of
///             their UTF-8 bytes
/// @param parts what it says, such as question and answer, 1 to [#MOST_PARTS]; each may be empty. The
///     texts of one call have the same parts
public record KeyedText(String key, List<String> parts) {
    /// A sample of preferences has prompt, context, the answer chosen and the one rejected.
    public static final int MOST_PARTS = 4;

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there are no parts or too many
    public KeyedText {
        Objects.requireNonNull(key);
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("a text has 1 to " + MOST_PARTS + " parts, got " + parts.size());
        }
    }

    /// A text in one part.
    public KeyedText(String key, String text) {
        this(key, List.of(text));
    }

    /// All parts, a line feed between.
    public String text() {
        return String.join("\n", parts);
    }
}
