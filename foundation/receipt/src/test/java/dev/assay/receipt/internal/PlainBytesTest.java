package dev.assay.receipt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Property;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/// Eight bytes at a time find what one at a time find.
class PlainBytesTest {
    private static final byte[] NEAR = {
        '"',
        '"' + 1,
        '"' - 1,
        '\\',
        '\\' + 1,
        '\\' - 1,
        ' ',
        ' ' - 1,
        '\n',
        '\n' + 1,
        0,
        1,
        127,
        -128,
        -1,
        (byte) ('"' + 128),
        (byte) ('\\' + 128),
        (byte) ('\n' + 128),
        'a',
        'b',
        'c'
    };

    @Test
    void placesAreTheFirstOnes() {
        Property.holds(3_000, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            byte[] bytes = new byte[random.nextInt(1, 60)];
            boolean mostlyPlain = random.nextBoolean();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = mostlyPlain && random.nextInt(12) > 0 ? (byte) 'x' : NEAR[random.nextInt(NEAR.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = random.nextInt(from, bytes.length + 1);
            assertThat(PlainBytes.end(bytes, from, to))
                    .isEqualTo(first(bytes, from, to, c -> c == '"' || c == '\\' || (c >= 0 && c < ' ')));
            assertThat(PlainBytes.endOfAscii(bytes, from, to))
                    .isEqualTo(first(bytes, from, to, c -> c == '"' || c == '\\' || c < ' '));
            assertThat(PlainBytes.lineFeed(bytes, from, to)).isEqualTo(first(bytes, from, to, c -> c == '\n'));
        });
    }

    private static int first(byte[] bytes, int from, int to, IntPredicate wanted) {
        int at = from;
        while (at < to && !wanted.test(bytes[at])) {
            at++;
        }
        return at;
    }
}
