package dev.assay.distil.internal.export;

import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.text.Normalizer;

/// The normal form in which texts are compared: line feeds alone, Unicode NFC, no spaces or tabs at the ends
/// of lines, no white space around the whole.
public final class NormalText {
    private NormalText() {}

    /// The normal form of a text.
    public static String of(String text) {
        String unix = text.indexOf('\r') >= 0 ? text.replace("\r\n", "\n") : text;
        String composed = Normalizer.isNormalized(unix, Normalizer.Form.NFC)
                ? unix
                : Normalizer.normalize(unix, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(composed.length());
        int from = 0;
        while (from <= composed.length()) {
            int end = composed.indexOf('\n', from);
            int stop = end < 0 ? composed.length() : end;
            int last = stop;
            while (last > from && (composed.charAt(last - 1) == ' ' || composed.charAt(last - 1) == '\t')) {
                last--;
            }
            out.append(composed, from, last);
            if (end < 0) {
                break;
            }
            out.append('\n');
            from = end + 1;
        }
        int begin = 0;
        int stop = out.length();
        while (begin < stop && isEdge(out.charAt(begin))) {
            begin++;
        }
        while (stop > begin && isEdge(out.charAt(stop - 1))) {
            stop--;
        }
        return out.substring(begin, stop);
    }

    private static boolean isEdge(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    /// SHA-256 of the canonical form of the list of the normal forms of prompt, context and text.
    public static String contentKey(String prompt, String context, String text) {
        StringBuilder list = new StringBuilder("[");
        CanonicalJson.append(list, of(prompt));
        CanonicalJson.append(list.append(','), of(context));
        CanonicalJson.append(list.append(','), of(text));
        return Digest.of(list.append(']').toString()).hex();
    }
}
