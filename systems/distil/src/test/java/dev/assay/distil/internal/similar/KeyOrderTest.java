package dev.assay.distil.internal.similar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static final int[] POINTS = {'a', 'b', 0xE9, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10001, 0x10FFFF};

    @Test
    void theOrderIsThatOfUtf8Bytes() {
        Property.holds(2000, seed -> {
            RandomGenerator random = seed.generator();
            String x = key(random);
            String y = key(random);

            assertThat(Integer.signum(KeyOrder.BY_CODE_POINTS.compare(x, y)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                            x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8))));
        });
    }

    private static String key(RandomGenerator random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            key.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
        }
        return key.toString();
    }
}
