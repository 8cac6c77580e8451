package dev.assay.distil.internal;

import dev.assay.distil.RowProvenance;
import dev.assay.receipt.CanonicalJson;
import java.util.List;

/// A canonical JSON object written member by member, in the order of names, which is checked.
public final class JsonLine {
    private final StringBuilder out = new StringBuilder(1024).append('{');
    private String last = "";

    private JsonLine name(String name) {
        if (name.compareTo(last) <= 0) {
            throw new IllegalStateException("member '" + name + "' comes after '" + last + "'");
        }
        if (!last.isEmpty()) {
            out.append(',');
        }
        last = name;
        out.append('"').append(name).append("\":");
        return this;
    }

    public JsonLine text(String name, String value) {
        CanonicalJson.append(name(name).out, value);
        return this;
    }

    public JsonLine whole(String name, long value) {
        name(name).out.append(value);
        return this;
    }

    public JsonLine truth(String name, boolean value) {
        name(name).out.append(value);
        return this;
    }

    public JsonLine texts(String name, List<String> values) {
        name(name).out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            CanonicalJson.append(out, values.get(i));
        }
        out.append(']');
        return this;
    }

    public JsonLine provenance(String name, RowProvenance value) {
        value.append(name(name).out);
        return this;
    }

    /// A member that is canonical JSON already.
    public JsonLine json(String name, String canonical) {
        name(name).out.append(canonical);
        return this;
    }

    /// The object.
    public String end() {
        return out.append('}').toString();
    }
}
