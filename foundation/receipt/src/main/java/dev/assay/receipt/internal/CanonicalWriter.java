package dev.assay.receipt.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.databind.JsonNode;

/// Writes a JSON tree in the canonical form of RFC 8785.
///
/// Only the layout of doubles is the library's. Its reader and writer of whole documents fall short of the
/// standard: integers beyond 2^53 are rounded without a word, a lone surrogate becomes a question mark, `01`
/// is read as a number, and a bare text or number at the root is refused.
public final class CanonicalWriter {
    /// The largest magnitude up to which every integer is a double: 2^53.
    public static final BigInteger LARGEST_EXACT = BigInteger.ONE.shiftLeft(53);

    private static final HexFormat LOWER_HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder();
    private final Set<String> leftOut;
    private final Set<String> dataMaps;

    private CanonicalWriter(Set<String> leftOut, Set<String> dataMaps) {
        this.leftOut = leftOut;
        this.dataMaps = dataMaps;
    }

    /// The canonical text of all of a tree.
    ///
    /// @throws IllegalArgumentException if the tree has no canonical form
    public static String text(JsonNode node) {
        return text(node, Set.of(), Set.of());
    }

    /// The canonical text without the members named `leftOut`, at any depth, but with everything inside
    /// objects that stand under a name in `dataMaps`.
    ///
    /// @throws IllegalArgumentException if what is written has no canonical form
    public static String text(JsonNode node, Set<String> leftOut, Set<String> dataMaps) {
        CanonicalWriter writer = new CanonicalWriter(leftOut, dataMaps);
        writer.value(node, false);
        return writer.out.toString();
    }

    /// The canonical text of a double.
    ///
    /// @throws IllegalArgumentException for NaN and infinities
    public static String number(double value) {
        try {
            return NumberToJSON.serializeNumber(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "NaN and infinities have no canonical form: carry them as text or leave them out", e);
        }
    }

    private void value(JsonNode node, boolean keepAll) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, keepAll);
            case ARRAY -> array(node, keepAll);
            case STRING -> string(node.stringValue());
            case NUMBER -> out.append(number(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException("a value of kind " + node.getNodeType()
                        + " is no JSON: use objects, lists, texts, numbers, booleans or null");
        }
    }

    private void object(JsonNode node, boolean keepAll) {
        List<String> names = new ArrayList<>(node.propertyNames());
        // String.compareTo compares UTF-16 code units, which is the order RFC 8785 asks for.
        Collections.sort(names);
        out.append('{');
        boolean first = true;
        for (String name : names) {
            if (!keepAll && leftOut.contains(name)) {
                continue;
            }
            if (!first) {
                out.append(',');
            }
            first = false;
            JsonNode member = node.get(name);
            string(name);
            out.append(':');
            value(member, keepAll || (dataMaps.contains(name) && member.isObject()));
        }
        out.append('}');
    }

    private void array(JsonNode node, boolean keepAll) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(node.get(i), keepAll);
        }
        out.append(']');
    }

    private static String number(JsonNode node) {
        if (!node.isIntegralNumber()) {
            // BigDecimal.doubleValue gives an infinity where the value is too large, which is then refused.
            return number(node.isBigDecimal() ? node.decimalValue().doubleValue() : node.doubleValue());
        }
        BigInteger value = node.bigIntegerValue();
        if (value.abs().compareTo(LARGEST_EXACT) > 0) {
            throw new IllegalArgumentException(
                    "an integer beyond 2^53 has no canonical form, since readers would round it: carry it as text");
        }
        return value.toString();
    }

    private void string(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException(
                            "a text with half of a surrogate pair has no canonical form: it is not Unicode text");
                }
                i++;
                continue;
            }
            out.append(text, from, i);
            from = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append("\\u").append(LOWER_HEX.toHexDigits(c));
            }
        }
        out.append(text, from, text.length()).append('"');
    }
}
