package dev.assay.distil;

import java.util.Objects;

/// A text and the key it is known by.
///
/// @param key  names the text and orders it: of texts that are alike the one with the earliest key is kept.
///             Keys are unique among the texts of one call and compared by code points, which is the order of
///             their UTF-8 bytes
/// @param text what it says; may be empty
public record KeyedText(String key, String text) {
    public KeyedText {
        Objects.requireNonNull(key);
        Objects.requireNonNull(text);
    }
}
