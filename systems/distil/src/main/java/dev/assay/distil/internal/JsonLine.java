package dev.assay.distil.internal;

import dev.assay.distil.RowProvenance;
import dev.assay.receipt.CanonicalBytes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// A canonical JSON object written member by member, in the order of names, which is checked.
public final class JsonLine {
    private static final int EXPECTED_BYTES = 512;

    private final CanonicalBytes out;
    private String last = "";

    public JsonLine() {
        this(EXPECTED_BYTES);
    }

    /// @param expected about how many bytes there will be
    public JsonLine(int expected) {
        out = new CanonicalBytes(expected).plain('{');
    }

    private CanonicalBytes name(String name) {
        if (name.compareTo(last) <= 0) {
            throw new IllegalStateException("member '" + name + "' comes after '" + last + "'");
        }
        if (!last.isEmpty()) {
            out.plain(',');
        }
        last = name;
        return out.plain('"').plain(name).plain('"').plain(':');
    }

    public JsonLine text(String name, String value) {
        name(name).text(value);
        return this;
    }

    public JsonLine whole(String name, long value) {
        name(name).whole(value);
        return this;
    }

    public JsonLine truth(String name, boolean value) {
        name(name).plain(Boolean.toString(value));
        return this;
    }

    public JsonLine texts(String name, List<String> values) {
        name(name).plain('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.plain(',');
            }
            out.text(values.get(i));
        }
        out.plain(']');
        return this;
    }

    public JsonLine provenance(String name, RowProvenance value) {
        value.append(name(name));
        return this;
    }

    /// A member that is an object of values.
    public JsonLine values(String name, SortedMap<String, Object> values) {
        name(name).plain('{');
        boolean first = true;
        for (Map.Entry<String, Object> each : values.entrySet()) {
            if (!first) {
                out.plain(',');
            }
            first = false;
            out.text(each.getKey()).plain(':').value(each.getValue());
        }
        out.plain('}');
        return this;
    }

    /// A member with anything that has a canonical form.
    public JsonLine value(String name, Object value) {
        name(name).value(value);
        return this;
    }

    /// A member that is canonical JSON already.
    public JsonLine json(String name, byte[] canonical) {
        name(name).plain(canonical);
        return this;
    }

    /// The object.
    public byte[] end() {
        return done(out.plain('}'));
    }

    /// The object and a line feed.
    public byte[] endLine() {
        return done(out.plain('}').plain('\n'));
    }

    private static byte[] done(CanonicalBytes out) {
        byte[] line = out.toBytes();
        out.close();
        return line;
    }
}
