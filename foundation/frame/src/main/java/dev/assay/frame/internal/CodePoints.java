package dev.assay.frame.internal;

/// The order of texts by Unicode code point, which is also the byte order of UTF-8 and DuckDB's. Java's own
/// order puts characters past U+FFFF before some that are smaller.
public final class CodePoints {
    private CodePoints() {}

    /// Negative, zero or positive as `a` comes before, with or after `b`.
    public static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
