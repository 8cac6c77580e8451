package dev.assay.distil.internal.mapping;

import dev.assay.distil.internal.LineView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row while expressions look at it, and what was computed for it so far. For one thread.
public final class Row {
    /// A row without members, for what is the same for all.
    static final Row EMPTY = new Row(new LineView(new byte[] {'{', '}'}), 0, List.of());

    private final LineView line;
    private final long position;
    private final List<Expression> definitions;
    private final @Nullable Object[] values;
    private final boolean[] known;

    public Row(LineView line, long position, List<Expression> definitions) {
        this.line = line;
        this.position = position;
        this.definitions = definitions;
        this.values = new @Nullable Object[definitions.size()];
        this.known = new boolean[definitions.size()];
    }

    public LineView line() {
        return line;
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
