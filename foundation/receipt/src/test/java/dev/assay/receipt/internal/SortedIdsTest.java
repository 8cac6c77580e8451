package dev.assay.receipt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receipt.Digest;
import dev.assay.testkit.Property;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SortedIdsTest {
    /// Among them many that share their first bytes and differ in the last, as no digests of rows will.
    @Test
    void idsAreSortedAsTextIs() {
        Property.holds(6, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            SortedIds ids = new SortedIds();
            List<String> texts = new ArrayList<>();
            int wanted = random.nextInt(4) * 50_000 + random.nextInt(100);
            while (texts.size() < wanted) {
                byte[] some = new byte[SortedIds.ID_BYTES * random.nextInt(1, 5_000)];
                random.nextBytes(some);
                for (int at = 0; at < some.length; at += SortedIds.ID_BYTES) {
                    int kind = random.nextInt(500);
                    if (kind == 0) {
                        Arrays.fill(some, at, at + 31, (byte) -1);
                    } else if (kind == 1) {
                        Arrays.fill(some, at, at + 7, (byte) 0);
                        Arrays.fill(some, at + 8, at + 32, (byte) 5);
                    }
                    texts.add(HexFormat.of().formatHex(some, at, at + SortedIds.ID_BYTES) + "\n");
                }
                ids.add(some, some.length / SortedIds.ID_BYTES);
            }
            texts.sort(null);
            MessageDigest sha = Digest.sha256();
            ids.hash(sha);
            assertThat(Digest.from(sha)).isEqualTo(Digest.of(String.join("", texts)));
        });
    }
}
