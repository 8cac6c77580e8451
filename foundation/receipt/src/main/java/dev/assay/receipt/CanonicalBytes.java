package dev.assay.receipt;

import dev.assay.receipt.internal.PlainBytes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Canonical JSON (RFC 8785) put together piece by piece, as UTF-8, by those who write rows by hand: they see
/// to the order of names and to brackets and commas, this to texts and numbers. For one thread.
public final class CanonicalBytes implements AutoCloseable {
    private static final HexFormat LOWER_HEX = HexFormat.of();

    private static final long EXACT = 1L << 53;

    private static final ThreadLocal<byte @Nullable []> SPARE = new ThreadLocal<>();
    private static final int MOST_SPARE = 1 << 20;
    private static final byte[] NOTHING = {};

    private byte[] bytes;
    private int length;

    /// @param expected about how many bytes there will be
    public CanonicalBytes(int expected) {
        byte[] spare = SPARE.get();
        if (spare != null && spare.length >= expected) {
            SPARE.set(null);
            bytes = spare;
        } else {
            bytes = new byte[Math.max(expected, Long.BYTES)];
        }
    }

    /// Appends what is canonical JSON already, or a part of it.
    ///
    /// @param ascii without any character beyond ASCII
    public CanonicalBytes plain(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /// Appends one such character.
    public CanonicalBytes plain(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /// Puts a bracket in the place of the comma that was appended last.
    public CanonicalBytes closed(char bracket) {
        if (length == 0 || bytes[length - 1] != ',') {
            throw new IllegalStateException("the last byte is no comma");
        }
        bytes[length - 1] = (byte) bracket;
        return this;
    }

    /// Appends bytes that are canonical JSON already, or a part of it.
    public CanonicalBytes plain(byte[] utf8) {
        return plain(utf8, 0, utf8.length);
    }

    /// Appends the bytes between two places, as [#plain(byte\[\])].
    public CanonicalBytes plain(byte[] utf8, int from, int to) {
        room(to - from);
        System.arraycopy(utf8, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /// Appends a whole number.
    public CanonicalBytes whole(long value) {
        return plain(Long.toString(value));
    }

    /// Appends a number.
    ///
    /// @throws IllegalArgumentException for NaN and infinities
    public CanonicalBytes number(double value) {
        long whole = (long) value;
        return whole == value && Math.abs(whole) < EXACT ? whole(whole) : plain(CanonicalJson.number(value));
    }

    /// Appends anything that has a canonical form, as [CanonicalJson#of(Object)] writes it.
    ///
    /// @throws IllegalArgumentException if it has none
    public CanonicalBytes value(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Boolean truth -> plain(truth.toString());
            case Double number -> number(number);
            case BigDecimal number -> number(number.doubleValue());
            default -> plain(CanonicalJson.bytes(value));
        };
    }

    /// Appends a text, in quotes and escaped.
    ///
    /// @throws IllegalArgumentException if it has half of a surrogate pair
    public CanonicalBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // A half is replaced on the way to bytes, so the way back leads elsewhere.
        if (!new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalArgumentException(
                    "a text with half of a surrogate pair has no canonical form: it is not Unicode text");
        }
        room(utf8.length + 2);
        bytes[length++] = '"';
        int from = 0;
        while (true) {
            int to = PlainBytes.end(utf8, from, utf8.length);
            plain(utf8, from, to);
            if (to == utf8.length) {
                return plain('"');
            }
            escaped(utf8[to]);
            from = to + 1;
        }
    }

    private void escaped(byte c) {
        plain('\\');
        switch (c) {
            case '"', '\\' -> plain((char) c);
            case '\b' -> plain('b');
            case '\t' -> plain('t');
            case '\n' -> plain('n');
            case '\f' -> plain('f');
            case '\r' -> plain('r');
            default -> plain("u00").plain(LOWER_HEX.toHexDigits(c));
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    /// How many bytes there are.
    public int length() {
        return length;
    }

    /// The bytes.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// What they say.
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// Copies the bytes between two places.
    ///
    /// @return behind the last byte written
    public int copyTo(byte[] target, int at, int from, int to) {
        System.arraycopy(bytes, from, target, at, to - from);
        return at + to - from;
    }

    /// Their SHA-256 in hex.
    public Digest digest() {
        return new Digest(HexFormat.of().formatHex(sha256()));
    }

    /// Their SHA-256, 32 bytes.
    public byte[] sha256() {
        return Digest.hash(bytes, 0, length);
    }

    /// Gives the memory to the next that this thread makes. Nothing may be appended or read afterwards.
    @Override
    public void close() {
        if (bytes.length <= MOST_SPARE) {
            SPARE.set(bytes);
        }
        bytes = NOTHING;
        length = 0;
    }
}
