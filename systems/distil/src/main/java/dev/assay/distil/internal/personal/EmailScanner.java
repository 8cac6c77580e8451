package dev.assay.distil.internal.personal;

/// E-mail addresses: `[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`, leftmost and longest.
public final class EmailScanner {
    private EmailScanner() {}

    /// Goes from `@` to `@`: what comes before is looked at once from behind, what comes after once from the
    /// front.
    public static void scan(String text, Spans spans) {
        int free = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int from = at;
            while (from > free && local(text.charAt(from - 1))) {
                from--;
            }
            int end = from == at ? -1 : domainEnd(text, at + 1);
            if (end >= 0) {
                spans.found(from, end);
                free = end;
            } else {
                free = at + 1;
            }
        }
    }

    /// The end of the last label that can be a top-level domain, or -1.
    private static int domainEnd(String text, int from) {
        int end = -1;
        int label = from;
        boolean first = true;
        while (true) {
            int i = label;
            int letters = label;
            while (i < text.length() && label(text.charAt(i))) {
                if (letters == i && Ascii.letter(text.charAt(i))) {
                    letters++;
                }
                i++;
            }
            if (i == label) {
                return end;
            }
            if (!first && letters - label >= 2) {
                end = letters;
            }
            if (i == text.length() || text.charAt(i) != '.') {
                return end;
            }
            first = false;
            label = i + 1;
        }
    }

    private static boolean local(char c) {
        return Ascii.letterOrDigit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
    }

    private static boolean label(char c) {
        return Ascii.letterOrDigit(c) || c == '-';
    }
}
