package dev.assay.distil.internal;

import dev.assay.receipt.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The members of a canonical JSON object, found without building a tree; each is read when it is asked for.
/// Lines that Assay wrote are read this way; what comes from elsewhere is parsed.
public final class LineView {
    private static final int FEW_MEMBERS = 24;

    private final byte[] line;
    private int[] places = new int[4 * FEW_MEMBERS];
    private int members;

    /// @throws IllegalArgumentException if the bytes are no object as canonical JSON writes it, as far as its
    ///     members show
    public LineView(byte[] line) {
        this(line, 0, line.length);
    }

    private LineView(byte[] line, int from, int to) {
        this.line = line;
        index(from, to);
    }

    private void index(int from, int to) {
        int at = from;
        if (to - from < 2 || line[at++] != '{') {
            throw damaged();
        }
        if (line[at] == '}' && at + 1 == to) {
            return;
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
            if (4 * members == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            int p = 4 * members++;
            places[p] = nameFrom;
            places[p + 1] = nameTo;
            places[p + 2] = valueFrom;
            places[p + 3] = at;
            if (at < to && line[at] == ',') {
                at++;
            } else if (at == to - 1 && line[at] == '}') {
                return;
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
        for (int p = 0; p < 4 * members; p += 4) {
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
        String text = new String(line, from, to - from, StandardCharsets.UTF_8);
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int begin = 0;
        while (at >= 0) {
            out.append(text, begin, at);
            char c = text.charAt(at + 1);
            begin = at + 2;
            switch (c) {
                case 'b' -> out.append('\b');
                case 't' -> out.append('\t');
                case 'n' -> out.append('\n');
                case 'f' -> out.append('\f');
                case 'r' -> out.append('\r');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
                    begin = at + 6;
                }
                default -> out.append(c);
            }
            at = text.indexOf('\\', begin);
        }
        return out.append(text, begin, text.length()).toString();
    }

    /// The bytes of a member as they stand; null if there is none.
    public @Nullable String raw(String name) {
        int p = find(name);
        return p < 0 ? null : new String(line, places[p + 2], places[p + 3] - places[p + 2], StandardCharsets.UTF_8);
    }

    /// A member as a tree; null if there is none.
    public @Nullable JsonNode tree(String name) {
        String raw = raw(name);
        return raw == null ? null : CanonicalJson.parse(raw);
    }

    /// Some members as a tree, those of them that are there.
    public JsonNode tree(Set<String> names) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            String plain = text(name);
            JsonNode value = plain != null ? JsonNodeFactory.instance.stringNode(plain) : tree(name);
            if (value != null) {
                some.set(name, value);
            }
        }
        return some;
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
