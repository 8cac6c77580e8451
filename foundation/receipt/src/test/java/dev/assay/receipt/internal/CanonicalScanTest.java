package dev.assay.receipt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receipt.ContentId;
import dev.assay.receipt.Digest;
import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scan gives the same ids as parsing and writing again, and takes nothing for canonical that is not.
class CanonicalScanTest {
    private static final List<String> NAMES =
            List.of("a", "b", "id", "recorded_at", "metrics", "text", "zeta", "created_at", "n1", "A");
    private static final List<String> TEXTS =
            List.of("", "plain", "quote \" and \\", "line\nfeed\ttab", "é€\uD83D\uDE00", "\u0001\u001f", "/");
    private static final List<Object> NUMBERS =
            List.of(0, 1, -1, 12.5, 1e21, 1e-7, 0.1, 9007199254740992L, 123456789012345L, -0.25, 1e300);

    private final CanonicalScan scan = new CanonicalScan(ContentId.VOLATILE, ContentId.DATA_MAPS);

    @Test
    void canonicalBytesHaveTheIdsOfTheirTrees() {
        Property.holds(2_000, seed -> {
            String text = CanonicalWriter.text(StrictJson.tree(value(new SplittableRandom(seed.asLong()), 0)));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(scan.read(bytes, 0, bytes.length)).as(text).isTrue();
            assertThat(Digest.of(Arrays.copyOf(scan.bytes(), scan.length())))
                    .as(text)
                    .isEqualTo(ContentId.of(StrictJson.parse(text)));
        });
    }

    @Test
    void whatIsReadIsWhatParsersRead() {
        Property.holds(500, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            byte[] bytes =
                    CanonicalWriter.text(StrictJson.tree(value(random, 0))).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 50; i++) {
                byte[] changed = bytes.clone();
                int at = random.nextInt(changed.length);
                changed[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) " {}[]\",:0123456789.eE+-\\untrfals".charAt(random.nextInt(32));
                if (scan.read(changed, 0, changed.length)) {
                    assertThat(new String(scan.copy(), StandardCharsets.UTF_8))
                            .isEqualTo(CanonicalWriter.text(
                                    StrictJson.parse(changed), ContentId.VOLATILE, ContentId.DATA_MAPS));
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "01",
                "nul",
                "true false",
                "1-2",
                "--1",
                "-",
                "9007199254740993",
                "\"\t\"",
                "\"\uFFFD\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\x\"",
                "1.",
                ".5",
                "1.e2",
                "1e",
                "1e400",
                "{\"\\u0061\":1}",
                "[1 2]",
                "{\"a\" 1}",
                "\"open"
            })
    void whatIsRareOrNoJsonIsLeftToOthers(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(scan.read(bytes, 0, bytes.length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " { \"b\" : 1.0 , \"a\" : [ 1e2 , -0, -0.0, 1E-7 ] } ",
                "{\"z\":{\"y\":1,\"x\":{\"b\":[],\"a\":{}}},\"c\":\"\\u0041\\/\\u001F\\u00e9\\ud83d\\ude00\\u000a\\u0022\"}",
                "{\"recorded_at\":1,\"b\":2,\"a\":{\"id\":3},\"metrics\":{\"id\":4,\"b\":1,\"a\":2}}",
                "{\"id\":1}",
                "[]",
                "\t[ ]\n",
                "123456789012345",
                "[{\"id\":1,\"recorded_at\":2},{\"b\":1,\"a\":2}]"
            })
    void othersFormsAreBroughtIntoOne(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(scan.read(bytes, 0, bytes.length)).isTrue();
        assertThat(new String(scan.copy(), StandardCharsets.UTF_8))
                .isEqualTo(CanonicalWriter.text(StrictJson.parse(text), ContentId.VOLATILE, ContentId.DATA_MAPS));
    }

    private static Object value(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth > 3 ? 4 : 7);
        return switch (kind) {
            case 0 -> TEXTS.get(random.nextInt(TEXTS.size()));
            case 1 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            case 2 -> random.nextBoolean();
            case 3 -> random.nextInt(100_000);
            case 4 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new TreeMap<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    map.put(NAMES.get(random.nextInt(NAMES.size())), value(random, depth + 1));
                }
                yield map;
            }
        };
    }
}
