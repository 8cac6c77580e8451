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
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many conditions over one frame.
///
/// The columns are copied once into a table of DuckDB's; each condition is then a filter of its own that returns the
/// row numbers it holds for. Tried against 256 conditions a query as boolean columns, and as one `bitstring_agg`
/// each: this is a little faster than the first and twenty times faster than the second, holds one bit a row, and
/// knows which condition failed.
public final class Conditions {
    private static final String ROW = "row number of the frame";

    private static final Pattern UNKNOWN_COLUMN = Pattern.compile("Referenced column \"([^\"]+)\" not found");

    private Conditions() {}

    /// See [dev.assay.frame.Frames#conditions(Frame, List, ObjIntConsumer)].
    public static void evaluate(Frame frame, List<String> conditions, ObjIntConsumer<BitSet> each) {
        FileWriter.requireDistinct(frame);
        try (Database database = Database.open()) {
            load(database, frame, conditions);
            database.lock();
            try (PreparedStatement parser = database.prepare("SELECT json_serialize_sql(?)")) {
                for (int i = 0; i < conditions.size(); i++) {
                    each.accept(rowsOf(database, parser, frame, conditions, i), i);
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

    /// Says which condition it is that does not work if there are several, and which columns there are if it names
    /// another.
    private static BitSet rowsOf(
            Database database, PreparedStatement parser, Frame frame, List<String> conditions, int index) {
        try {
            return rows(database, parser, frame.rows(), conditions.get(index));
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

    private static BitSet rows(Database database, PreparedStatement parser, int rows, String condition) {
        String query = "SELECT " + Sql.name(ROW) + " FROM rows WHERE (" + condition + "\n)";
        try {
            requireClosed(condition);
            requireSimple(parser, query);
            BitSet chosen = new BitSet(rows);
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
    private static void requireClosed(String condition) {
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

    /// Asks DuckDB's parser whether the query is the one SELECT that it is meant to be.
    private static void requireSimple(PreparedStatement parser, String query) throws SQLException {
        parser.setString(1, query);
        String tree;
        try (ResultSet result = parser.executeQuery()) {
            result.next();
            tree = result.getString(1);
        }
        // Texts of the condition appear in the tree with their quotes escaped, so these can only be the tree's own.
        if (tree.startsWith("{\"error\":true")) {
            return;
        }
        boolean one = occurrences(tree, "\"type\":\"SELECT_NODE\"") == 1 && tree.contains("\"modifiers\":[]");
        if (!one || tree.contains("\"class\":\"SUBQUERY\"") || tree.contains("\"class\":\"WINDOW\"")) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "a condition looks at one row: leave out subqueries and window functions.");
        }
    }

    private static int occurrences(String text, String part) {
        int n = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            n++;
        }
        return n;
    }
}
