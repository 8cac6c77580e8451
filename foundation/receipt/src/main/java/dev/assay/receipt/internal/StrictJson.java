package dev.assay.receipt.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON without forgiving anything: duplicate names, text after the value, bytes that are not UTF-8,
/// integers that a reader would round, values deeper than [Limit#DEPTH], and members a record does not know are all
/// refused.
public final class StrictJson {
    /// A receipt of 64 MiB about half a million files has fewer; a tree of so many takes some 500 MB.
    private static final long MOST_TOKENS = 6_000_000;

    private static final JsonMapper MAPPER = mapper(Long.MAX_VALUE);
    private static final JsonMapper RECEIPTS = mapper(MOST_TOKENS);

    private StrictJson() {}

    /// Deeper than any limit allows, so that the limit of the process decides, with its own sentence.
    private static JsonMapper mapper(long tokens) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth((int) Limit.DEPTH.most())
                                .maxTokenCount(tokens)
                                .build())
                        .build())
                .changeDefaultPropertyInclusion(v -> v.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /// The tree of a JSON text.
    ///
    /// @throws IllegalArgumentException in one sentence without any value of the text
    public static JsonNode parse(String text) {
        return parse(text, MAPPER);
    }

    /// The tree of the JSON text of a receipt, in which there are not so many values that its tree would take up
    /// the memory.
    ///
    /// @throws IllegalArgumentException in one sentence without any value of the text
    public static JsonNode receipt(byte[] utf8) {
        return parse(text(utf8, 0, utf8.length), RECEIPTS);
    }

    private static JsonNode parse(String text, JsonMapper mapper) {
        JsonNode tree;
        try {
            tree = mapper.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "it has too many levels or values, or a text or number in it is too long", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "not JSON at line "
                            + Math.max(
                                    1,
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr()) + ", or a name stands twice in one object",
                    e);
        }
        if (tree.isMissingNode()) {
            throw new IllegalArgumentException("there is no JSON value, only white space");
        }
        return settle(tree, Limits.ofProcess().intOf(Limit.DEPTH));
    }

    /// The tree of a JSON text in UTF-8.
    ///
    /// @throws IllegalArgumentException in one sentence without any value of the text
    public static JsonNode parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /// The tree of the JSON text in a part of an array.
    ///
    /// @throws IllegalArgumentException in one sentence without any value of the text
    public static JsonNode parse(byte[] utf8, int from, int length) {
        return parse(text(utf8, from, length));
    }

    /// The text of bytes that are UTF-8. The parser's own decoder lets through encodings of surrogates and of
    /// other things that are not.
    private static String text(byte[] utf8, int from, int length) {
        String text = new String(utf8, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            // Replaced, or really that character.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not UTF-8", e);
        }
    }

    /// The tree of an object's JSON. Absent optional components are left out.
    public static JsonNode tree(Object value) {
        return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
    }

    /// The record that a tree describes, and nothing less or more: the record's own JSON is the same tree again.
    ///
    /// @throws IllegalArgumentException if a member is missing, unknown, of another type, or breaks the record's
    /// rules
    public static <T> T bind(JsonNode tree, Class<T> type) {
        T value;
        try {
            value = MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String reason = root instanceof JacksonException j ? j.getOriginalMessage() : root.getMessage();
            throw new IllegalArgumentException(
                    "not a " + type.getSimpleName() + ": " + (reason == null ? "unreadable" : reason), e);
        }
        if (value == null) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": null");
        }
        String read = CanonicalWriter.text(tree);
        if (!read.equals(CanonicalWriter.text(tree(value)))) {
            throw new IllegalArgumentException("not a " + type.getSimpleName()
                    + " as it is written: a member is missing, or a value is in another form");
        }
        return value;
    }

    /// A text such as `100000000000000000000` is the canonical form of a double, 1e20, and is read as that.
    /// Any other integer beyond 2^53 would change its digits and is refused.
    private static JsonNode settle(JsonNode node, int levels) {
        if (levels < 0) {
            Limits limits = Limits.ofProcess();
            throw new IllegalArgumentException(limits.exceeded(
                            Fault.Kind.MALFORMED_FILE,
                            Limit.DEPTH,
                            "values stand within each other more than " + limits.of(Limit.DEPTH) + " levels deep")
                    .sentence());
        }
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames().toArray(new String[0])) {
                object.set(name, settle(object.get(name), levels - 1));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, settle(array.get(i), levels - 1));
            }
            return array;
        }
        if (!node.isIntegralNumber() || node.isInt()) {
            return node;
        }
        BigInteger value = node.bigIntegerValue();
        if (value.abs().compareTo(CanonicalWriter.LARGEST_EXACT) <= 0) {
            return node;
        }
        double rounded = value.doubleValue();
        if (Double.isInfinite(rounded) || !CanonicalWriter.number(rounded).equals(value.toString())) {
            throw new IllegalArgumentException(
                    "an integer beyond 2^53 has no canonical form, since readers would round it: carry it as text");
        }
        return DoubleNode.valueOf(rounded);
    }
}
