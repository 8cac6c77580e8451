package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.trees.ColumnKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Kinds of columns as they stand in a study.
public final class Kinds {
    private static final List<String> NAMES = Arrays.stream(ColumnKind.values())
            .map(k -> k.name().toLowerCase(Locale.ROOT))
            .toList();

    private Kinds() {}

    /// The kind of every column: as declared, else inferred.
    ///
    /// @param declared texts by column
    /// @throws Fault (BAD_DATA, BAD_SETTING) if a declared column or kind does not exist
    public static Map<String, ColumnKind> of(Frame table, Map<String, String> declared) {
        Map<String, ColumnKind> kinds = new TreeMap<>();
        for (String name : table.schema().names()) {
            kinds.put(name, ColumnKind.infer(table.column(name)));
        }
        declared.forEach((column, kind) -> {
            table.column(column);
            int at = NAMES.indexOf(kind);
            if (at < 0) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "column '" + column + "' is declared '" + kind + "', which is no kind."
                                + Nearest.clause(kind, NAMES) + " Kinds are " + String.join(", ", NAMES) + ".");
            }
            kinds.put(column, ColumnKind.values()[at]);
        });
        return kinds;
    }

    /// What an amount is when it is modelled without a gate.
    public static ColumnKind withoutGate(Column column) {
        for (int row = 0; row < column.length(); row++) {
            double value = column.number(row);
            if (!Double.isNaN(value) && value != Math.rint(value)) {
                return ColumnKind.CONTINUOUS;
            }
        }
        return ColumnKind.COUNT;
    }
}
