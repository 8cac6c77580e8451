package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Many conditions over one frame.
///
/// The columns are copied once into a table of DuckDB's; each condition is then a filter of its own that
/// returns the row numbers it holds for. Tried against 256 conditions a query as boolean columns, and as one
/// `bitstring_agg` each: this is a little faster than the first and twenty times faster than the second,
/// holds one bit a row, and knows which condition failed.
public final class Conditions {
    private static final String ROW = "row number of the frame";

    private static final Pattern UNKNOWN_COLUMN = Pattern.compile("Referenced column \"([^\"]+)\" not found");

    /// What asks for the session or the clock in the guise of a column or a constant function.
    private static final Set<String> SESSION = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_user",
            "session_user",
            "user",
            "current_setting",
            "getenv",
            "getvariable",
            "today",
            "now",
            "version",
            "error",
            "sleep_ms");

    private Conditions() {}

    /// See [dev.assay.frame.Frames#conditions(Frame, List, ObjIntConsumer)].
    public static void evaluate(Frame frame, List<String> conditions, ObjIntConsumer<BitSet> each) {
        FileWriter.requireDistinct(frame);
        try (Database database = Database.open()) {
            load(database, frame, conditions);
            database.lock();
            Set<String> fickle = fickle(database);
            try (PreparedStatement parser = database.prepare(SqlTree.PARSE)) {
                for (int i = 0; i < conditions.size(); i++) {
                    each.accept(rowsOf(database, parser, fickle, frame, conditions, i), i);
                }
            }
        } catch (SQLException e) {
            throw Troubles.query(e);
        }
    }

    private static void load(Database database, Frame frame, List<String> conditions) throws SQLException {
        String mentioned = String.join("\n", conditions).toLowerCase(Locale.ROOT);
        String select = FrameSource.register(
                database,
                "frame",
                numbered(frame),
                FrameSource.InstantsAs.TIMESTAMP,
                true,
                field -> field.name().equals(ROW) || isMentioned(field, mentioned));
        database.run("CREATE TABLE rows AS " + select);
    }

    private static Frame numbered(Frame frame) {
        long[] numbers = new long[frame.rows()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return frame.with(ROW, Column.Longs.of(numbers));
    }

    private static boolean isMentioned(Field field, String conditions) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return conditions.contains(name) || conditions.contains(name.replace("\"", "\"\""));
    }

    /// Says which condition it is that does not work if there are several, and which columns there are if it
    /// names another.
    private static BitSet rowsOf(
            Database database,
            PreparedStatement parser,
            Set<String> fickle,
            Frame frame,
            List<String> conditions,
            int index) {
        try {
            return rows(database, parser, fickle, frame, conditions.get(index));
        } catch (Fault fault) {
            Throwable cause = fault.getCause() == null ? fault : fault.getCause();
            Matcher unknown = UNKNOWN_COLUMN.matcher(String.valueOf(cause.getMessage()));
            Fault told = unknown.find()
                    ? Fault.of(
                                    Fault.Kind.BAD_DATA,
                                    "there is no column '" + unknown.group(1) + "'."
                                            + Nearest.clause(
                                                    unknown.group(1),
                                                    frame.schema().names())
                                            + " The columns are "
                                            + String.join(", ", frame.schema().names()) + ".")
                            .causedBy(cause)
                    : fault;
            throw conditions.size() == 1 ? told : told.at("condition " + index);
        }
    }

    private static BitSet rows(
            Database database, PreparedStatement parser, Set<String> fickle, Frame frame, String condition) {
        String query = "SELECT " + Sql.name(ROW) + " FROM rows WHERE (" + condition + "\n)";
        try {
            requireClosed(condition);
            requireSimple(parser, fickle, frame, query);
            BitSet chosen = new BitSet(frame.rows());
            try (PreparedStatement statement = database.prepare(query);
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    chosen.set((int) result.getLong(1));
                }
            }
            return chosen;
        } catch (SQLException e) {
            throw Troubles.query(e);
        }
    }

    /// A condition that closes a parenthesis it did not open would become part of the query around it.
    static void requireClosed(String condition) {
        int depth = 0;
        for (int i = 0; i < condition.length() && depth >= 0; i++) {
            char c = condition.charAt(i);
            if (c == '\'' || c == '"') {
                int end = condition.indexOf(c, i + 1);
                i = end < 0 ? condition.length() : end;
            } else if (condition.startsWith("--", i) || condition.startsWith("/*", i) || c == ';' || c == '$') {
                throw Fault.of(Fault.Kind.BAD_DATA, "a condition has no comments, ';' or '$'; leave them out.");
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
        }
        if (depth != 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the parentheses of the condition do not match; correct them.");
        }
    }

    /// Asks DuckDB's parser whether the query is the one SELECT that it is meant to be, and whether the same
    /// row gives the same answer whenever and wherever it is asked.
    private static void requireSimple(PreparedStatement parser, Set<String> fickle, Frame frame, String query)
            throws SQLException {
        Optional<JsonNode> tree = SqlTree.of(parser, query);
        if (tree.isEmpty()) {
            return;
        }
        if (!SqlTree.isOneSelect(tree.get())) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "a condition looks at one row: leave out subqueries and window functions.");
        }
        Set<String> asked = SqlTree.functions(tree.get());
        // A name without parentheses is a function where there is no such column.
        Set<String> own = new HashSet<>();
        frame.schema().names().forEach(name -> own.add(name.toLowerCase(Locale.ROOT)));
        SqlTree.columns(tree.get()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !own.contains(name))
                .forEach(asked::add);
        for (String function : asked) {
            if (fickle.contains(function)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "a condition must give the same answer every time: leave out '" + function + "'.");
            }
        }
    }

    /// Functions whose answer depends on more than what they are given: chance, the clock, the session.
    static Set<String> fickle(Database database) throws SQLException {
        Set<String> names = new HashSet<>(SESSION);
        database.ask("SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'")
                .forEach(row -> names.add(row.getFirst().toLowerCase(Locale.ROOT)));
        return names;
    }
}
