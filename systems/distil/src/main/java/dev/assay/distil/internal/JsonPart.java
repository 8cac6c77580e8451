package dev.assay.distil.internal;

import dev.assay.fault.Limit;
import dev.assay.receipt.CanonicalBytes;
import dev.assay.receipt.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A value inside canonical JSON, where it stands. That the bytes are canonical is not looked at again: what
/// is seen to be damaged on the way is refused with [IllegalArgumentException].
public final class JsonPart {
    /// What wrote the bytes did not write deeper than was allowed then.
    private static final long MAX_DEPTH = Limit.DEPTH.most();

    private final byte[] bytes;
    private final int from;
    private final int to;

    /// @param from its first byte
    /// @param to   behind its last
    JsonPart(byte[] bytes, int from, int to) {
        if (from >= to) {
            throw damaged();
        }
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /// A name as it stands between its quotes.
    public static byte[] name(String name) {
        byte[] quoted = new CanonicalBytes(name.length() + 2).text(name).toBytes();
        return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    }

    static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the line is no JSON object as this program writes it");
    }

    /// Whether it is a text.
    public boolean isText() {
        return bytes[from] == '"';
    }

    /// What a text says.
    public String text() {
        if (!isText()) {
            throw damaged();
        }
        return decoded(bytes, from + 1, to - 1);
    }

    /// Whether it is a text with something in it besides white space. Spaces are skipped, and what is escaped
    /// or beyond ASCII is read.
    public boolean says() {
        for (int i = from + 1; isText() && i < to - 1; i++) {
            if (bytes[i] == '\\' || bytes[i] < 0) {
                return !decoded(bytes, i, to - 1).isBlank();
            }
            if (bytes[i] != ' ') {
                return true;
            }
        }
        return false;
    }

    /// What a whole number says.
    public long whole() {
        try {
            return Long.parseLong(toString());
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    /// As a tree.
    public JsonNode tree() {
        Walk walk = new Walk();
        JsonNode tree = walk.value();
        if (walk.at != to) {
            throw damaged();
        }
        return tree;
    }

    /// A member of an object; null if there is none, or this is no object.
    ///
    /// @param name see [#name(String)]
    public @Nullable JsonPart member(byte[] name) {
        if (bytes[from] != '{') {
            return null;
        }
        int at = from + 1;
        while (at < to && bytes[at] == '"') {
            int nameTo = endOfText(bytes, at, to) - 1;
            int value = nameTo + 2;
            int end = endOfValue(bytes, value, to);
            if (Arrays.equals(bytes, at + 1, nameTo, name, 0, name.length)) {
                return new JsonPart(bytes, value, end);
            }
            at = end + 1;
        }
        return null;
    }

    /// An element of a list, from 0; null if there is none, or this is no list.
    public @Nullable JsonPart element(int index) {
        if (bytes[from] != '[' || bytes[from + 1] == ']') {
            return null;
        }
        int at = from + 1;
        for (int i = 0; at < to; i++) {
            int end = endOfValue(bytes, at, to);
            if (i == index) {
                return new JsonPart(bytes, at, end);
            }
            at = end + 1;
        }
        return null;
    }

    /// Appends it as it stands.
    public void appendTo(CanonicalBytes out) {
        out.plain(bytes, from, to);
    }

    /// Its bytes as they stand.
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /// The bytes as text.
    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /// Behind the closing quote of the text that begins at `from`.
    static int endOfText(byte[] line, int from, int to) {
        if (from >= to || line[from] != '"') {
            throw damaged();
        }
        int at = CanonicalJson.endOfPlain(line, from + 1, to);
        while (at < to) {
            if (line[at] == '"') {
                return at + 1;
            }
            // Behind what is escaped.
            at = CanonicalJson.endOfPlain(line, Math.min(to, line[at] == '\\' ? at + 2 : at + 1), to);
        }
        throw damaged();
    }

    /// Behind the value that begins at `from`.
    static int endOfValue(byte[] line, int from, int to) {
        int depth = 0;
        for (int at = from; at < to; at++) {
            switch (line[at]) {
                case '"' -> {
                    at = endOfText(line, at, to) - 1;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        return at;
                    }
                    if (--depth == 0) {
                        return at + 1;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> {}
            }
        }
        throw damaged();
    }

    private static String decoded(byte[] line, int from, int to) {
        int end = CanonicalJson.endOfPlain(line, from, to);
        if (end == to) {
            return new String(line, from, to - from, StandardCharsets.UTF_8);
        }
        byte[] out = new byte[to - from];
        int length = 0;
        int begin = from;
        while (end < to) {
            System.arraycopy(line, begin, out, length, end - begin);
            length += end - begin;
            if (line[end] != '\\' || end + 1 >= to) {
                throw damaged();
            }
            byte c = line[end + 1];
            begin = end + 2;
            switch (c) {
                case 'b' -> out[length++] = '\b';
                case 't' -> out[length++] = '\t';
                case 'n' -> out[length++] = '\n';
                case 'f' -> out[length++] = '\f';
                case 'r' -> out[length++] = '\r';
                case 'u' -> {
                    // Canonical JSON escapes control characters in this way and nothing else.
                    int code = begin + 4 > to
                            ? -1
                            : 16 * Character.digit(line[begin + 2], 16) + Character.digit(line[begin + 3], 16);
                    if (code < 0 || code >= ' ' || line[begin] != '0' || line[begin + 1] != '0') {
                        throw damaged();
                    }
                    out[length++] = (byte) code;
                    begin += 4;
                }
                default -> out[length++] = c;
            }
            end = CanonicalJson.endOfPlain(line, begin, to);
        }
        System.arraycopy(line, begin, out, length, to - begin);
        return new String(out, 0, length + to - begin, StandardCharsets.UTF_8);
    }

    /// The way through the bytes.
    private final class Walk {
        private int at = from;
        private int depth;

        private JsonNode value() {
            JsonNodeFactory make = JsonNodeFactory.instance;
            if (at >= to) {
                throw damaged();
            }
            switch (bytes[at]) {
                case '"' -> {
                    return make.stringNode(string());
                }
                case '[' -> {
                    ArrayNode list = make.arrayNode();
                    deeper();
                    while (more(']', list.isEmpty())) {
                        list.add(value());
                    }
                    return list;
                }
                case '{' -> {
                    ObjectNode object = make.objectNode();
                    deeper();
                    while (more('}', object.isEmpty())) {
                        String name = string();
                        if (at >= to || bytes[at++] != ':') {
                            throw damaged();
                        }
                        object.set(name, value());
                    }
                    return object;
                }
                default -> {
                    int begin = at;
                    while (at < to && bytes[at] != ',' && bytes[at] != ']' && bytes[at] != '}') {
                        at++;
                    }
                    return CanonicalJson.parse(new String(bytes, begin, at - begin, StandardCharsets.UTF_8));
                }
            }
        }

        private void deeper() {
            at++;
            if (++depth > MAX_DEPTH) {
                throw damaged();
            }
        }

        private String string() {
            int begin = at + 1;
            at = endOfText(bytes, at, to);
            return decoded(bytes, begin, at - 1);
        }

        private boolean more(char closing, boolean first) {
            if (at >= to) {
                throw damaged();
            }
            if (bytes[at] == closing) {
                at++;
                depth--;
                return false;
            }
            if (!first && bytes[at++] != ',') {
                throw damaged();
            }
            return true;
        }
    }
}
