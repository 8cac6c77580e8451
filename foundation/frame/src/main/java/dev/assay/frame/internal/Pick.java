package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column to take from a relation.
///
/// @param field      name, type and unit it will have
/// @param expression yields what the type is carried as: DOUBLE, BIGINT (longs, and instants in microseconds),
///                   BOOLEAN, VARCHAR (texts), INTEGER (codes of categories)
/// @param levels     the levels behind the codes of a category, else null
/// @param encodeUpTo a text column of at most this many distinct texts becomes categories; 0 if it never does
record Pick(Field field, String expression, @Nullable List<String> levels, int encodeUpTo) {

    static Pick of(String name, ColumnType type, String expression) {
        return new Pick(Field.of(name, type), expression, null, 0);
    }

    /// A category: the expression yields an ENUM of these levels.
    static Pick ofEnum(String name, String expression, List<String> levels) {
        return new Pick(
                Field.of(name, ColumnType.CATEGORY),
                "CAST(enum_code(" + expression + ") AS INTEGER)",
                List.copyOf(levels),
                0);
    }

    /// A category: the expression yields a VARCHAR that is one of these levels.
    static Pick ofLevels(String name, String expression, List<String> levels) {
        return levels.isEmpty()
                ? new Pick(Field.of(name, ColumnType.CATEGORY), "CAST(NULL AS INTEGER)", List.of(), 0)
                : ofEnum(name, "CAST(" + expression + " AS ENUM(" + Sql.texts(levels) + "))", levels);
    }

    Pick withUnit(String unit) {
        return new Pick(field.withUnit(unit), expression, levels, encodeUpTo);
    }

    Pick encodedUpTo(int distinct) {
        return new Pick(field, expression, levels, distinct);
    }
}
