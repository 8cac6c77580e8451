package dev.assay.weigh.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.weigh.Target;
import dev.assay.weigh.TargetTable;
import dev.assay.weigh.TargetTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads targets from a frame, and reports everything that is wrong with them at once.
public final class TargetRows {
    private static final List<String> REQUIRED = List.of("table", "variable", "filter", "value");
    private static final List<String> KNOWN = List.of(
            "table",
            "variable",
            "filter",
            "value",
            "tolerance",
            "cost",
            "floor",
            "batch",
            "group",
            "name",
            "id",
            "unit",
            "geography",
            "period",
            "source",
            "source_row",
            "as_of",
            "note");
    /// Other names for the same.
    private static final Map<String, String> ALIASES = Map.of("entity", "table", "measure", "variable");

    private static final int SHOWN = 10;
    private static final int LAST_BATCH = 1_000_000;

    private final Frame frame;
    private final List<String> problems = new ArrayList<>();

    private TargetRows(Frame given) {
        Frame renamed = given;
        for (Map.Entry<String, String> alias : ALIASES.entrySet()) {
            if (renamed.schema().has(alias.getKey()) && !renamed.schema().has(alias.getValue())) {
                renamed = renamed.with(alias.getValue(), renamed.column(alias.getKey()))
                        .without(List.of(alias.getKey()));
            }
        }
        this.frame = renamed;
    }

    /// See [TargetTable#of(Frame)].
    public static TargetTable read(Frame frame) {
        return new TargetRows(frame).read();
    }

    private TargetTable read() {
        for (String name : REQUIRED) {
            frame.column(name);
        }
        for (String name : frame.schema().names()) {
            if (!KNOWN.contains(name)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The targets have an unknown column '" + name + "'." + Nearest.clause(name, KNOWN)
                                + " The columns are " + String.join(", ", KNOWN) + ".");
            }
        }
        List<Row> rows = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        for (int i = 0; i < frame.rows(); i++) {
            row(i, rows, unused);
        }
        duplicates(rows);
        if (problems.isEmpty() && rows.isEmpty()) {
            problems.add("there is no target with a value");
        }
        if (!problems.isEmpty()) {
            String shown = String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size())));
            String more = problems.size() > SHOWN ? "; and " + (problems.size() - SHOWN) + " more" : "";
            throw Fault.of(Fault.Kind.BAD_DATA, "The targets cannot be used: " + shown + more + ".");
        }
        return new TargetTable(rows, unused);
    }

    private void row(int i, List<Row> rows, List<String> unused) {
        String table = text("table", i);
        String variable = count(text("variable", i)) ? "" : text("variable", i);
        String filter = text("filter", i);
        String given = frame.schema().has("name") ? text("name", i) : "";
        String name = given.isEmpty() ? described(table, variable, filter) : given;
        String place = "target '" + name + "' (line " + (i + 2) + ")";
        if (table.isEmpty()) {
            problems.add(place + " names no table");
        }
        if (text("value", i).isEmpty()) {
            unused.add(name);
            return;
        }
        double value = number("value", i);
        if (!Double.isFinite(value)) {
            problems.add(place + " has a value that is not a finite number");
        }
        boolean tolerant =
                frame.schema().has("tolerance") && !text("tolerance", i).isEmpty();
        double tolerance = tolerant ? number("tolerance", i) : 0;
        if (!Double.isFinite(tolerance) || tolerance < 0) {
            problems.add(place + " has a tolerance that is not a number of 0 or more");
        }
        double cost = optional("cost", i, Double.POSITIVE_INFINITY);
        if (!(cost > 0)) {
            problems.add(place + " has a cost that is not a number above 0 (or 'inf' for a target that must be met)");
        }
        double floor = optional("floor", i, Target.DEFAULT_FLOOR);
        if (!(floor > 0) || Double.isInfinite(floor)) {
            problems.add(place + " has a floor that is not a number above 0");
        }
        double batch = optional("batch", i, 0);
        if (!(batch >= 0 && batch <= LAST_BATCH) || batch != Math.rint(batch)) {
            problems.add(place + " has a batch that is not a whole number of 0 or more");
        }
        String group = frame.schema().has("group") ? text("group", i) : "";
        rows.add(new Row(name, table, variable, filter, value, tolerance, cost, floor, (int) batch, group, i + 2));
    }

    private double optional(String column, int row, double otherwise) {
        return frame.schema().has(column) && !text(column, row).isEmpty() ? number(column, row) : otherwise;
    }

    private void duplicates(List<Row> rows) {
        Map<String, Row> names = new HashMap<>();
        Map<List<String>, Row> contents = new HashMap<>();
        for (Row row : rows) {
            Row same = contents.putIfAbsent(List.of(row.table(), row.variable(), row.filter()), row);
            Row namesake = names.putIfAbsent(row.name(), row);
            if (same != null) {
                problems.add(row.place() + " has the table, variable and filter of the one on line " + same.line()
                        + (same.value() == row.value() ? "; keep one of them" : " but another value; correct one"));
            } else if (namesake != null) {
                problems.add(row.place() + " has the name of the one on line " + namesake.line());
            }
        }
    }

    private static boolean count(String variable) {
        return variable.isEmpty() || variable.equals("count") || variable.equals("1") || variable.equals("1.0");
    }

    private static String described(String table, String variable, String filter) {
        return table + (variable.isEmpty() ? "" : "." + variable) + (filter.isEmpty() ? "" : " where " + filter);
    }

    private String text(String column, int row) {
        @Nullable String text = frame.column(column).text(row);
        return text == null ? "" : text.strip();
    }

    private double number(String column, int row) {
        Column cells = frame.column(column);
        return switch (cells.type()) {
            case DOUBLE, LONG -> cells.number(row);
            case TEXT, CATEGORY -> parsed(text(column, row));
            case BOOLEAN, DATE, DATE_TIME, INSTANT -> Double.NaN;
        };
    }

    private static double parsed(String text) {
        if (text.equalsIgnoreCase("inf")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
