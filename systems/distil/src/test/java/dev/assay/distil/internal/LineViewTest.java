package dev.assay.distil.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receipt.CanonicalBytes;
import dev.assay.receipt.CanonicalJson;
import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LineViewTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] PIECES = {
        "plain words",
        "\"",
        "\\",
        "\n",
        "\u0001",
        "\u001f",
        "\t",
        " ",
        "é",
        "\uD83D\uDE00",
        "{",
        "]",
        ",",
        ":",
        "\\u0041"
    };

    private static JsonNode random(RandomGenerator random, int depth) {
        switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> {
                return NODES.numberNode(random.nextInt(-100, 100));
            }
            case 1 -> {
                return NODES.numberNode(random.nextLong(-(1L << 53), 1L << 53));
            }
            case 2 -> {
                return NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 30)));
            }
            case 3 -> {
                return NODES.booleanNode(random.nextBoolean());
            }
            case 4 -> {
                return NODES.nullNode();
            }
            case 5 -> {
                return NODES.stringNode(text(random));
            }
            case 6 -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random(random, depth - 1));
                }
                return list;
            }
            default -> {
                return object(random, depth - 1);
            }
        }
    }

    private static ObjectNode object(RandomGenerator random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(30); i > 0; i--) {
            object.set(random.nextInt(10) == 0 ? text(random) : "name" + i, random(random, depth));
        }
        return object;
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void everyMemberIsWhatTheTreeHas() {
        Property.holds(500, seed -> {
            byte[] line = CanonicalJson.bytes(object(seed.generator(), 3));
            JsonNode tree = CanonicalJson.parse(line);
            LineView view = new LineView(line);
            for (String name : tree.propertyNames()) {
                sameParts(Objects.requireNonNull(view.part(JsonPart.name(name))), tree.get(name));
                if (name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c > '~')) {
                    continue;
                }
                JsonNode expected = tree.get(name);
                String canonical = CanonicalJson.of(expected);
                assertThat(view.has(name)).isTrue();
                assertThat(view.tree(name)).isEqualTo(expected);
                assertThat(view.text(name)).isEqualTo(expected.isString() ? expected.stringValue() : null);
                assertThat(view.raw(name)).isEqualTo(canonical);
                assertThat(view.bytes(name)).isEqualTo(canonical.getBytes(StandardCharsets.UTF_8));
                CanonicalBytes copied = new CanonicalBytes(8);
                view.copy(name, copied);
                assertThat(copied.toString()).isEqualTo(canonical);
                assertThat(view.says(name))
                        .isEqualTo(
                                expected.isString() && !expected.stringValue().isBlank());
            }
            assertThat(view.whole().tree()).isEqualTo(tree);
            assertThat(view.part(JsonPart.name("none\u00e9"))).isNull();
            assertThat(view.tree("none")).isNull();
            assertThat(view.has("none")).isFalse();
            assertThat(view.says("none")).isFalse();
            assertThatThrownBy(() -> view.bytes("none")).hasMessageContaining("'none' is missing");
        });
    }

    private static void sameParts(JsonPart part, JsonNode expected) {
        assertThat(part.tree()).isEqualTo(expected);
        assertThat(part.isText()).isEqualTo(expected.isString());
        assertThat(part.member(JsonPart.name("none"))).isNull();
        assertThat(part.element(expected.size())).isNull();
        for (int i = 0; expected.isArray() && i < expected.size(); i++) {
            sameParts(Objects.requireNonNull(part.element(i)), expected.get(i));
        }
        for (String name : expected.propertyNames()) {
            sameParts(Objects.requireNonNull(part.member(JsonPart.name(name))), expected.get(name));
        }
    }

    @Test
    void whatIsBlankSaysNothing() {
        LineView view = new LineView(CanonicalJson.bytes(NODES.objectNode()
                .put("a", "")
                .put("b", "   ")
                .put("c", " \n\t ")
                .put("d", " \u2003")
                .put("e", "  x")
                .put("f", "\u00e9")
                .put("g", 1)));
        assertThat(Set.of("a", "b", "c", "d", "e", "f", "g").stream().filter(view::says))
                .containsExactlyInAnyOrder("e", "f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"a\"}",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":\"x}",
                "{\"a\":1}x",
                "{\"a\":[1}",
                "{a:1}"
            })
    void whatIsNoObjectIsRefused(String line) {
        assertThatThrownBy(() -> new LineView(line.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1 2]}",
                "{\"a\":[,]}",
                "{\"a\":{\"b\"}}",
                "{\"a\":{1:2}}",
                "{\"a\":nul}",
                "{\"a\":\"\\u00e9\"}"
            })
    void whatIsDamagedInsideIsRefusedWhenItIsRead(String line) {
        LineView view = new LineView(line.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> view.tree("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void depthHasABound() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        LineView view = new LineView(deep.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> view.tree("a")).isInstanceOf(IllegalArgumentException.class);
        String fine = "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}";
        assertThat(Objects.requireNonNull(new LineView(fine.getBytes(StandardCharsets.UTF_8)).tree("a")))
                .isEqualTo(CanonicalJson.parse(fine).get("a"));
    }
}
