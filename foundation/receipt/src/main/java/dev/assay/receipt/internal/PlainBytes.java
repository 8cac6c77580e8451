package dev.assay.receipt.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Places in JSON text, looked for eight bytes at a time (Mycroft's test for a zero byte in a word). The
/// test may take a byte above a true one for another, never one below, so the lowest byte that it finds is
/// one.
public final class PlainBytes {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long LINE_FEEDS = '\n' * ONES;

    private PlainBytes() {}

    /// The first place from `from` on at which a quote, a backslash or a control character stands; `to` if
    /// there is none.
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long word = (long) WORDS.get(bytes, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long found =
                    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word)) & TOPS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < to) {
            byte c = bytes[at];
            if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
                return at;
            }
            at++;
        }
        return to;
    }

    /// As [#end(byte[], int, int)], but what is not ASCII is an end too.
    static int endOfAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long word = (long) WORDS.get(bytes, at);
            long found = (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word) & TOPS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < to) {
            byte c = bytes[at];
            if (c == '"' || c == '\\' || c < ' ') {
                return at;
            }
            at++;
        }
        return to;
    }

    /// The first place from `from` on at which a line feed stands; `to` if there is none.
    public static int lineFeed(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long word = (long) WORDS.get(bytes, at) ^ LINE_FEEDS;
            long found = (word - ONES) & ~word & TOPS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
