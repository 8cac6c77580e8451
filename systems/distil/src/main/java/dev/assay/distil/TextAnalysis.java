package dev.assay.distil;

import dev.assay.distil.internal.retrieve.Analysers;
import java.util.List;
import java.util.Locale;

/// How texts become tokens, in documents and in queries alike.
public enum TextAnalysis {
    /// Words by the Unicode standard (UAX 29), English possessive removed, lower case, Lucene's 33 English stop
    /// words removed, Porter's stems (1980).
    ENGLISH,
    /// Maximal runs of letters and digits in lower case (root locale), the same stop words removed, no stems.
    PLAIN;

    /// The tokens of a text, in order, with repetitions.
    public List<String> tokens(String text) {
        return switch (this) {
            case ENGLISH -> Analysers.english(text);
            case PLAIN -> Analysers.plain(text);
        };
    }

    /// As it stands in files: `english`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
