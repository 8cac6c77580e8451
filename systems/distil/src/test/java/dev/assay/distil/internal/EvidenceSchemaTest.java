package dev.assay.distil.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Property;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EvidenceSchemaTest {
    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z");

    @Test
    void timesAreThoseOfTheExpression() {
        int[] times = new int[1];
        Property.holds(20_000, seed -> {
            RandomGenerator random = seed.generator();
            StringBuilder text = new StringBuilder("%04d-%02d-%02dT%02d:%02d:%02d"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(15),
                            random.nextInt(34),
                            random.nextInt(26),
                            random.nextInt(62),
                            random.nextInt(62)));
            if (random.nextBoolean()) {
                text.append('.').append("1234567890", 0, random.nextInt(11));
            }
            text.append('Z');
            if (random.nextInt(3) == 0) {
                text.setCharAt(random.nextInt(text.length()), "0:-TZ. /a".charAt(random.nextInt(9)));
            }
            if (random.nextInt(5) == 0) {
                text.deleteCharAt(random.nextInt(text.length()));
            }
            boolean expected = TIME.matcher(text).matches();
            times[0] += expected ? 1 : 0;
            assertThat(EvidenceSchema.isTime(text.toString()))
                    .as(text.toString())
                    .isEqualTo(expected);
        });
        if (Long.getLong(Property.SEED_PROPERTY) == null) {
            assertThat(times[0]).isGreaterThan(1000);
        }
        assertThat(EvidenceSchema.isTime("")).isFalse();
    }
}
