package dev.assay.distil.internal.mapping;

import dev.assay.distil.internal.EvidenceSchema.Type;
import dev.assay.distil.internal.JsonPart;
import dev.assay.distil.internal.RecordDraft;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a field of evidence is made of.
sealed interface FieldSource {
    /// Adds the field to a record.
    ///
    /// @return whether it is there
    /// @throws Conversion if a value is not of the field's type
    /// @throws IllegalArgumentException if it breaks the schema
    default boolean add(String name, Row row, RecordDraft draft) {
        JsonNode value = value(row);
        if (value == null) {
            return false;
        }
        draft.add(name, value);
        return true;
    }

    /// The field, or null if it is absent.
    ///
    /// @throws Conversion if a value is not of the field's type
    @Nullable
    JsonNode value(Row row);

    /// The same for all rows.
    record Fixed(JsonNode fixed) implements FieldSource {
        @Override
        public JsonNode value(Row row) {
            return fixed;
        }
    }

    /// One expression.
    record One(Type type, Expression expression) implements FieldSource {
        @Override
        public @Nullable JsonNode value(Row row) {
            Object value = expression.value(row);
            return value == null ? null : node(type, value);
        }
    }

    /// A text that is copied as it stands, if it is one.
    record Copied(RowPath path) implements FieldSource {
        @Override
        public boolean add(String name, Row row, RecordDraft draft) {
            JsonPart part = path.part(row);
            if (part == null || !part.isText()) {
                return FieldSource.super.add(name, row, draft);
            }
            draft.addText(name, part);
            return true;
        }

        @Override
        public @Nullable JsonNode value(Row row) {
            Object value = path.value(row);
            return value == null ? null : node(Type.TEXT, value);
        }
    }

    /// An expression a part.
    record Parts(Type type, Map<String, Expression> parts) implements FieldSource {
        @Override
        public @Nullable JsonNode value(Row row) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            parts.forEach((name, part) -> {
                Object value = part.value(row);
                JsonNode node =
                        value == null ? null : FieldSource.node(type == Type.NUMBERS ? Type.NUMBER : Type.TEXT, value);
                if (node != null) {
                    object.set(name, node);
                }
            });
            return object.isEmpty() ? null : object;
        }
    }

    /// What an expression makes of a field.
    static FieldSource of(Type type, Expression expression) {
        return type == Type.TEXT && expression instanceof RowPath path ? new Copied(path) : new One(type, expression);
    }

    private static @Nullable JsonNode node(Type type, Object value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (type) {
            case NUMBER, AMOUNT -> {
                BigDecimal number = Values.number(value);
                yield number == null ? null : make.numberNode(number.doubleValue());
            }
            case COUNT, VERSION -> {
                BigDecimal number = Values.number(value);
                if (number == null) {
                    yield null;
                }
                try {
                    yield make.numberNode(number.longValueExact());
                } catch (ArithmeticException e) {
                    throw new Conversion("a number is not whole");
                }
            }
            case TEXTS -> {
                ArrayNode list = make.arrayNode();
                if (value instanceof List<?> texts) {
                    texts.forEach(text -> list.add((String) text));
                } else if (value instanceof JsonNode array && array.isArray()) {
                    array.valueStream().forEach(each -> {
                        Object part = Values.of(each);
                        if (part != null) {
                            list.add(Values.text(part));
                        }
                    });
                } else {
                    list.add(Values.text(value));
                }
                yield list.isEmpty() ? null : list;
            }
            case NUMBERS, TEXT_MAP -> {
                if (!(value instanceof JsonNode object) || !object.isObject()) {
                    throw new Conversion("a value is no map");
                }
                ObjectNode map = make.objectNode();
                object.properties().forEach(member -> {
                    Object part = Values.of(member.getValue());
                    JsonNode node = part == null ? null : node(type == Type.NUMBERS ? Type.NUMBER : Type.TEXT, part);
                    if (node != null) {
                        map.set(member.getKey(), node);
                    }
                });
                yield map.isEmpty() ? null : map;
            }
            case RETRIEVED, PROVENANCE -> {
                if (!(value instanceof JsonNode node)) {
                    throw new Conversion("a value is no list of objects");
                }
                yield node;
            }
            case NAME, TEXT, TIME, HEX, TIMESTAMP_SOURCE, STREAM_CLASS, ROLE, OBSERVER ->
                make.stringNode(Values.text(value));
        };
    }
}
