package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Which types the cells of a text format stand for, told from all of them in one pass.
///
/// Rules are conditions in SQL on one cell, `@` standing for the column.
///
/// @param present  the cell is not missing
/// @param isLong   it is a whole number of 64 bits
/// @param isDouble it is another number
/// @param isFlag   it is true or false
/// @param isMoment it is a date, or a date and time
/// @param bare     a number or boolean as it is written, null if it is missing
/// @param text     the cell as a text, null if it is missing
record TextTypes(
        String present, String isLong, String isDouble, String isFlag, String isMoment, String bare, String text) {
    /// @param rows  rows of the relation
    /// @param types a type for each column asked about
    record Answer(long rows, List<ColumnType> types) {}

    /// Columns from which on the optimizer, whose time is quadratic in them, takes longer than it saves.
    private static final int WIDE = 200;
    /// Columns of a wide table to ask for at a time.
    private static final int BATCH = 1000;

    private static final int LONG = 1;
    private static final int DOUBLE = 2;
    private static final int FLAG = 4;
    private static final int MOMENT = 8;
    private static final int OTHER = 16;

    /// Whole numbers past 64 bits stay texts: as doubles they would lose digits, and they mostly are
    /// names of things.
    private static final String NOT_TOO_WIDE =
            "(TRY_CAST(%1$s AS BIGINT) IS NOT NULL OR NOT regexp_full_match(%1$s, '-?[0-9]+'))";

    private static final String ISO_MOMENT =
            "(regexp_full_match(%1$s, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?"
                    + "(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?') AND TRY_CAST(%1$s AS TIMESTAMPTZ) IS NOT NULL)";

    /// Cells of CSV. A whole number counts only as it would be printed, so that `007` keeps its zeros.
    static final TextTypes CSV = new TextTypes(
            "(@ IS NOT NULL)",
            "CAST(TRY_CAST(@ AS BIGINT) AS VARCHAR) IS NOT DISTINCT FROM @",
            "(@ IN ('inf', '-inf') OR (TRY_CAST(@ AS DOUBLE) IS NOT NULL AND isfinite(TRY_CAST(@ AS DOUBLE))"
                    + " AND regexp_full_match(@, '-?(0|[1-9][0-9]*)?(\\.[0-9]*)?([eE][+-]?[0-9]+)?') AND "
                    + NOT_TOO_WIDE.formatted("@") + "))",
            "@ IN ('true', 'false', 'TRUE', 'FALSE', 'True', 'False')",
            ISO_MOMENT.formatted("@"),
            "@",
            "@");

    /// JSON values, told from how they are written, without parsing each of them once more.
    static final TextTypes JSON = new TextTypes(
            "(@ IS NOT NULL AND CAST(@ AS VARCHAR) <> 'null')",
            CSV.isLong.replace("@", "CAST(@ AS VARCHAR)"),
            CSV.isDouble.replace("@", "CAST(@ AS VARCHAR)"),
            "CAST(@ AS VARCHAR) IN ('true', 'false')",
            "(starts_with(CAST(@ AS VARCHAR), '\"') AND " + ISO_MOMENT.formatted("(@ ->> '$')") + ")",
            "nullif(CAST(@ AS VARCHAR), 'null')",
            "(@ ->> '$')");

    /// What to select for a column of this type.
    String expression(ColumnType type, String column) {
        String bareCell = bare.replace("@", column);
        String cell = text.replace("@", column);
        return switch (type) {
            case LONG -> "CAST(" + bareCell + " AS BIGINT)";
            case DOUBLE -> "CAST(" + bareCell + " AS DOUBLE)";
            case BOOLEAN -> "CAST(" + bareCell + " AS BOOLEAN)";
            // A cast to TIMESTAMP would pass over the zone; without one, the session's is taken, which
            // is UTC.
            case INSTANT -> "epoch_us(CAST(" + cell + " AS TIMESTAMPTZ))";
            case TEXT, CATEGORY -> cell;
        };
    }

    /// The number of rows, and for each column the narrowest type that all its cells have; texts for one
    /// without cells.
    Answer tell(Database database, String from, List<String> columns) throws SQLException {
        if (columns.size() <= WIDE) {
            return batch(database, from, columns);
        }
        List<ColumnType> types = new ArrayList<>();
        long rows = 0;
        database.run("PRAGMA disable_optimizer");
        for (int i = 0; i < columns.size(); i += BATCH) {
            Answer some = batch(database, from, columns.subList(i, Math.min(i + BATCH, columns.size())));
            types.addAll(some.types());
            rows = some.rows();
        }
        database.run("PRAGMA enable_optimizer");
        return new Answer(rows, types);
    }

    private Answer batch(Database database, String from, List<String> columns) throws SQLException {
        StringBuilder query = new StringBuilder("SELECT count(*)");
        for (String column : columns) {
            query.append(", bit_or(").append(kind(column)).append(")");
        }
        List<String> row = database.ask(query + " FROM " + from).getFirst();
        return new Answer(
                Long.parseLong(row.getFirst()),
                row.stream()
                        .skip(1)
                        .map(kinds -> ofKinds(kinds.isEmpty() ? 0 : Integer.parseInt(kinds)))
                        .toList());
    }

    /// The kind of a cell; all of a column joined by OR give its type. A CASE looks at a rule only for
    /// the cells that the rules before it left, and numbers are most common.
    String kind(String column) {
        String kind = "CASE WHEN NOT " + present + " THEN 0 WHEN " + isLong + " THEN " + LONG + " WHEN " + isDouble
                + " THEN " + DOUBLE + " WHEN " + isFlag + " THEN " + FLAG + " WHEN " + isMoment + " THEN " + MOMENT
                + " ELSE " + OTHER + " END";
        return kind.replace("@", column);
    }

    /// The number of rows, and texts throughout.
    static Answer texts(Database database, String from, List<String> columns) throws SQLException {
        long rows = Long.parseLong(
                database.ask("SELECT count(*) FROM " + from).getFirst().getFirst());
        return new Answer(rows, columns.stream().map(c -> ColumnType.TEXT).toList());
    }

    /// The type of a column whose cells are of these kinds.
    static ColumnType ofKinds(int kinds) {
        return switch (kinds) {
            case LONG -> ColumnType.LONG;
            case DOUBLE, LONG | DOUBLE -> ColumnType.DOUBLE;
            case FLAG -> ColumnType.BOOLEAN;
            case MOMENT -> ColumnType.INSTANT;
            default -> ColumnType.TEXT;
        };
    }
}
