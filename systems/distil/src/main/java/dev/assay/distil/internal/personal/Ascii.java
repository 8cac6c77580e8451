package dev.assay.distil.internal.personal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The characters that the patterns are made of. Only ASCII: an address or number beside a word of another
/// script, with no space between, is still one.
public final class Ascii {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long LOW = 0x7F * ONES;

    private Ascii() {}

    /// A byte for every character of a text, so that places are the same: those of ASCII as they are, any other
    /// as something that no pattern is made of.
    public static byte[] bytes(String text) {
        // What Latin-1 does not have becomes '?'; the rest of it beyond ASCII is negative.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length == text.length()) {
            return bytes;
        }
        // A pair of surrogates became one byte.
        bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            bytes[i] = c < 0x80 ? (byte) c : -1;
        }
        return bytes;
    }

    /// The place of the first digit from a place on, or the length. Eight bytes at a time.
    public static int nextDigit(byte[] text, int from) {
        int i = from;
        while (i + Long.BYTES <= text.length) {
            long word = (long) WORDS.get(text, i);
            // In bytes below 128 the top bit says "at least '0'" and "at most '9'": no carry leaves a byte.
            long low = word & LOW;
            long digits = (low + (0x80 - '0') * ONES) & ~(low + (0x80 - '9' - 1) * ONES) & ~word & TOPS;
            if (digits != 0) {
                return i + Long.numberOfTrailingZeros(digits) / Byte.SIZE;
            }
            i += Long.BYTES;
        }
        while (i < text.length && !digit(text[i])) {
            i++;
        }
        return i;
    }

    static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    static boolean letterOrDigit(byte c) {
        return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

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
