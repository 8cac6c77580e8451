package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column to take from a relation.
///
/// @param field      name, type and unit it will have
/// @param expression yields what the type is carried as: DOUBLE, BIGINT (longs, and instants in
///                   microseconds), BOOLEAN, VARCHAR (texts), INTEGER (codes of categories)
/// @param levels     the levels behind the codes of a category, else null
/// @param encodeUpTo a text column of at most this many distinct texts becomes categories; 0 if it
///                   never does
/// @param told       what is to be told about it
record Pick(Field field, String expression, @Nullable List<String> levels, int encodeUpTo, Told told) {
    private static final String CODE_OF = "CAST(enum_code(";
    private static final String AS_CODE = ") AS INTEGER)";
    private static final String CAST = "CAST(";

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
                CODE_OF + expression + AS_CODE,
                List.copyOf(levels),
                0,
                Told.NOTHING);
    }

    /// A category: the expression yields a VARCHAR that is one of these levels.
    static Pick ofLevels(String name, String expression, List<String> levels) {
        return levels.isEmpty()
                ? new Pick(Field.of(name, ColumnType.CATEGORY), "CAST(NULL AS INTEGER)", List.of(), 0, Told.NOTHING)
                : ofEnum(name, CAST + expression + asEnum(levels), levels);
    }

    private static String asEnum(List<String> levels) {
        return " AS ENUM(" + Sql.texts(levels) + "))";
    }

    /// SQL that is null where the cell is missing, which costs less than the cell.
    String present() {
        if (levels != null) {
            String before = CODE_OF + CAST;
            String behind = asEnum(levels) + AS_CODE;
            return expression.startsWith(before) && expression.endsWith(behind)
                    ? expression.substring(before.length(), expression.length() - behind.length())
                    : expression;
        }
        return stored();
    }

    /// The expression of the cell as a file of ours has it: dates and timestamps for times, VARCHAR for
    /// a category, and no NaN.
    String stored() {
        return switch (field.type()) {
            case DOUBLE -> "nullif(" + expression + ", CAST('nan' AS DOUBLE))";
            case LONG, BOOLEAN, TEXT -> expression;
            case DATE -> "(DATE '1970-01-01' + " + expression + ")";
            case DATE_TIME -> "make_timestamp(" + expression + ")";
            case INSTANT -> "make_timestamptz(" + expression + ")";
            case CATEGORY ->
                expression.startsWith(CODE_OF)
                        ? "CAST(" + expression.substring(CODE_OF.length(), expression.length() - AS_CODE.length())
                                + " AS VARCHAR)"
                        : "CAST(NULL AS VARCHAR)";
        };
    }

    /// A frame of what was collected for each pick.
    static Frame frame(List<Pick> picks, List<ColumnBuffer> buffers) {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < buffers.size(); i++) {
            Field field = picks.get(i).field();
            Column column = buffers.get(i).finish();
            fields.add(new Field(field.name(), column.type(), field.unit()));
            columns.add(column);
        }
        return Frame.of(new Schema(fields), columns);
    }

    /// A frame of these picks without rows.
    static Frame none(List<Pick> picks) {
        return frame(picks, picks.stream().map(p -> ColumnBuffer.of(p, 0)).toList());
    }

    Pick withExpression(String other) {
        return new Pick(field, other, levels, encodeUpTo, told);
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
