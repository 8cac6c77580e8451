package dev.assay.distil.internal;

import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.receipt.CanonicalBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The members of a canonical JSON object, found without building a tree; each is read when it is asked for.
/// Lines that Assay wrote are read this way; what comes from elsewhere is parsed.
public final class LineView {
    private static final int FEW_MEMBERS = 18;

    private final byte[] line;
    /// Of each member: begin and end of its name, begin and end of its value; -1 behind the last.
    private final int[] places;

    /// @throws IllegalArgumentException if the bytes are no object as canonical JSON writes it, as far as its
    ///     members show
    public LineView(byte[] line) {
        this(line, 0, line.length);
    }

    /// @throws IllegalArgumentException as above, or if it has more members than [Limit#COLUMNS]
    public LineView(byte[] line, Limits limits) {
        this(line);
        if (places.length / 4 > limits.of(Limit.COLUMNS)) {
            int members = 0;
            while (places[4 * members] >= 0) {
                members++;
            }
            if (members > limits.of(Limit.COLUMNS)) {
                throw new IllegalArgumentException("the object has more than " + limits.of(Limit.COLUMNS)
                        + " members; if you trust it, allow more with --limit " + Limit.COLUMNS.label() + "=N");
            }
        }
    }

    private LineView(byte[] line, int from, int to) {
        this.line = line;
        this.places = index(from, to);
    }

    private int[] index(int from, int to) {
        int[] found = new int[4 * FEW_MEMBERS + 1];
        int length = 0;
        int at = from;
        if (to - from < 2 || line[at++] != '{') {
            throw JsonPart.damaged();
        }
        if (line[at] == '}' && at + 1 == to) {
            return new int[] {-1};
        }
        while (at < to) {
            int nameFrom = at + 1;
            int nameTo = JsonPart.endOfText(line, at, to) - 1;
            at = nameTo + 1;
            if (at >= to || line[at++] != ':') {
                throw JsonPart.damaged();
            }
            int valueFrom = at;
            at = JsonPart.endOfValue(line, at, to);
            if (length + 1 == found.length) {
                found = Arrays.copyOf(found, 2 * length + 1);
            }
            found[length] = nameFrom;
            found[length + 1] = nameTo;
            found[length + 2] = valueFrom;
            found[length + 3] = at;
            length += 4;
            if (at < to && line[at] == ',') {
                at++;
            } else if (at == to - 1 && line[at] == '}') {
                found[length] = -1;
                return found;
            } else {
                throw JsonPart.damaged();
            }
        }
        throw JsonPart.damaged();
    }

    /// The place of a member with a name of plain ASCII, or -1.
    private int find(String name) {
        int length = name.length();
        for (int p = 0; places[p] >= 0; p += 4) {
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

    /// A member; null if there is none.
    public @Nullable JsonPart part(String name) {
        return at(find(name));
    }

    /// A member whose name may be anything; null if there is none.
    ///
    /// @param name see [JsonPart#name(String)]
    public @Nullable JsonPart part(byte[] name) {
        for (int p = 0; places[p] >= 0; p += 4) {
            if (Arrays.equals(line, places[p], places[p + 1], name, 0, name.length)) {
                return at(p);
            }
        }
        return null;
    }

    private @Nullable JsonPart at(int p) {
        return p < 0 ? null : new JsonPart(line, places[p + 2], places[p + 3]);
    }

    /// All of it.
    public JsonPart whole() {
        return new JsonPart(line, 0, line.length);
    }

    /// Whether there is such a member.
    public boolean has(String name) {
        return find(name) >= 0;
    }

    /// The text of a member; null if there is none or it is no text.
    public @Nullable String text(String name) {
        JsonPart part = part(name);
        return part == null || !part.isText() ? null : part.text();
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

    /// Whether a member is a text with something in it besides white space.
    public boolean says(String name) {
        JsonPart part = part(name);
        return part != null && part.says();
    }

    /// Appends a member as it stands.
    ///
    /// @throws IllegalArgumentException if there is none
    public void copy(String name, CanonicalBytes out) {
        there(name).appendTo(out);
    }

    /// The bytes of a member as they stand.
    ///
    /// @throws IllegalArgumentException if there is none
    public byte[] bytes(String name) {
        return there(name).toBytes();
    }

    /// A member.
    ///
    /// @throws IllegalArgumentException if there is none
    public JsonPart there(String name) {
        JsonPart part = part(name);
        if (part == null) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return part;
    }

    /// What a member says as it stands; null if there is none.
    public @Nullable String raw(String name) {
        JsonPart part = part(name);
        return part == null ? null : part.toString();
    }

    /// A member as a tree; null if there is none.
    public @Nullable JsonNode tree(String name) {
        JsonPart part = part(name);
        return part == null ? null : part.tree();
    }

    /// All of it.
    public byte[] line() {
        return line;
    }
}
