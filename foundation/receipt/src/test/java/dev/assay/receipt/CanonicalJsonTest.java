package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.testkit.Property;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static String canonical(String json) {
        return CanonicalJson.of(CanonicalJson.parse(json));
    }

    @Test
    void theSampleOfTheStandardComesOutAsPrinted() {
        // RFC 8785, section 3.2.2 and 3.2.3.
        assertThat(canonical("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }"""))
                .isEqualTo("{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void membersStandInTheOrderOfUtf16CodeUnits() {
        String smiley = new String(Character.toChars(0x1F600));
        ObjectNode object = NODES.objectNode();
        for (String name : List.of("€", "\r", "\uFB33", "1", smiley, "\u0080", "ö")) {
            object.put(name, 0);
        }
        assertThat(CanonicalJson.of(object))
                .isEqualTo("{\"\\r\":0,\"1\":0,\"\u0080\":0,\"ö\":0,\"€\":0,\"" + smiley + "\":0,\"\uFB33\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "-0.0, 0",
        "-0, 0",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "1.0, 1",
        "9007199254740992, 9007199254740992",
        "-9007199254740992, -9007199254740992",
        "100000000000000000000, 100000000000000000000"
    })
    void numbersAreWrittenAsEcmaScriptWritesThem(String json, String expected) {
        assertThat(canonical(json)).isEqualTo(expected);
        assertThat(canonical("[" + json + "]")).isEqualTo("[" + expected + "]");
    }

    @Test
    void numbersAgreeWithARealEcmaScriptEngine() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("ecmascript.tsv"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.split("\t", 2);
                double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
                checked++;
                if (!CanonicalJson.of(value).equals(parts[1])) {
                    wrong.add(line + " got " + CanonicalJson.of(value));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(800);
    }

    @Test
    void digestsOfCanonicalFormsAreTheKnownOnes() {
        // SHA-256 by sha256sum of GNU coreutils over the canonical text.
        assertThat(Digest.of(canonical("{ }")).hex())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(Digest.of(canonical("[ ]")).hex())
                .isEqualTo("4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945");
        String small = canonical("{\"b\":1,\"a\":[1.0,\"é\"]}");
        assertThat(small).isEqualTo("{\"a\":[1,\"é\"],\"b\":1}");
        assertThat(Digest.of(small).hex())
                .isEqualTo("8717ac25ea6b88548fae92fcf938c6f0764f85913ba025812e1859bf0166f5d8");
        assertThat(CanonicalJson.bytes(CanonicalJson.parse(small))).isEqualTo(small.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "9007199254740993",
                "-9007199254740993",
                "[1152921504606846976]",
                "1e400",
                "[NaN]",
                "Infinity",
                "\"\\ud800\"",
                "\"\\udc00x\"",
                "\"\\ud800\\ud800\"",
                "{\"\\ud800\":1}",
                "01",
                "1.",
                ".5",
                "+1",
                "0x10",
                "{} x",
                "[1,]",
                "{'a':1}",
                "// no\n1",
                "\"a\nb\"",
                "",
                "  "
            })
    void whatHasNoCanonicalFormIsRefused(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesGivenByAProgramAreRefusedAlike() {
        List<Object> refused = List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                (1L << 53) + 1,
                1L << 60,
                BigInteger.ONE.shiftLeft(80),
                new BigDecimal("1e999"),
                "\ud83d",
                new byte[] {1},
                Map.of("x", Map.of("y", Double.NaN)));
        for (Object value : refused) {
            assertThatThrownBy(() -> CanonicalJson.of(List.of(value)))
                    .as("%s", value)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        // An encoding of a surrogate, an overlong slash, a cut character, Latin-1.
        for (int[] middle : new int[][] {{0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80}, {0xC0, 0xAF}, {0xE2, 0x82}, {0xE9}}) {
            byte[] bytes = new byte[middle.length + 2];
            bytes[0] = '"';
            for (int i = 0; i < middle.length; i++) {
                bytes[i + 1] = (byte) middle[i];
            }
            bytes[bytes.length - 1] = '"';
            assertThatThrownBy(() -> CanonicalJson.parse(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nestingWithoutEndIsRefusedAndDoesNotOverflowTheStack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> CanonicalJson.parse(deep)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCanonicalFormOfRandomTreesIsStableAndSaysTheSame() {
        Property.holds(400, seed -> {
            JsonNode tree = tree(seed.generator(), 4);
            String text = CanonicalJson.of(tree);
            JsonNode back = CanonicalJson.parse(text);
            assertThat(CanonicalJson.of(back)).isEqualTo(text);
            assertThat(same(tree, back)).as(text).isTrue();
            assertThat(CanonicalJson.of(shuffled(tree, seed.child("order").generator())))
                    .isEqualTo(text);
        });
    }

    /// Equality up to the kind of number.
    private static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.doubleValue() == b.doubleValue();
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isObject() && b.isObject()) {
            return a.size() == b.size()
                    && a.propertyNames().stream().allMatch(name -> b.has(name) && same(a.get(name), b.get(name)));
        }
        return a.equals(b);
    }

    /// The same tree with the members of every object put in in another order.
    private static JsonNode shuffled(JsonNode node, RandomGenerator random) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>(node.propertyNames());
            ObjectNode other = NODES.objectNode();
            while (!names.isEmpty()) {
                String name = names.remove(random.nextInt(names.size()));
                other.set(name, shuffled(node.get(name), random));
            }
            return other;
        }
        if (node.isArray()) {
            ArrayNode other = NODES.arrayNode();
            node.forEach(element -> other.add(shuffled(element, random)));
            return other;
        }
        return node;
    }

    static JsonNode tree(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong(-(1L << 53), (1L << 53) + 1));
            case 3 -> {
                double value = Double.longBitsToDouble(random.nextLong());
                yield NODES.numberNode(Double.isFinite(value) ? value : 0.5);
            }
            case 4 -> NODES.numberNode(random.nextInt(-1000, 1000) * Math.pow(10, random.nextInt(-25, 25)));
            case 5 -> NODES.stringNode(text(random));
            case 6 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(tree(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    object.set(text(random), tree(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int[] limits = {0x20, 0x80, 0x800, 0x10000, 0x110000};
        for (int i = random.nextInt(6); i > 0; i--) {
            int point = random.nextInt(limits[random.nextInt(limits.length)]);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? '"' : point);
        }
        return text.toString();
    }
}
