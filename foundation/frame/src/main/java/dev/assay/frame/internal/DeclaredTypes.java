package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.fault.OneLine;
import dev.assay.frame.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Columns of texts whose types are declared: every cell must be of its type, and what becomes the same
/// or loses digits is counted.
final class DeclaredTypes {
    private DeclaredTypes() {}

    /// @throws Fault (BAD_DATA) if a type is declared for a column that does not exist
    static void requireKnown(Set<String> declared, List<String> names) {
        for (String name : declared) {
            if (!names.contains(name)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "there is no column '" + OneLine.of(name) + "', which 'types' or 'keys' name."
                                + Nearest.clause(name, names) + " " + Wanted.listed(names));
            }
        }
    }

    /// The picks with the declared types put in the place of those told from the cells.
    ///
    /// @param from    a relation of texts
    /// @param texts   the SQL of each pick's text
    /// @param comma   whether decimals stand behind a comma
    /// @param missing texts that stand for a missing cell besides the empty one
    /// @throws Fault (BAD_DATA) if a cell is not of its column's type
    static List<Pick> applied(
            Database database,
            String from,
            List<Pick> picks,
            List<String> texts,
            Map<String, ColumnType> types,
            boolean comma,
            List<String> missing)
            throws SQLException {
        List<Pick> result = new ArrayList<>(picks);
        List<String> nothing = new ArrayList<>(missing);
        nothing.add("");
        for (int i = 0; i < picks.size(); i++) {
            Pick pick = picks.get(i);
            ColumnType type = types.get(pick.field().name());
            if (type != null) {
                result.set(i, declared(database, from, pick, texts.get(i), type, comma, nothing));
            }
        }
        return result;
    }

    private static Pick declared(
            Database database,
            String from,
            Pick pick,
            String text,
            ColumnType type,
            boolean comma,
            List<String> missing)
            throws SQLException {
        if (type == ColumnType.TEXT) {
            return Pick.of(pick.field().name(), ColumnType.TEXT, text).telling(declaredTold(pick, 0, ""));
        }
        if (type == ColumnType.CATEGORY) {
            return Pick.of(pick.field().name(), ColumnType.TEXT, text)
                    .encodedUpTo(Integer.MAX_VALUE)
                    .telling(declaredTold(pick, 0, ""));
        }
        // Cells in quotes without anything inside are missing where texts are not what is asked for.
        String cell = "CASE WHEN " + text + " NOT IN (" + Sql.texts(missing) + ") THEN " + text + " END";
        String value = CellSql.declared(type, cell, comma);
        String inexact = type == ColumnType.DOUBLE ? CellSql.isInexact("text", "value") : "false";
        List<String> counts = database.ask(
                        "SELECT count(*) FILTER (text IS NOT NULL AND value IS NULL), count(DISTINCT text)"
                                + " - count(DISTINCT value), count(*) FILTER (" + CellSql.isFiner("text")
                                + "), count(*) FILTER (" + inexact + "), min(text) FILTER (" + inexact
                                + ") FROM (SELECT "
                                + cell + " AS text, " + value + " AS value FROM " + from + ")")
                .getFirst();
        long misfits = Long.parseLong(counts.getFirst());
        String name = "column '" + OneLine.of(pick.field().name()) + "'";
        if (misfits > 0) {
            String first = database.ask("SELECT text FROM (SELECT " + cell + " AS text, " + value + " AS value FROM "
                            + from + ") WHERE text IS NOT NULL AND value IS NULL LIMIT 1")
                    .getFirst()
                    .getFirst();
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    name + " is declared " + type.spoken() + ", but " + CellEvidence.some(misfits, "cell")
                            + (misfits == 1 ? " is" : " are") + " not, the first '" + CellEvidence.shown(first)
                            + "'; mend the file, declare another type, or give the text under 'missing'.");
        }
        long same = Math.max(0, Long.parseLong(counts.get(1)));
        long finer = type == ColumnType.DATE_TIME || type == ColumnType.INSTANT ? Long.parseLong(counts.get(2)) : 0;
        long inexactly = Long.parseLong(counts.get(3));
        List<String> notes = new ArrayList<>();
        if (inexactly > 0) {
            notes.add(CellEvidence.some(inexactly, "number") + " lost digits that a double does not hold, such as '"
                    + CellEvidence.shown(counts.get(4)) + "'");
        }
        if (same > 0) {
            List<String> pair = database.ask("SELECT min(text), max(text) FROM (SELECT " + cell + " AS text, " + value
                            + " AS value FROM " + from + ") WHERE value IS NOT NULL GROUP BY value"
                            + " HAVING count(DISTINCT text) > 1 ORDER BY 1 LIMIT 1")
                    .getFirst();
            notes.add(CellEvidence.some(same, "different text") + " became the same as another, such as '"
                    + CellEvidence.shown(pair.getFirst()) + "' and '" + CellEvidence.shown(pair.getLast())
                    + "'; declare it text to keep them apart");
        }
        if (finer > 0) {
            notes.add(CellEvidence.some(finer, "time") + " lost what is finer than a microsecond");
        }
        return Pick.of(pick.field().name(), type, value)
                .telling(declaredTold(pick, same + finer + inexactly, String.join(", and ", notes)));
    }

    private static Pick.Told declaredTold(Pick pick, long changed, String note) {
        return new Pick.Told(pick.told().inFile(), changed, note.isEmpty() ? "" : "is declared, and " + note);
    }
}
