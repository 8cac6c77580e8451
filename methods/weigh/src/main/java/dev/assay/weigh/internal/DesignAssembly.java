package dev.assay.weigh.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.ColumnType;
import dev.assay.weigh.Design;
import dev.assay.weigh.RowFilter;
import dev.assay.weigh.TargetTable;
import dev.assay.weigh.TargetTable.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Builds the household design of a table of targets, a stretch of households at a time.
public final class DesignAssembly {
    /// Households gathered column by column before they are written row by row.
    private static final int STRETCH = 1_024;

    private final List<Column> columns = new ArrayList<>();
    private int[] households = new int[1 << 10];
    private int[] ids = new int[1 << 10];
    private double[] values = new double[1 << 10];
    private int entries;

    /// One target: whose rows, which of them (null for all), and what of each (null to count).
    private record Column(
            Row target, Membership table, @Nullable BitSet rows, double @Nullable [] variable) {}

    private DesignAssembly() {}

    /// See [dev.assay.weigh.HouseholdProblem#of].
    public static Design build(int households, Map<String, Membership> tables, TargetTable targets, RowFilter filter) {
        DesignAssembly assembly = new DesignAssembly();
        assembly.prepare(tables, targets, filter);
        return assembly.build(households);
    }

    private void prepare(Map<String, Membership> tables, TargetTable targets, RowFilter filter) {
        Map<List<String>, BitSet> filtered = new HashMap<>();
        tables.forEach((name, table) -> evaluate(name, table, targets, filter, filtered));
        Map<List<String>, double[]> variables = new HashMap<>();
        for (Row row : targets.rows()) {
            Membership table = tables.get(row.table());
            if (table == null) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "There is no table '" + row.table() + "'."
                                        + Nearest.clause(row.table(), tables.keySet()) + " The tables are "
                                        + String.join(", ", new TreeSet<>(tables.keySet())) + ".")
                        .at(row.place());
            }
            double[] variable = row.variable().isEmpty()
                    ? null
                    : variables.computeIfAbsent(List.of(row.table(), row.variable()), k -> variable(table, row));
            columns.add(new Column(row, table, filtered.get(List.of(row.table(), row.filter())), variable));
        }
    }

    /// Evaluates each distinct filter of a table once.
    private static void evaluate(
            String name, Membership table, TargetTable targets, RowFilter filter, Map<List<String>, BitSet> filtered) {
        List<Row> rows = targets.rows().stream()
                .filter(r -> r.table().equals(name) && !r.filter().isEmpty())
                .toList();
        List<String> conditions = rows.stream().map(Row::filter).distinct().toList();
        if (conditions.isEmpty()) {
            return;
        }
        try {
            filter.rows(table.frame(), conditions, (set, at) -> filtered.put(List.of(name, conditions.get(at)), set));
        } catch (Fault whole) {
            // Again one by one, to say which target's filter it is.
            for (Row row : rows) {
                try {
                    filter.rows(table.frame(), List.of(row.filter()), (set, at) -> {});
                } catch (Fault single) {
                    throw single.at(row.place());
                }
            }
            throw whole;
        }
    }

    private static double[] variable(Membership table, Row row) {
        try {
            ColumnType type = table.frame().column(row.variable()).type();
            boolean numeric = switch (type) {
                case DOUBLE, LONG, BOOLEAN -> true;
                case CATEGORY, TEXT, INSTANT -> false;
            };
            if (!numeric) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Column '" + row.variable() + "' of table '" + row.table()
                                + "' is not numeric; count its rows with a filter instead.");
            }
            return table.numbers(row.variable());
        } catch (Fault fault) {
            throw fault.at(row.place());
        }
    }

    private Design build(int count) {
        Design.Builder builder = Design.builder(columns.size());
        int[] starts = new int[STRETCH + 1];
        for (int from = 0; from < count; from += STRETCH) {
            int to = Math.min(count, from + STRETCH);
            entries = 0;
            for (int j = 0; j < columns.size(); j++) {
                gather(columns.get(j), j, from, to);
            }
            Arrays.fill(starts, 0);
            for (int e = 0; e < entries; e++) {
                starts[households[e] + 1]++;
            }
            for (int h = 0; h < to - from; h++) {
                starts[h + 1] += starts[h];
            }
            int[] next = starts.clone();
            int[] rowIds = new int[entries];
            double[] rowValues = new double[entries];
            for (int e = 0; e < entries; e++) {
                int at = next[households[e]]++;
                rowIds[at] = ids[e];
                rowValues[at] = values[e];
            }
            for (int h = 0; h < to - from; h++) {
                builder.row(
                        starts[h + 1] - starts[h],
                        Arrays.copyOfRange(rowIds, starts[h], starts[h + 1]),
                        Arrays.copyOfRange(rowValues, starts[h], starts[h + 1]));
            }
        }
        return builder.build();
    }

    private void gather(Column column, int j, int from, int to) {
        Membership table = column.table();
        int end = table.start(to);
        int household = from;
        int last = -1;
        for (int row = next(column, table.start(from)); row < end; row = next(column, row + 1)) {
            while (table.start(household + 1) <= row) {
                household++;
            }
            double value = column.variable() == null ? 1 : column.variable()[row];
            if (!Double.isFinite(value)) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "Row " + table.origin(row) + " of table '"
                                        + column.target().table() + "' counts, but its cell in column '"
                                        + column.target().variable()
                                        + "' is missing or infinite; exclude it by the filter or fill it.")
                        .at(column.target().place());
            }
            if (household == last) {
                values[entries - 1] += value;
            } else {
                add(household - from, j, value);
                last = household;
            }
        }
    }

    private static int next(Column column, int row) {
        if (column.rows() == null) {
            return row;
        }
        int next = column.rows().nextSetBit(row);
        return next < 0 ? Integer.MAX_VALUE : next;
    }

    private void add(int household, int id, double value) {
        if (entries == ids.length) {
            households = Arrays.copyOf(households, entries * 2);
            ids = Arrays.copyOf(ids, entries * 2);
            values = Arrays.copyOf(values, entries * 2);
        }
        households[entries] = household;
        ids[entries] = id;
        values[entries++] = value;
    }
}
