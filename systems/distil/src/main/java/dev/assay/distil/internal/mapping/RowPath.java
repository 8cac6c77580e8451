package dev.assay.distil.internal.mapping;

import dev.assay.distil.internal.JsonPart;
import org.jspecify.annotations.Nullable;

/// A way into a row: `$.a.b[0]`.
final class RowPath implements Expression {
    /// A step: a member or an element.
    private sealed interface Step {
        record Member(byte[] name) implements Step {}

        record Element(int index) implements Step {}
    }

    private final Step[] steps;

    /// @param way names as [String], places in lists as [Integer]
    RowPath(Object... way) {
        steps = new Step[way.length];
        for (int i = 0; i < way.length; i++) {
            steps[i] = way[i] instanceof Integer index
                    ? new Step.Element(index)
                    : new Step.Member(JsonPart.name((String) way[i]));
        }
    }

    @Override
    public @Nullable Object value(Row row) {
        JsonPart part = part(row);
        if (part == null) {
            return null;
        }
        return part.isText() ? part.text() : Values.of(part.tree());
    }

    /// What stands there; null if nothing does.
    @Nullable
    JsonPart part(Row row) {
        JsonPart here = steps.length > 0 && steps[0] instanceof Step.Member(byte[] name)
                ? row.line().part(name)
                : row.line().whole();
        for (int i = steps.length > 0 && steps[0] instanceof Step.Member ? 1 : 0;
                here != null && i < steps.length;
                i++) {
            here = switch (steps[i]) {
                case Step.Member(byte[] name) -> here.member(name);
                case Step.Element(int index) -> here.element(index);
            };
        }
        return here;
    }
}
