package dev.assay.distil.internal.similar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The tokens of a text: lower case by the rules of the root locale, then maximal runs, by code points, of
/// letters and of digits in the wide sense, all of Unicode's categories L and N: "½" tells two recipes apart as
/// well as "2" does. Everything else, marks and underscores included, separates.
///
/// They lie in one array as UTF-8, a space after each, so that the bytes of any run of tokens joined by
/// spaces are a slice. Reused from text to text; not thread-safe.
public final class Tokens {
    /// The lower-case form of the ASCII letters and digits; 0 for what separates.
    private static final byte[] PLAIN = new byte[128];

    static {
        for (char c = 0; c < PLAIN.length; c++) {
            PLAIN[c] = belongs(c) ? (byte) Character.toLowerCase(c) : 0;
        }
    }

    private byte[] bytes = new byte[4096];
    private int[] starts = new int[512];
    private int count;
    private int length;
    private boolean open;

    /// Replaces the tokens by those of this text.
    public void read(String text) {
        begin(text);
        int n = text.length();
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c >= PLAIN.length) {
                // Lower case depends on neighbours outside ASCII, so the whole text is turned at once.
                readAny(text.toLowerCase(Locale.ROOT));
                return;
            }
            take(PLAIN[c]);
        }
        take((byte) 0);
    }

    private void readAny(String lower) {
        begin(lower);
        int n = lower.length();
        int i = 0;
        while (i < n) {
            char c = lower.charAt(i);
            if (c < PLAIN.length) {
                take(PLAIN[c]);
                i++;
                continue;
            }
            int point = lower.codePointAt(i);
            int width = Character.charCount(point);
            if (belongs(point)) {
                takeEncoded(point);
            } else {
                take((byte) 0);
            }
            i += width;
        }
        take((byte) 0);
    }

    private void begin(String text) {
        count = 0;
        length = 0;
        open = false;
        if (bytes.length <= text.length()) {
            bytes = new byte[text.length() + text.length() / 8 + 1];
        }
    }

    private static boolean belongs(int point) {
        return Character.isLetterOrDigit(point)
                || Character.getType(point) == Character.LETTER_NUMBER
                || Character.getType(point) == Character.OTHER_NUMBER;
    }

    /// One byte of a token, or 0 for the end of one.
    private void take(byte b) {
        if (b == 0 && !open) {
            return;
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length + length / 2 + 1);
        }
        if (b == 0) {
            bytes[length++] = ' ';
            open = false;
            return;
        }
        if (!open) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = length;
            open = true;
        }
        bytes[length++] = b;
    }

    /// The UTF-8 bytes of a letter or digit outside ASCII.
    private void takeEncoded(int point) {
        if (point < 0x800) {
            take((byte) (0xC0 | point >> 6));
        } else {
            if (point < 0x10000) {
                take((byte) (0xE0 | point >> 12));
            } else {
                take((byte) (0xF0 | point >> 18));
                take((byte) (0x80 | point >> 12 & 0x3F));
            }
            take((byte) (0x80 | point >> 6 & 0x3F));
        }
        take((byte) (0x80 | point & 0x3F));
    }

    /// How many tokens there are.
    public int count() {
        return count;
    }

    /// All of them, a space between.
    public String joined() {
        return new String(bytes, 0, Math.max(0, length - 1), StandardCharsets.UTF_8);
    }

    /// The array that the tokens lie in, valid until the next text.
    public byte[] bytes() {
        return bytes;
    }

    /// Where token `i` starts.
    public int start(int i) {
        return starts[i];
    }

    /// Where token `i` ends, exclusive.
    public int end(int i) {
        return (i + 1 == count ? length : starts[i + 1]) - 1;
    }
}
