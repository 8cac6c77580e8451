package dev.assay.receipt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receipt.ContentId;
import dev.assay.receipt.Digest;
import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

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

    /// Written by someone else: members in any order, white space anywhere, characters escaped that need not be.
    @Test
    void whatOthersWriteIsReadAsParsersReadIt() throws Exception {
        MessageDigest sha = Digest.sha256();
        Property.holds(5_000, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            StringBuilder text = new StringBuilder();
            dressed(StrictJson.tree(value(random, 0)), random, random.nextInt(1, 40), text);
            byte[] bytes = ("[" + text + "\n" + text + "]").getBytes(StandardCharsets.UTF_8);
            int from = 1;
            int to = from + text.toString().getBytes(StandardCharsets.UTF_8).length;
            String expected =
                    CanonicalWriter.text(StrictJson.parse(text.toString()), ContentId.VOLATILE, ContentId.DATA_MAPS);
            assertThat(scan.read(bytes, from, to)).as(text.toString()).isTrue();
            scan.update(sha);
            assertThat(Digest.from(sha)).as(text.toString()).isEqualTo(Digest.of(expected));
            assertThat(new String(scan.copy(), StandardCharsets.UTF_8)).isEqualTo(expected);
            assertThat(scan.length()).isEqualTo(scan.copy().length);
            scan.update(sha);
            assertThat(Digest.from(sha)).isEqualTo(Digest.of(expected));
            if (text.indexOf("\n") < 0) {
                assertThat(scan.readLine(bytes, from, bytes.length)).isEqualTo(to);
                assertThat(scan.readLine(bytes, from, to)).isEqualTo(to);
                assertThat(new String(scan.copy(), StandardCharsets.UTF_8)).isEqualTo(expected);
            }
            assertThat(scan.read(bytes, 0, bytes.length)).isFalse();
        });
    }

    private static void dressed(JsonNode node, SplittableRandom random, int rarity, StringBuilder out) {
        space(random, rarity, out);
        if (node.isObject()) {
            List<String> names = new ArrayList<>(node.propertyNames());
            if (random.nextInt(rarity) == 0) {
                for (int i = names.size(); i > 1; i--) {
                    Collections.swap(names, i - 1, random.nextInt(i));
                }
            }
            out.append('{');
            for (int i = 0; i < names.size(); i++) {
                out.append(i == 0 ? "" : ",");
                space(random, rarity, out);
                out.append(CanonicalWriter.text(StrictJson.tree(names.get(i))));
                space(random, rarity, out);
                out.append(':');
                dressed(node.get(names.get(i)), random, rarity, out);
            }
            space(random, rarity, out);
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : ",");
                dressed(node.get(i), random, rarity, out);
            }
            space(random, rarity, out);
            out.append(']');
        } else if (node.isString() && random.nextInt(rarity) == 0) {
            out.append('"');
            node.stringValue().chars().forEach(c -> out.append(String.format(Locale.ROOT, "\\u%04X", c)));
            out.append('"');
        } else {
            out.append(CanonicalWriter.text(node));
        }
        space(random, rarity, out);
    }

    private static void space(SplittableRandom random, int rarity, StringBuilder out) {
        while (random.nextInt(rarity) == 1) {
            out.append(" \t\r\n".charAt(random.nextInt(4)));
        }
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
