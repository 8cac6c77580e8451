package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column to take from a relation.
///
/// @param field      name, type and unit it will have
/// @param expression yields what the type is carried as: DOUBLE, BIGINT (longs, and instants in
///                   microseconds), BOOLEAN, VARCHAR (texts), INTEGER (codes of categories)
/// @param levels     the levels behind the codes of a category, else null
/// @param encodeUpTo a text column of at most this many distinct texts becomes categories; 0 if it
///     never does
/// @param told       what is to be told about it
record Pick(Field field, String expression, @Nullable List<String> levels, int encodeUpTo, Told told) {
    /// What a reader of the table would want to know about a column.
    ///
    /// @param inFile  what the file holds
    /// @param changed cells that are not here as they are in the file
    /// @param note    what is not as it may seem, and what to do about it; empty if nothing
    record Told(String inFile, long changed, String note) {
        static final Told NOTHING = new Told("", 0, "");
    }

    static Pick of(String name, ColumnType type, String expression) {
        return new Pick(Field.of(name, type), expression, null, 0, Told.NOTHING);
    }

    /// A category: the expression yields an ENUM of these levels.
    static Pick ofEnum(String name, String expression, List<String> levels) {
        return new Pick(
                Field.of(name, ColumnType.CATEGORY),
                "CAST(enum_code(" + expression + ") AS INTEGER)",
                List.copyOf(levels),
                0,
                Told.NOTHING);
    }

    /// A category: the expression yields a VARCHAR that is one of these levels.
    static Pick ofLevels(String name, String expression, List<String> levels) {
        return levels.isEmpty()
                ? new Pick(Field.of(name, ColumnType.CATEGORY), "CAST(NULL AS INTEGER)", List.of(), 0, Told.NOTHING)
                : ofEnum(name, "CAST(" + expression + " AS ENUM(" + Sql.texts(levels) + "))", levels);
    }

    Pick withUnit(String unit) {
        return new Pick(field.withUnit(unit), expression, levels, encodeUpTo, told);
    }

    Pick encodedUpTo(int distinct) {
        return new Pick(field, expression, levels, distinct, told);
    }

    Pick telling(Told what) {
        return new Pick(field, expression, levels, encodeUpTo, what);
    }
}
