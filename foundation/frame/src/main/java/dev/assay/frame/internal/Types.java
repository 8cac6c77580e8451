package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DuckDB's types as column types.
final class Types {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
    private static final int DIGITS_OF_ANY_LONG = 18;

    private Types() {}

    /// What to take from a relation with typed columns: all its columns that `wanted` names, or all.
    ///
    /// @param wanted names in the order to take them, empty for all
    /// @throws Fault (BAD_DATA) if a column has no place in a frame
    static List<Pick> picks(Database database, String from, List<String> wanted) throws SQLException {
        List<List<String>> described = database.ask("DESCRIBE SELECT * FROM " + from);
        List<String> names = described.stream().map(List::getFirst).toList();
        List<Pick> picks = new ArrayList<>();
        for (String name : Wanted.of(names, wanted)) {
            picks.add(pick(
                    database, from, name, described.get(names.indexOf(name)).get(1)));
        }
        return picks;
    }

    private static Pick pick(Database database, String from, String name, String type) throws SQLException {
        String column = Sql.name(name);
        if (type.startsWith("ENUM(")) {
            return Pick.ofEnum(name, column, levels(type));
        }
        if (type.endsWith("]")
                || type.startsWith("STRUCT")
                || type.startsWith("MAP")
                || type.startsWith("UNION")
                || type.equals("VARIANT")) {
            return Pick.of(name, ColumnType.TEXT, "CAST(to_json(" + column + ") AS VARCHAR)");
        }
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            if (!decimal.group(2).equals("0")) {
                return Pick.of(name, ColumnType.DOUBLE, "CAST(" + column + " AS DOUBLE)");
            }
            return Integer.parseInt(decimal.group(1)) <= DIGITS_OF_ANY_LONG
                    ? Pick.of(name, ColumnType.LONG, "CAST(" + column + " AS BIGINT)")
                    : wide(database, from, name);
        }
        return switch (type) {
            case "DOUBLE" -> Pick.of(name, ColumnType.DOUBLE, column);
            case "FLOAT" -> Pick.of(name, ColumnType.DOUBLE, "CAST(" + column + " AS DOUBLE)");
            case "BIGINT" -> Pick.of(name, ColumnType.LONG, column);
            case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER" ->
                Pick.of(name, ColumnType.LONG, "CAST(" + column + " AS BIGINT)");
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> wide(database, from, name);
            case "BOOLEAN" -> Pick.of(name, ColumnType.BOOLEAN, column);
            case "VARCHAR" -> Pick.of(name, ColumnType.TEXT, column);
            case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE" ->
                Pick.of(name, ColumnType.INSTANT, "epoch_us(" + column + ")");
            case "TIMESTAMP_NS" -> Pick.of(name, ColumnType.INSTANT, microseconds(column));
            case "BLOB", "GEOMETRY" ->
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' holds binary data, which has no place in a frame; leave it out.");
            default -> Pick.of(name, ColumnType.TEXT, "CAST(" + column + " AS VARCHAR)");
        };
    }

    /// Nanoseconds rounded down; epoch_us and the division of integers round towards 1970.
    private static String microseconds(String column) {
        String nanoseconds = "epoch_ns(" + column + ")";
        return "((" + nanoseconds + " - ((" + nanoseconds + " % 1000) + 1000) % 1000) // 1000)";
    }

    /// Integers of more than 64 bits: longs if all of them fit.
    private static Pick wide(Database database, String from, String name) throws SQLException {
        String column = Sql.name(name);
        String misfits = database.ask("SELECT count(*) FROM " + from + " WHERE " + column + " IS NOT NULL AND TRY_CAST("
                        + column + " AS BIGINT) IS NULL")
                .getFirst()
                .getFirst();
        return misfits.equals("0")
                ? Pick.of(name, ColumnType.LONG, "CAST(" + column + " AS BIGINT)")
                : Pick.of(name, ColumnType.DOUBLE, "CAST(" + column + " AS DOUBLE)");
    }

    /// The levels in `ENUM('a', 'it''s')`.
    static List<String> levels(String type) {
        List<String> levels = new ArrayList<>();
        int i = type.indexOf('\'');
        while (i >= 0) {
            StringBuilder level = new StringBuilder();
            int at = i + 1;
            while (true) {
                int quote = type.indexOf('\'', at);
                level.append(type, at, quote);
                at = quote + 1;
                if (at < type.length() && type.charAt(at) == '\'') {
                    level.append('\'');
                    at++;
                } else {
                    break;
                }
            }
            levels.add(level.toString());
            i = type.indexOf('\'', at);
        }
        return levels;
    }
}
