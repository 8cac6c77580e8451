package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// DuckDB's types as column types: nothing becomes a number that would not give every cell back. What
/// has no column type that holds it exactly is its text.
final class Types {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
    private static final int DIGITS_OF_ANY_LONG = 18;
    private static final int DIGITS_OF_ANY_DOUBLE = 15;
    private static final int MOST_DIGITS = 38;

    private Types() {}

    /// A column of a relation.
    ///
    /// @param name   its own name
    /// @param sql    what the relation calls it, in quotes
    /// @param type   its type as DuckDB describes it
    /// @param stored what a file holds where DuckDB's type does not say it: `INT96`,
    ///     `DECIMAL(76,2)`, `duration in ns`; else empty
    /// @param unit   the unit of a duration, else empty
    record Source(String name, String sql, String type, String stored, String unit) {
        String inFile() {
            return stored.isEmpty() ? type : stored;
        }
    }

    /// What to take from a column, decided by what was counted.
    ///
    /// @param counts  aggregates in SQL to know first, whole numbers
    /// @param example the same of a text, which a note may show
    /// @param pick    the decision, given the counts in the same order, and the example
    private record Plan(List<String> counts, String example, BiFunction<long[], String, Pick> pick) {
        /// What to ask.
        List<String> asked() {
            return counts.isEmpty()
                    ? List.of()
                    : Stream.concat(counts.stream(), Stream.of(example)).toList();
        }

        Pick picked(List<String> answers) {
            long[] numbers = answers.stream()
                    .limit(counts.size())
                    .mapToLong(Long::parseLong)
                    .toArray();
            String text = answers.isEmpty() ? "" : answers.getLast();
            return pick.apply(numbers, text.isEmpty() ? "" : ", such as '" + CellEvidence.shown(text) + "'");
        }

        static Plan of(Pick pick) {
            return new Plan(List.of(), "", (counts, example) -> pick);
        }
    }

    /// The columns of a relation under DuckDB's own names.
    static List<Source> described(Database database, String from) throws SQLException {
        return database.ask("DESCRIBE SELECT * FROM " + from).stream()
                .map(row -> new Source(row.getFirst(), Sql.name(row.getFirst()), row.get(1), "", ""))
                .toList();
    }

