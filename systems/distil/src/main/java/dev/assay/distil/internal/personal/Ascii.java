package dev.assay.distil.internal.personal;

/// The characters that the patterns are made of. Only ASCII: an address or number beside a word of another
/// script, with no space between, is still one.
final class Ascii {
    private Ascii() {}

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean capital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean letterOrDigit(char c) {
        return digit(c) || letter(c);
    }
}
