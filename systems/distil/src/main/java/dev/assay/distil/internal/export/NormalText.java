package dev.assay.distil.internal.export;

import dev.assay.distil.internal.KeySet;
import dev.assay.receipt.CanonicalBytes;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// The normal form in which texts are compared: line feeds alone, Unicode NFC, no spaces or tabs at the ends
/// of lines, no white space around the whole.
public final class NormalText {
    private NormalText() {}

    /// The normal form of a text.
    public static String of(String text) {
        String unix = text.indexOf('\r') >= 0 ? text.replace("\r\n", "\n") : text;
        String composed = isComposed(unix) ? unix : Normalizer.normalize(unix, Normalizer.Form.NFC);
        String trimmed = composed.contains(" \n") || composed.contains("\t\n") ? withoutLineEnds(composed) : composed;
        int begin = 0;
        int stop = trimmed.length();
        while (begin < stop && isEdge(trimmed.charAt(begin))) {
            begin++;
        }
        while (stop > begin && isEdge(trimmed.charAt(stop - 1))) {
            stop--;
        }
        return trimmed.substring(begin, stop);
    }

    /// Whether it is in NFC: of ASCII that is known at once.
    private static boolean isComposed(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length == text.length()
                || Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    private static String withoutLineEnds(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (true) {
            int end = text.indexOf('\n', from);
            int stop = end < 0 ? text.length() : end;
            int last = stop;
            while (last > from && (text.charAt(last - 1) == ' ' || text.charAt(last - 1) == '\t')) {
                last--;
            }
            out.append(text, from, last);
            if (end < 0) {
                return out.toString();
            }
            out.append('\n');
            from = end + 1;
        }
    }

    private static boolean isEdge(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    /// Known again by SHA-256 of the canonical form of the list of the normal forms of prompt, context and
    /// text.
    public static KeySet.Key contentKey(String prompt, String context, String text) {
        try (CanonicalBytes list = new CanonicalBytes(prompt.length() + context.length() + text.length() + 256)) {
            list.plain('[').text(of(prompt)).plain(',').text(of(context));
            list.plain(',').text(of(text)).plain(']');
            return KeySet.Key.of(list.sha256());
        }
    }
}
