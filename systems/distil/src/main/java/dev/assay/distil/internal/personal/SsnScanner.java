package dev.assay.distil.internal.personal;

import java.util.List;

/// US social security numbers: area (not 000, 666 or 900 and above), group (not 00) and serial number
/// (not 0000), by the rules of the Social Security Administration. With hyphens anywhere but where a word
/// just before says that it is another number; with spaces or nothing between only where a word before
/// says what it is.
public final class SsnScanner {
    private static final int DIGITS = 9;
    private static final int REACH = 40;
    private static final int REACH_OTHER = 16;
    private static final List<String> WORDS = List.of("ssn", "social security", "social-security", "social_security");

    /// What a number with hyphens is else.
    private static final List<String> OTHERS =
            List.of("range", "part", "model", "serial", "sku", "isbn", "size", "dimensions", "article", "invoice");

    private SsnScanner() {}

    /// Looks at every run of nine digits with at most two single separators after the third and the
    /// fifth.
    public static void scan(String text, Spans spans) {
        int n = text.length();
        int i = 0;
        while (i < n) {
            if (!Ascii.digit(text.charAt(i))) {
                i++;
                continue;
            }
            int end = begins(text, i) ? end(text, i) : -1;
            if (end >= 0) {
                spans.found(i, end);
                i = end;
            }
            while (i < n && Ascii.digit(text.charAt(i))) {
                i++;
            }
        }
    }

    private static int end(String text, int from) {
        StringBuilder digits = new StringBuilder(DIGITS);
        StringBuilder separators = new StringBuilder();
        int i = from;
        for (; i < text.length() && digits.length() < DIGITS; i++) {
            char c = text.charAt(i);
            if (Ascii.digit(c)) {
                digits.append(c);
            } else if ((c == '-' || c == ' ')
                    && (digits.length() == 3 && separators.isEmpty()
                            || digits.length() == 5 && separators.length() == 1)) {
                separators.append(c);
            } else {
                return -1;
            }
        }
        if (digits.length() < DIGITS || joined(text, i)) {
            return -1;
        }
        int area = Integer.parseInt(digits.substring(0, 3));
        boolean valid = area != 0
                && area != 666
                && area < 900
                && !digits.substring(3, 5).equals("00")
                && !digits.substring(5).equals("0000");
        String between = separators.toString();
        boolean plain = between.equals("--");
        boolean written = plain || between.isEmpty() || between.equals("  ");
        return valid && written && isSaid(text, from, plain) ? i : -1;
    }

    private static boolean isSaid(String text, int from, boolean plain) {
        int word = Context.before(text, from, REACH, WORDS);
        return plain ? word >= Context.before(text, from, REACH_OTHER, OTHERS) : word >= 0;
    }

    private static boolean begins(String text, int at) {
        return at == 0
                || Context.begins(text, at)
                        && !(joins(text.charAt(at - 1)) && at > 1 && Ascii.letterOrDigit(text.charAt(at - 2)));
    }

    /// Whether what stands at a place makes the number a part of something longer.
    private static boolean joined(String text, int at) {
        return at < text.length()
                && (Ascii.letterOrDigit(text.charAt(at))
                        || joins(text.charAt(at))
                                && at + 1 < text.length()
                                && Ascii.letterOrDigit(text.charAt(at + 1)));
    }

    private static boolean joins(char c) {
        return c == '-' || c == '.' || c == '/';
    }
}
