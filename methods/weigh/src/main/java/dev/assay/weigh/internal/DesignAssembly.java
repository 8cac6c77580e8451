package dev.assay.weigh.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.RowConditions;
import dev.assay.weigh.Design;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.TargetTable;
import dev.assay.weigh.TargetTable.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Builds the household design of a table of targets in one pass over the rows of every table.
public final class DesignAssembly {
    private static final int NAMED = 5;

    private final List<Counted> tables = new ArrayList<>();
    private final double[] sums;
    private final int[] touched;
    private final boolean[] isTouched;
    private int touchedCount;

    /// A table and the targets on it.
    ///
    /// @param everywhere targets without a filter
    /// @param filtered   for each condition the targets that have it
    /// @param variables  for each target what of a row is summed, empty for 1
    private record Counted(
            String name,
            Membership membership,
            int[] everywhere,
            int[][] filtered,
            double[][] variables,
            @Nullable RowConditions conditions) {}

    private final TargetTable targets;
    /// For each target the rows for which its filter is neither true nor false.
    private final long[] undecided;

    /// A design, and for each target the rows for which its filter is neither true nor false.
    public record Assembled(Design design, long[] undecided) {}

    private DesignAssembly(TargetTable targets) {
        this.targets = targets;
        int columns = targets.rows().size();
        this.undecided = new long[columns];
        this.sums = new double[columns];
        this.touched = new int[columns];
        this.isTouched = new boolean[columns];
    }