    /// What to take from columns. Where a type does not tell, all cells are looked at, once for all
    /// columns.
    ///
    /// @param told whether NaN and infinite times are counted too, which needs no look otherwise
    /// @throws Fault (BAD_DATA) if a column has no place in a frame
    static List<Pick> picks(Database database, String from, List<Source> columns, boolean told) throws SQLException {
        List<Plan> plans = columns.stream().map(column -> plan(column, told)).toList();
        List<String> counts =
                plans.stream().flatMap(plan -> plan.asked().stream()).toList();
        List<String> row = counts.isEmpty()
                ? List.of()
                : database.ask("SELECT " + String.join(", ", counts) + " FROM " + from)
                        .getFirst();
        List<Pick> picks = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < plans.size(); i++) {
            List<String> own = row.subList(at, at + plans.get(i).asked().size());
            at += own.size();
            Pick pick = plans.get(i).picked(own);
            picks.add(
                    pick.told().inFile().isEmpty()
                            ? pick.telling(new Pick.Told(columns.get(i).inFile(), 0, ""))
                            : pick);
        }
        return picks;
    }

    private static Plan plan(Source column, boolean told) {
        String name = column.name();
        String sql = column.sql();
        String type = column.type();
        if (type.startsWith("ENUM(")) {
            return Plan.of(Pick.ofEnum(name, sql, levels(type)).telling(new Pick.Told("ENUM", 0, "")));
        }
        if (type.endsWith("]")
                || type.startsWith("STRUCT")
                || type.startsWith("MAP")
                || type.startsWith("UNION")
                || type.equals("VARIANT")) {
            return Plan.of(Pick.of(name, ColumnType.TEXT, "CAST(to_json(" + sql + ") AS VARCHAR)")
                    .telling(new Pick.Told(
                            column.inFile(), 0, "holds lists or structures, which are texts of JSON here")));
        }
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return decimal(column, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (type) {
            case "DOUBLE", "FLOAT" -> real(column, told);
            case "BIGINT", "INTEGER" ->
                Plan.of(
                        column.unit().isEmpty()
                                ? Pick.of(name, ColumnType.LONG, "CAST(" + sql + " AS BIGINT)")
                                : duration(column));
            case "TINYINT", "SMALLINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                Plan.of(Pick.of(name, ColumnType.LONG, "CAST(" + sql + " AS BIGINT)"));
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> wide(column);
            case "BOOLEAN" -> Plan.of(Pick.of(name, ColumnType.BOOLEAN, sql));
            case "VARCHAR" -> Plan.of(Pick.of(name, ColumnType.TEXT, sql));
            case "DATE" ->
                time(
                        column,
                        told,
                        ColumnType.DATE,
                        "CASE WHEN isfinite(" + sql + ") THEN " + CellSql.day(sql) + " END");
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" ->
                time(column, told, ColumnType.DATE_TIME, "epoch_us(" + sql + ")");
            case "TIMESTAMP WITH TIME ZONE" -> time(column, told, ColumnType.INSTANT, "epoch_us(" + sql + ")");
            case "TIMESTAMP_NS" -> nanoseconds(column, ColumnType.DATE_TIME, "");
            case "TIMESTAMPTZ_NS" -> nanoseconds(column, ColumnType.INSTANT, "Z");
            case "BLOB", "GEOMETRY" ->
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name
                                + "' holds binary data, which no column can hold here; leave it out with 'columns'.");
            case "JSON", "UUID", "BIT", "\"NULL\"" ->
                Plan.of(Pick.of(name, ColumnType.TEXT, "CAST(" + sql + " AS VARCHAR)"));
            default ->
                Plan.of(Pick.of(name, ColumnType.TEXT, "CAST(" + sql + " AS VARCHAR)")
                        .telling(new Pick.Told(
                                column.inFile(), 0, "holds " + column.inFile() + ", whose values are texts here")));
        };
    }

    private static Pick duration(Source column) {
        return Pick.of(column.name(), ColumnType.LONG, "CAST(" + column.sql() + " AS BIGINT)")
                .withUnit(column.unit())
                .telling(new Pick.Told(
                        column.inFile(),
                        0,
                        "holds durations, which are whole numbers of the unit " + column.unit() + " here"));
    }

    private static Plan real(Source column, boolean told) {
        if (!column.stored().isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "column '" + column.name() + "' holds " + column.stored() + ", of whose digits only " + MOST_DIGITS
                            + " can be read; leave it out, or have it written with fewer.");
        }
        Pick pick = Pick.of(
                column.name(),
                ColumnType.DOUBLE,
                column.type().equals("FLOAT") ? "CAST(" + column.sql() + " AS DOUBLE)" : column.sql());
        if (!told) {
            return Plan.of(pick);
        }
        return new Plan(
                List.of("count(*) FILTER (isnan(" + column.sql() + "))"),
                "''",
                (counts, example) -> counts[0] == 0
                        ? pick
                        : pick.telling(new Pick.Told(
                                column.inFile(),
                                counts[0],
                                "holds NaN in " + CellEvidence.some(counts[0], "cell")
                                        + ", which are missing here like those without a value")));
    }

    private static Plan time(Source column, boolean told, ColumnType type, String expression) {
        Pick pick = Pick.of(column.name(), type, expression);
        boolean cut = column.stored().equals("INT96");
        String finer = "holds INT96 timestamps, of which what is finer than a microsecond is cut off; whether they are "
                + "instants or local times, the file does not say";
        if (!told) {
            return Plan.of(pick);
        }
        return new Plan(
                List.of(
                        "count(*) FILTER (NOT isfinite(" + column.sql() + "))",
                        cut ? "count(" + column.sql() + ")" : "count(*) FILTER (false)"),
                "''",
                (counts, example) -> counts[0] == 0 && !cut
                        ? pick
                        : pick.telling(new Pick.Told(
                                column.inFile(),
                                Math.max(counts[0], counts[1]),
                                counts[0] == 0
                                        ? finer
                                        : "holds " + CellEvidence.some(counts[0], "infinite time")
                                                + ", which are missing here; declare it text under 'types' to keep them"
                                                + (cut ? "; it also " + finer : ""))));
    }

    private static Plan nanoseconds(Source column, ColumnType type, String zone) {
        // Not every function knows both types of nanoseconds.
        String time = "CAST(" + column.sql() + " AS TIMESTAMP_NS)";
        String nanos = "epoch_ns(" + time + ")";
        return new Plan(
                List.of("count(*) FILTER (" + nanos + " % 1000 <> 0)", "count(*) FILTER (NOT isfinite(" + time + "))"),
                "min(CAST(" + time + " AS VARCHAR)) FILTER (" + nanos + " % 1000 <> 0)",
                (counts, example) -> {
                    if (counts[0] + counts[1] == 0) {
                        return Pick.of(column.name(), type, nanos + " // 1000");
                    }
                    String text = "replace(CAST(" + time + " AS VARCHAR), ' ', 'T') || '" + zone + "'";
                    String why = counts[0] > 0
                            ? CellEvidence.some(counts[0], "time") + " finer than a microsecond" + example
                            : CellEvidence.some(counts[1], "time")
                                    + " that are infinite, or the last that 64 bits hold";
                    return Pick.of(column.name(), ColumnType.TEXT, text)
                            .telling(new Pick.Told(
                                    column.inFile(),
                                    counts[1],
                                    "holds " + why + ", so all cells are texts; declare it " + type.spoken()
                                            + " under 'types' to cut them to the microsecond"));
                });
    }

    private static Plan decimal(Source column, int digits, int scale) {
        String sql = column.sql();
        if (scale == 0) {
            return digits <= DIGITS_OF_ANY_LONG
                    ? Plan.of(Pick.of(column.name(), ColumnType.LONG, "CAST(" + sql + " AS BIGINT)"))
                    : wide(column);
        }
        if (digits <= DIGITS_OF_ANY_DOUBLE) {
            return Plan.of(Pick.of(column.name(), ColumnType.DOUBLE, "CAST(" + sql + " AS DOUBLE)"));
        }
        // By way of texts, as a division of what may be beyond 2^53 would round twice.
        String nearest = "TRY_CAST(CAST(" + sql + " AS VARCHAR) AS DOUBLE)";
        String back = "TRY_CAST(CAST(" + nearest + " AS VARCHAR) AS " + column.type() + ")";
        String text = decimalText(sql);
        return exactOrText(
                column,
                ColumnType.DOUBLE,
                nearest,
                sql + " IS DISTINCT FROM " + back,
                text,
                "that a double does not give back");
    }

    /// A decimal as it is printed, with the digit in front of the point that DuckDB leaves out where
    /// all are behind.
    private static String decimalText(String sql) {
        return "regexp_replace(CAST(" + sql + " AS VARCHAR), '^(-?)[.]', '\\10.')";
    }

    /// Integers of more than 64 bits: longs if all of them fit.
    private static Plan wide(Source column) {
        String cast = "TRY_CAST(" + column.sql() + " AS BIGINT)";
        return exactOrText(
                column,
                ColumnType.LONG,
                cast,
                column.sql() + " IS NOT NULL AND " + cast + " IS NULL",
                "CAST(" + column.sql() + " AS VARCHAR)",
                "of more than 64 bits");
    }

    private static Plan exactOrText(
            Source column, ColumnType type, String expression, String lost, String text, String what) {
        return new Plan(
                List.of("count(*) FILTER (" + lost + ")"),
                "min(" + text + ") FILTER (" + lost + ")",
                (counts, example) -> counts[0] == 0
                        ? Pick.of(column.name(), type, expression)
                        : Pick.of(column.name(), ColumnType.TEXT, text)
                                .telling(new Pick.Told(
                                        column.inFile(),
                                        0,
                                        "holds " + CellEvidence.some(counts[0], "number") + " " + what
                                                + example
                                                + ", so all cells are texts; declare it number under 'types' for the "
                                                + "nearest ones")));
    }

    /// The cells of a column as texts that say all that they hold, for a column whose type is declared.
    static String text(Source column) {
        String sql = column.sql();
        if (DECIMAL.matcher(column.type()).matches()) {
            return decimalText(sql);
        }
        return switch (column.type()) {
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                "replace(CAST(" + sql + " AS VARCHAR), ' ', 'T')";
            case "TIMESTAMP WITH TIME ZONE" ->
                "replace(CAST(CAST(" + sql + " AS TIMESTAMP) AS VARCHAR), ' ', 'T') || 'Z'";
            case "TIMESTAMPTZ_NS" -> "replace(CAST(CAST(" + sql + " AS TIMESTAMP_NS) AS VARCHAR), ' ', 'T') || 'Z'";
            case "FLOAT" -> "CAST(CAST(" + sql + " AS DOUBLE) AS VARCHAR)";
            default -> "CAST(" + sql + " AS VARCHAR)";
        };
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
