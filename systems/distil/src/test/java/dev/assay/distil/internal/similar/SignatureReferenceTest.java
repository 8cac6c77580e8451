package dev.assay.distil.internal.similar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Property;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Hashes and signatures against a program in another language, and against arithmetic with whole numbers.
class SignatureReferenceTest {
    private static final int HASHES = 14 * 8;

    @Test
    void hashesAndSignaturesAreTheReferences() throws IOException {
        JsonNode cases = reference().get("cases");
        assertThat(cases).hasSize(10);
        for (JsonNode each : cases) {
            Shingles shingles = new Shingles(5);
            shingles.read(each.get("text").asString());
            assertThat(shingles.toArray()).containsExactly(longs(each.get("hashes")));

            MinHash minHash = new MinHash(14, 8, each.get("seed").longValue());
            long[] expected = longs(each.get("signature"));
            assertThat(Arrays.copyOf(minHash.signature(shingles.hashes(), shingles.size()), HASHES))
                    .containsExactly(expected);
            assertThat(Arrays.copyOf(minHash.plainSignature(shingles.hashes(), shingles.size()), HASHES))
                    .containsExactly(expected);
        }
    }

    @Test
    void bothLoopsComputeInTheFieldOfThePrime() {
        BigInteger prime = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);
        Property.holds(200, seed -> {
            RandomGenerator random = seed.generator();
            int bands = 1 + random.nextInt(4);
            int rows = 1 + random.nextInt(9);
            long[] hashes = random.longs(1 + random.nextInt(20))
                    .map(h -> random.nextInt(4) == 0 ? MinHash.PRIME - (h & 3) : h >>> 3)
                    .toArray();
            MinHash minHash = new MinHash(bands, rows, seed.asLong());

            SplittableRandom next = new SplittableRandom(seed.asLong());
            long[] expected = new long[bands * rows];
            for (int i = 0; i < expected.length; i++) {
                BigInteger a = BigInteger.valueOf(1 + (next.nextLong() >>> 3) % (MinHash.PRIME - 1));
                BigInteger b = BigInteger.valueOf((next.nextLong() >>> 3) % MinHash.PRIME);
                expected[i] = Arrays.stream(hashes)
                        .map(h -> a.multiply(BigInteger.valueOf(h))
                                .add(b)
                                .mod(prime)
                                .longValueExact())
                        .min()
                        .orElseThrow();
            }
            assertThat(Arrays.copyOf(minHash.signature(hashes, hashes.length), expected.length))
                    .containsExactly(expected);
            assertThat(Arrays.copyOf(minHash.plainSignature(hashes, hashes.length), expected.length))
                    .containsExactly(expected);
        });
    }

    @Test
    void aBandsKeyDependsOnItsElementsAndTheirOrderAlone() {
        MinHash minHash = new MinHash(2, 3, 1);
        long[] keys = new long[6];
        minHash.bandKeys(new long[] {1, 2, 3, 1, 2, 3, 0, 0}, keys, 0);
        minHash.bandKeys(new long[] {1, 2, 3, 1, 3, 2, 0, 0}, keys, 2);
        minHash.bandKeys(new long[] {0, 0, 0, 0, 0, 1, 7, 7}, keys, 4);

        assertThat(keys[0]).isEqualTo(keys[1]).isEqualTo(keys[2]).isNotEqualTo(keys[3]);
        assertThat(keys[4]).isNotEqualTo(keys[5]);
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SignatureReferenceTest.class.getResourceAsStream("/similar/minhash.json"))) {
            return JsonMapper.builder().build().readTree(in);
        }
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }
}
