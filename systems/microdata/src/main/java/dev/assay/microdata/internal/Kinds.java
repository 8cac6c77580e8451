package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.trees.ColumnKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Kinds of columns as they stand in a study.
public final class Kinds {
    private static final List<String> NAMES = Arrays.stream(ColumnKind.values())
            .map(k -> k.name().toLowerCase(Locale.ROOT))
            .toList();

    /// A number as programs write it.
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    /// So many different texts may be codes with a point.
    private static final int FEW = 10;

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

    /// Refuses texts that are numbers, one of them with decimals, and of which nobody says what they are: a model
    /// would take amounts for classes, and give values of single rows out as they are. Numbers written in
    /// several ways are texts when they are read.
    ///
    /// @param columns those that are modelled or conditioned on
    /// @throws Fault (BAD_DATA) naming the column
    public static void requireNumbersRead(Frame table, List<String> columns, Map<String, String> declared) {
        for (String name : columns) {
            Column column = table.column(name);
            boolean texts = column.type() == ColumnType.TEXT || column.type() == ColumnType.CATEGORY;
            if (texts && !declared.containsKey(name) && areNumbers(column)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' holds numbers that were read as texts, as they are written in several"
                                + " ways; read it with 'microdata.read' and types: { " + name + ": number }, or declare"
                                + " it categorical under 'kinds' if it holds codes");
            }
        }
    }

    private static boolean areNumbers(Column column) {
        boolean decimals = false;
        Set<String> different = new HashSet<>();
        for (int row = 0; row < column.length(); row++) {
            String text = column.text(row);
            if (text == null || !different.add(text)) {
                continue;
            }
            if (!NUMBER.matcher(text).matches()) {
                return false;
            }
            decimals |= text.indexOf('.') >= 0;
        }
        return decimals && different.size() > FEW;
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
