package dev.assay.report.internal;

import java.util.Locale;

/// Makes a text of unknown origin fit to be shown: what a reader could not see, or what would rearrange the
/// words around it, is written out as `[U+202E]`.
///
/// Written out are control characters, the bidirectional overrides, embeddings and isolates (U+202A to
/// U+202E, U+2066 to U+2069; see Unicode Technical Report 36, section 2.8) and halves of surrogate pairs,
/// which have no UTF-8 form. Tabs and line ends become spaces. Marks that languages need (U+200C to U+200F)
/// stay.
final class Shown {
    private Shown() {}

    /// The text as it can be shown; the same text if there is nothing to write out.
    static String of(String text) {
        if (text.codePoints().noneMatch(Shown::needsCare)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (point == '\t' || point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029) {
                out.append(' ');
            } else if (needsCare(point)) {
                out.append(String.format(Locale.ROOT, "[U+%04X]", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    private static boolean needsCare(int point) {
        return Character.isISOControl(point)
                || (point >= 0x2028 && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || (point >= 0xD800 && point <= 0xDFFF)
                || (point & 0xFFFE) == 0xFFFE;
    }
}
