package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.microdata.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks of one table, remembering for each row the first reason why it cannot stay.
public final class RowChecks {
    /// What people call a number; Java would also take `1d`, `0x1p3` and `NaN`. Nothing is
    /// given back once it matched, so that a long text of digits takes one pass.
    private static final Pattern NUMBER = Pattern.compile("[-+]?+(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][-+]?+\\d++)?+");

    private final Frame table;
    private final Optional<Source> source;
    private final @Nullable String[] reasons;
    private final Map<String, Integer> firstRow = new LinkedHashMap<>();
    private final Set<String> numberColumns = new HashSet<>();

    /// Checks of this table; nothing is wrong yet.
    public RowChecks(Frame table, Optional<Source> source) {
        this.table = table;
        this.source = source;
        this.reasons = new @Nullable String[table.rows()];
    }

    /// @throws Fault (BAD_DATA) naming a column without any value
    public void noColumnIsEmpty() {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).missing() == table.rows()) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "column '" + table.schema().fields().get(i).name()
                                        + "' has no value in any of the " + table.rows()
                                        + " rows; leave it out with 'columns' when reading, or mend the file")
                        .at(source.map(Source::file).orElse("table"));
            }
        }
    }

    /// @throws Fault (BAD_DATA) naming the places of the first two rows that share a key
    public void keyIsUnique(List<String> key) {
        if (key.isEmpty()) {
            return;
        }
        List<Column> columns = key.stream().map(table::column).toList();
        Map<List<@Nullable String>, Integer> seen = new HashMap<>();
        int doubled = 0;
        int first = -1;
        int second = -1;
        for (int row = 0; row < table.rows(); row++) {
            Integer before = seen.putIfAbsent(cells(columns, row), row);
            if (before != null && doubled++ == 0) {
                first = before;
                second = row;
            }
        }
        if (doubled > 0) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the key (" + String.join(", ", key) + ") is not unique: " + doubled
                                    + (doubled == 1 ? " row repeats" : " rows repeat")
                                    + " the key of an earlier one, the first at "
                                    + place(second) + " repeats " + place(first)
                                    + "; remove the duplicates or name more key columns")
                    .at(source.map(Source::file).orElse("table"));
        }
    }

    /// Rows without a value in one of these columns are set aside.
    public void required(List<String> columns) {
        for (String name : columns) {
            Column column = table.column(name);
            for (int row = 0; row < table.rows(); row++) {
                if (column.isMissing(row)) {
                    set(row, "missing " + name);
                }
            }
        }
    }

    /// Rows whose cell in one of these columns is not a finite number are set aside; missing cells pass.
    public void numbers(List<String> columns) {
        numberColumns.addAll(columns);
        for (String name : columns) {
            Column column = table.column(name);
            for (int row = 0; row < table.rows(); row++) {
                if (!column.isMissing(row) && !isNumber(column, row)) {
                    set(row, "not a number " + name);
                }
            }
        }
    }

    /// Rows that break a condition are set aside under its name; a condition that a missing value
    /// leaves open is not broken.
    ///
    /// @throws Fault (BAD_SETTING) if a condition has no name; (BAD_DATA) if one is not SQL or names a
    ///     column that does not exist
    public void rules(Map<String, String> rules) {
        List<String> names = List.copyOf(rules.keySet());
        if (names.stream().anyMatch(String::isBlank)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "a rule needs a name: it is the reason that rows are set aside for");
        }
        List<BitSet> broken =
                NamedConditions.broken(table, List.copyOf(rules.values()), i -> "rule '" + names.get(i) + "'");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            broken.get(i).stream().forEach(row -> set(row, name));
        }
    }

    /// Rows whose key does not occur in the parent table are set aside.
    public void hasParent(String column, Frame parent) {
        Column parents = parent.column(column);
        Set<String> known = new HashSet<>();
        for (int row = 0; row < parent.rows(); row++) {
            String text = parents.text(row);
            if (text != null) {
                known.add(text);
            }
        }
        Column children = table.column(column);
        for (int row = 0; row < table.rows(); row++) {
            String text = children.text(row);
            if (text == null || !known.contains(text)) {
                set(row, "no parent " + column);
            }
        }
    }

    /// The rows nothing is wrong with.
    public Frame accepted() {
        Frame kept = table.filter(row -> reasons[row] == null);
        return numbersTyped(kept);
    }

    /// The rows set aside, with columns `reason`, `file` and `line` in front.
    public Frame quarantined() {
        Frame aside = table.filter(row -> reasons[row] != null);
        List<String> why = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            String reason = reasons[row];
            if (reason != null) {
                why.add(reason);
                lines.add(line(row));
            }
        }
        String[] files = new String[why.size()];
        java.util.Arrays.fill(files, source.map(Source::file).orElse(""));
        Frame result = Frame.empty()
                .with("reason", Column.Categories.of(why.toArray(String[]::new)))
                .with("file", Column.Categories.of(files))
                .with(
                        "line",
                        Column.Longs.of(
                                lines.stream().mapToLong(Long::longValue).toArray()));
        for (int i = 0; i < aside.columns().size(); i++) {
            Field field = aside.schema().fields().get(i);
            String name = result.schema().has(field.name()) ? field.name() + "_of_row" : field.name();
            result = result.with(
                    new Field(name, field.type(), field.unit()), aside.columns().get(i));
        }
        return result;
    }

    /// How many rows were set aside for each reason, in the order the reasons were found.
    public Map<String, Long> countByReason() {
        Map<String, Long> counts = new LinkedHashMap<>();
        firstRow.keySet().forEach(reason -> counts.put(reason, 0L));
        for (String reason : reasons) {
            if (reason != null) {
                counts.merge(reason, 1L, Long::sum);
            }
        }
        return counts;
    }

    /// The reason of the first row set aside, empty if none was.
    public String firstReason() {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return "";
    }

    /// The place of the first row set aside for this reason.
    public String firstPlace(String reason) {
        Integer row = firstRow.get(reason);
        return row == null ? "" : place(row);
    }

    private void set(int row, String reason) {
        if (reasons[row] == null) {
            reasons[row] = reason;
            firstRow.putIfAbsent(reason, row);
        }
    }

    private long line(int row) {
        return source.map(s -> s.line(row)).orElse(row + 1L);
    }

    private String place(int row) {
        boolean lines = source.map(s -> s.firstLine() > 0).orElse(false);
        return (lines ? "line " : "row ") + line(row);
    }

    /// A text column whose remaining cells are all numbers becomes one: it was text only because of the
    /// rows set aside.
    private Frame numbersTyped(Frame kept) {
        Frame typed = kept;
        for (int i = 0; i < kept.columns().size(); i++) {
            Column column = kept.columns().get(i);
            if (!numberColumns.contains(kept.schema().fields().get(i).name())) {
                continue;
            }
            if (column instanceof Column.Texts || column instanceof Column.Categories) {
                double[] values = new double[column.length()];
                for (int row = 0; row < values.length; row++) {
                    String text = column.text(row);
                    values[row] = text == null ? Double.NaN : Double.parseDouble(text.strip());
                }
                Field field = kept.schema().fields().get(i);
                typed = typed.with(
                        new Field(field.name(), dev.assay.frame.ColumnType.DOUBLE, field.unit()),
                        Column.Doubles.of(values));
            }
        }
        return typed;
    }

    private static List<@Nullable String> cells(List<Column> columns, int row) {
        List<@Nullable String> cells = new ArrayList<>(columns.size());
        for (Column column : columns) {
            cells.add(column.text(row));
        }
        return cells;
    }

    private static boolean isNumber(Column column, int row) {
        if (column instanceof Column.Texts || column instanceof Column.Categories) {
            String text = String.valueOf(column.text(row)).strip();
            return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
        }
        return Double.isFinite(column.number(row));
    }
}
