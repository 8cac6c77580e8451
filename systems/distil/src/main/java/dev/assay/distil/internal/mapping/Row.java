package dev.assay.distil.internal.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One row while expressions look at it, and what was computed for it so far. For one thread.
public final class Row {
    private final JsonNode node;
    private final long position;
    private final List<Expression> definitions;
    private final @Nullable Object[] values;
    private final boolean[] known;

    public Row(JsonNode node, long position, List<Expression> definitions) {
        this.node = node;
        this.position = position;
        this.definitions = definitions;
        this.values = new @Nullable Object[definitions.size()];
        this.known = new boolean[definitions.size()];
    }

    public JsonNode node() {
        return node;
    }

    public long position() {
        return position;
    }

    /// The value of a definition, computed once a row.
    public @Nullable Object defined(int index) {
        if (!known[index]) {
            values[index] = definitions.get(index).value(this);
            known[index] = true;
        }
        return values[index];
    }
}