    /// See [dev.assay.weigh.HouseholdProblem#of].
    public static Assembled build(
            int households, Map<String, Membership> tables, TargetTable targets, MissingCells missing) {
        for (Row row : targets.rows()) {
            if (!tables.containsKey(row.table())) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "There is no table '" + row.table() + "'."
                                        + Nearest.clause(row.table(), tables.keySet()) + " The tables are "
                                        + String.join(", ", new TreeSet<>(tables.keySet())) + ".")
                        .at(row.place());
            }
        }
        DesignAssembly assembly = new DesignAssembly(targets);
        tables.forEach(assembly::add);
        if (missing == MissingCells.REFUSE) {
            assembly.requireDecided();
        }
        return new Assembled(assembly.build(households), assembly.undecided);
    }

    private void requireDecided() {
        int[] open = IntStream.range(0, undecided.length)
                .filter(j -> undecided[j] > 0)
                .toArray();
        if (open.length > 0) {
            List<String> named = IntStream.of(open)
                    .limit(NAMED)
                    .mapToObj(j -> "for " + undecided[j] + " rows of table '"
                            + targets.rows().get(j).table() + "' that of "
                            + targets.rows().get(j).place())
                    .toList();
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "Filters are neither true nor false, as a cell that they look at is missing: "
                            + String.join(", ", named)
                            + (open.length > NAMED ? ", and those of " + (open.length - NAMED) + " more targets" : "")
                            + "; fill the cells, let the filter say what is to be done with them (IS NULL, coalesce), or choose"
                            + " with 'missing' to exclude such rows.");
        }
    }

    private void add(String name, Membership membership) {
        List<Integer> own = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int j = 0; j < targets.rows().size(); j++) {
            Row row = targets.rows().get(j);
            if (row.table().equals(name)) {
                own.add(j);
                texts.add(row.filter());
                texts.add(row.variable());
            }
        }
        if (own.isEmpty()) {
            return;
        }
        Frame seen = membership.seenBy(texts);
        Map<String, List<Integer>> byFilter = new LinkedHashMap<>();
        own.forEach(j -> byFilter.computeIfAbsent(targets.rows().get(j).filter(), f -> new ArrayList<>())
                .add(j));
        List<Integer> everywhere = byFilter.getOrDefault("", List.of());
        byFilter.remove("");
        List<String> filters = List.copyOf(byFilter.keySet());
        RowConditions conditions = filters.isEmpty()
                ? null
                : Frames.compile(
                        seen,
                        filters,
                        i -> targets.rows()
                                .get(Objects.requireNonNull(byFilter.get(filters.get(i)))
                                        .getFirst())
                                .place());
        if (conditions != null) {
            sameAgain(filters, byFilter, conditions);
            conditions.undecided(0, seen.rows(), (row, found, count) -> {
                for (int k = 0; k < count; k++) {
                    for (int j : Objects.requireNonNull(byFilter.get(filters.get(found[k])))) {
                        undecided[j]++;
                    }
                }
            });
        }
        Map<String, double[]> numbers = new HashMap<>();
        double[][] variables = new double[targets.rows().size()][0];
        for (int j : own) {
            Row row = targets.rows().get(j);
            if (!row.variable().isEmpty()) {
                variables[j] = numbers.computeIfAbsent(row.variable(), v -> variable(seen, row));
            }
        }
        tables.add(new Counted(
                name,
                membership,
                everywhere.stream().mapToInt(Integer::intValue).toArray(),
                filters.stream()
                        .map(f -> Objects.requireNonNull(byFilter.get(f)).stream()
                                .mapToInt(Integer::intValue)
                                .toArray())
                        .toArray(int[][]::new),
                variables,
                conditions));
    }

    /// Two targets whose conditions say the same in other words.
    private void sameAgain(List<String> filters, Map<String, List<Integer>> byFilter, RowConditions conditions) {
        for (int i = 0; i < filters.size(); i++) {
            int first = conditions.sameAs(i);
            if (first == i) {
                continue;
            }
            for (int j : Objects.requireNonNull(byFilter.get(filters.get(i)))) {
                for (int k : Objects.requireNonNull(byFilter.get(filters.get(first)))) {
                    Row row = targets.rows().get(j);
                    Row same = targets.rows().get(k);
                    if (row.variable().equals(same.variable())) {
                        throw Fault.of(
                                        Fault.Kind.BAD_DATA,
                                        "Its filter says the same as that on line " + same.line()
                                                + (row.value() == same.value()
                                                        ? "; keep one of the two targets."
                                                        : ", but its value is another; correct one of the two."))
                                .at(row.place());
                    }
                }
            }
        }
    }

    private static double[] variable(Frame seen, Row row) {
        try {
            ColumnType type = seen.column(row.variable()).type();
            boolean numeric = switch (type) {
                case DOUBLE, LONG, BOOLEAN -> true;
                case CATEGORY, TEXT, DATE, DATE_TIME, INSTANT -> false;
            };
            if (!numeric) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Column '" + row.variable() + "' of table '" + row.table()
                                + "' is not numeric; count its rows with a filter instead.");
            }
            return seen.numbers(row.variable());
        } catch (Fault fault) {
            throw fault.at(row.place());
        }
    }

    private Design build(int households) {
        Design.Builder builder = Design.builder(sums.length);
        double[] values = new double[sums.length];
        for (int h = 0; h < households; h++) {
            for (Counted table : tables) {
                gather(table, table.membership().start(h), table.membership().start(h + 1));
            }
            Arrays.sort(touched, 0, touchedCount);
            for (int e = 0; e < touchedCount; e++) {
                values[e] = sums[touched[e]];
                sums[touched[e]] = 0;
                isTouched[touched[e]] = false;
            }
            builder.row(touchedCount, touched, values);
            touchedCount = 0;
        }
        return builder.build();
    }

    private void gather(Counted table, int from, int to) {
        for (int row = from; row < to; row++) {
            for (int j : table.everywhere()) {
                add(table, j, row);
            }
        }
        if (table.conditions() != null && from < to) {
            table.conditions().matches(from, to, (row, found, count) -> {
                for (int k = 0; k < count; k++) {
                    for (int j : table.filtered()[found[k]]) {
                        add(table, j, row);
                    }
                }
            });
        }
    }

    private void add(Counted table, int j, int row) {
        double[] variable = table.variables()[j];
        double value = variable.length == 0 ? 1 : variable[row];
        if (!Double.isFinite(value)) {
            Row target = targets.rows().get(j);
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            table.membership().place(row) + " counts, but its cell in column '" + target.variable()
                                    + "' is missing or infinite; exclude it by the filter or fill it.")
                    .at(target.place());
        }
        if (!isTouched[j]) {
            isTouched[j] = true;
            touched[touchedCount++] = j;
        }
        sums[j] += value;
    }
}
