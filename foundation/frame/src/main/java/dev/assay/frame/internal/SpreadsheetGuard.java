package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Keeps spreadsheets from taking cells for formulas, see [dev.assay.frame.WriteOptions].
final class SpreadsheetGuard {
    private static final String BEGINNINGS = "=+-@\t\r";

    private SpreadsheetGuard() {}

    /// What to select from a frame's SELECT, with a `'` in front of what needs it.
    static String around(String select, Frame frame) {
        List<String> names = frame.schema().names();
        List<String> written = names(names);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(cell(Sql.name(names.get(i)), frame.columns().get(i)) + " AS " + Sql.name(written.get(i)));
        }
        return "SELECT " + String.join(", ", columns) + " FROM (" + select + ")";
    }

    /// The names with a `'` in front of what needs it, and still different from each other.
    static List<String> names(List<String> names) {
        Set<String> taken = new HashSet<>();
        names.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
        List<String> guarded = new ArrayList<>();
        for (String name : names) {
            String written = name;
            while (!written.isEmpty() && BEGINNINGS.indexOf(written.charAt(0)) >= 0
                    || !written.equals(name) && taken.contains(written.toLowerCase(Locale.ROOT))) {
                written = "'" + written;
            }
            taken.add(written.toLowerCase(Locale.ROOT));
            guarded.add(written);
        }
        return guarded;
    }

    private static String cell(String name, Column column) {
        return switch (column) {
            case Column.Texts t -> text(name);
            case Column.Categories c -> text(name);
            case Column.Doubles d -> name;
            case Column.Longs l -> name;
            case Column.Booleans b -> name;
            case Column.Dates d -> name;
            case Column.Moments m -> name;
        };
    }

    private static String text(String name) {
        return "CASE WHEN " + name + " <> '' AND contains(" + Sql.text(BEGINNINGS) + ", substring(" + name
                + ", 1, 1)) THEN '''' || " + name + " ELSE " + name + " END";
    }
}
