package dev.assay.fault;

/// A name or text of unknown origin in one line of a terminal or a log, so that it can neither end the line,
/// steer the terminal, nor rearrange or hide the words around it.
///
/// Written out, as a backslash, `u` and four digits, are control characters, line and paragraph separators,
/// format characters (among them the bidirectional overrides and what has no width; Unicode Technical Report
/// 36, section 2.8), halves of surrogate pairs, which have no UTF-8 form, and noncharacters; one beyond U+FFFF
/// as its two halves. All else stays, so that a line that was made here stays as it is when it is made again.
public final class OneLine {
    private static final String GAP = "...";
    private static final String HEX = "0123456789abcdef";

    private OneLine() {}

    /// The text in one line; the same text if there is nothing to write out.
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int chars = Character.charCount(point);
            boolean escaped = isHidden(point);
            for (int c = i; c < i + chars; c++) {
                if (escaped) {
                    escape(text.charAt(c), out);
                } else {
                    out.append(text.charAt(c));
                }
            }
            i += chars;
        }
        return out.toString();
    }

    /// The text in one line of at most so many characters, or a few more where one of them is written out: of a
    /// longer one the beginning and the end, with `...` between them.
    ///
    /// @param most at least 16
    /// @throws IllegalArgumentException if `most` is less
    public static String of(String text, int most) {
        if (most < 16) {
            throw new IllegalArgumentException("a line must have room for 16 characters, got " + most);
        }
        if (text.length() <= most) {
            return of(text);
        }
        int kept = most - GAP.length();
        int head = whole(text, kept - kept / 2);
        int tail = whole(text, text.length() - kept / 2);
        return of(text.substring(0, head)) + GAP + of(text.substring(tail));
    }

    /// The index or the one before, so that no pair of surrogates is cut.
    private static int whole(String text, int index) {
        boolean cuts =
                Character.isHighSurrogate(text.charAt(index - 1)) && Character.isLowSurrogate(text.charAt(index));
        return cuts ? index - 1 : index;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return text.codePoints().noneMatch(OneLine::isHidden);
            }
        }
        return true;
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        };
    }

    private static void escape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xF));
        }
    }
}
