package dev.assay.distil.internal;

import dev.assay.receipt.CanonicalBytes;
import dev.assay.receipt.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The members of a canonical JSON object, found without building a tree; each is read when it is asked for.
/// Lines that Assay wrote are read this way; what comes from elsewhere is parsed.
public final class LineView {
    private static final int FEW_MEMBERS = 24;
    private static final int MAX_DEPTH = 200;

    private final byte[] line;
    /// Of each member: begin and end of its name, begin and end of its value.
    private final int[] places;

    /// @throws IllegalArgumentException if the bytes are no object as canonical JSON writes it, as far as its
    ///     members show
    public LineView(byte[] line) {
        this(line, 0, line.length);
    }

    private LineView(byte[] line, int from, int to) {
        this.line = line;
        this.places = index(from, to);
    }

    private int[] index(int from, int to) {
        int[] found = new int[4 * FEW_MEMBERS];
        int length = 0;
        int at = from;
        if (to - from < 2 || line[at++] != '{') {
            throw damaged();
        }
        if (line[at] == '}' && at + 1 == to) {
            return new int[0];
        }
        while (at < to) {
            int nameFrom = at + 1;
            int nameTo = text(at, to) - 1;
            at = nameTo + 1;
            if (at >= to || line[at++] != ':') {
                throw damaged();
            }
            int valueFrom = at;
            at = skip(at, to);
            if (length == found.length) {
                found = Arrays.copyOf(found, 2 * found.length);
            }
            found[length] = nameFrom;
            found[length + 1] = nameTo;
            found[length + 2] = valueFrom;
            found[length + 3] = at;
            length += 4;
            if (at < to && line[at] == ',') {
                at++;
            } else if (at == to - 1 && line[at] == '}') {
                return Arrays.copyOf(found, length);
            } else {
                throw damaged();
            }
        }
        throw damaged();
    }

    /// Behind the closing quote of the text that begins here.
    private int text(int from, int to) {
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

    /// Behind the value that begins here.
    private int skip(int from, int to) {
        int depth = 0;
        for (int at = from; at < to; at++) {
            switch (line[at]) {
                case '"' -> {
                    at = text(at, to) - 1;
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

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the line is no JSON object as this program writes it");
    }

    /// The place of a member, or -1.
    private int find(String name) {
        int length = name.length();
        for (int p = 0; p < places.length; p += 4) {
            if (places[p + 1] - places[p] != length) {
                continue;
            }
            int i = 0;
            while (i < length && line[places[p] + i] == name.charAt(i)) {
                i++;
            }
            if (i == length) {
                return p;
            }
        }
        return -1;
    }

    /// Whether there is such a member.
    public boolean has(String name) {
        return find(name) >= 0;
    }

    /// The text of a member; null if there is none or it is no text.
    public @Nullable String text(String name) {
        int p = find(name);
        if (p < 0 || line[places[p + 2]] != '"') {
            return null;
        }
        return decoded(places[p + 2] + 1, places[p + 3] - 1);
    }

    /// The text of a member.
    ///
    /// @throws IllegalArgumentException if there is none or it is no text
    public String needed(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return text;
    }

    private String decoded(int from, int to) {
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

    /// Whether a member is a text with something in it besides white space; spaces alone are looked for, and
    /// what is escaped or beyond ASCII is read.
    public boolean says(String name) {
        int p = find(name);
        if (p < 0 || line[places[p + 2]] != '"') {
            return false;
        }
        for (int i = places[p + 2] + 1; i < places[p + 3] - 1; i++) {
            if (line[i] == '\\' || line[i] < 0) {
                return !decoded(i, places[p + 3] - 1).isBlank();
            }
            if (line[i] != ' ') {
                return true;
            }
        }
        return false;
    }

    /// Appends a member as it stands.
    ///
    /// @throws IllegalArgumentException if there is none
    public void copy(String name, CanonicalBytes out) {
        int p = find(name);
        if (p < 0) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        out.plain(line, places[p + 2], places[p + 3]);
    }

    /// The bytes of a member as they stand.
    ///
    /// @throws IllegalArgumentException if there is none
    public byte[] bytes(String name) {
        int p = find(name);
        if (p < 0) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return Arrays.copyOfRange(line, places[p + 2], places[p + 3]);
    }

    /// What a member says as it stands; null if there is none.
    public @Nullable String raw(String name) {
        int p = find(name);
        return p < 0 ? null : new String(line, places[p + 2], places[p + 3] - places[p + 2], StandardCharsets.UTF_8);
    }

    /// A member as a tree; null if there is none.
    public @Nullable JsonNode tree(String name) {
        int p = find(name);
        return p < 0 ? null : new Tree(places[p + 2], places[p + 3]).value();
    }

    /// Some members as a tree, those of them that are there.
    public JsonNode tree(Set<String> names) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            JsonNode value = tree(name);
            if (value != null) {
                some.set(name, value);
            }
        }
        return some;
    }

    /// A part of the line on its way into a tree. That it is canonical is not looked at again.
    private final class Tree {
        private int at;
        private int depth;
        private final int end;

        private Tree(int from, int to) {
            this.at = from;
            this.end = to;
        }

        private JsonNode value() {
            JsonNodeFactory make = JsonNodeFactory.instance;
            if (at >= end) {
                throw damaged();
            }
            switch (line[at]) {
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
                        if (at >= end || line[at++] != ':') {
                            throw damaged();
                        }
                        object.set(name, value());
                    }
                    return object;
                }
                default -> {
                    int from = at;
                    while (at < end && line[at] != ',' && line[at] != ']' && line[at] != '}') {
                        at++;
                    }
                    return CanonicalJson.parse(new String(line, from, at - from, StandardCharsets.UTF_8));
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
            int from = at + 1;
            at = text(at, end);
            return decoded(from, at - 1);
        }

        private boolean more(char closing, boolean first) {
            if (at >= end) {
                throw damaged();
            }
            if (line[at] == closing) {
                at++;
                depth--;
                return false;
            }
            if (!first && line[at++] != ',') {
                throw damaged();
            }
            return true;
        }
    }

    /// A member that is an object.
    ///
    /// @throws IllegalArgumentException if there is none
    public LineView object(String name) {
        int p = find(name);
        if (p < 0) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return new LineView(line, places[p + 2], places[p + 3]);
    }

    /// A member that is a whole number.
    ///
    /// @throws IllegalArgumentException if it is none
    public long whole(String name) {
        String raw = raw(name);
        if (raw == null) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        try {
            return Long.parseLong(raw);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the field '" + name + "' is no whole number", e);
        }
    }

    /// All of it.
    public byte[] line() {
        return line;
    }
}
