package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Aggregate;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups of rows and what they sum up to, one row after the other in the frame's order.
public final class Grouping {
    private Grouping() {}

    /// See [Frame#groupBy(List, List)].
    public static Frame group(Frame frame, List<String> keys, List<Aggregate> aggregates) {
        int[] groups = keys.isEmpty() ? new int[frame.rows()] : RowKeys.groups(frame, keys);
        int count = keys.isEmpty() ? 1 : Arrays.stream(groups).max().orElse(-1) + 1;
        int[] first = RowKeys.firstRows(groups, count);
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (String key : keys) {
            fields.add(frame.schema().fields().get(frame.schema().indexOf(key)));
            columns.add(frame.column(key).at(first));
        }
        for (Aggregate aggregate : aggregates) {
            Column column = column(frame, aggregate, groups, count);
            fields.add(new Field(aggregate.as(), column.type(), unit(frame, aggregate)));
            columns.add(column);
        }
        return Frame.of(new Schema(fields), columns);
    }

    private static Column column(Frame frame, Aggregate aggregate, int[] groups, int count) {
        return switch (aggregate) {
            case Aggregate.Rows r -> {
                long[] n = new long[count];
                for (int group : groups) {
                    n[group]++;
                }
                yield Column.Longs.of(n);
            }
            case Aggregate.Count(String column, String as) ->
                Column.Longs.of(counts(frame.column(column), groups, count));
            case Aggregate.Sum(String column, String as) -> sum(frame, column, groups, count);
            case Aggregate.Mean(String column, String as) -> {
                double[] sums = sums(numbers(frame, column), groups, count);
                long[] n = counts(frame.column(column), groups, count);
                for (int g = 0; g < count; g++) {
                    sums[g] = n[g] == 0 ? Double.NaN : sums[g] / n[g];
                }
                yield Column.Doubles.of(sums);
            }
            case Aggregate.Least(String column, String as) -> extreme(frame.column(column), groups, count, -1);
            case Aggregate.Greatest(String column, String as) -> extreme(frame.column(column), groups, count, 1);
            case Aggregate.First(String column, String as) -> extreme(frame.column(column), groups, count, 0);
        };
    }

    private static String unit(Frame frame, Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.Rows r -> "";
            case Aggregate.Count c -> "";
            case Aggregate.Sum(String column, String as) -> unit(frame, column);
            case Aggregate.Mean(String column, String as) -> unit(frame, column);
            case Aggregate.Least(String column, String as) -> unit(frame, column);
            case Aggregate.Greatest(String column, String as) -> unit(frame, column);
            case Aggregate.First(String column, String as) -> unit(frame, column);
        };
    }

    private static String unit(Frame frame, String column) {
        return frame.schema().fields().get(frame.schema().indexOf(column)).unit();
    }

    private static long[] counts(Column column, int[] groups, int count) {
        long[] n = new long[count];
        for (int i = 0; i < groups.length; i++) {
            if (!column.isMissing(i)) {
                n[groups[i]]++;
            }
        }
        return n;
    }

    private static Column sum(Frame frame, String name, int[] groups, int count) {
        if (!(frame.column(name) instanceof Column.Longs longs)) {
            return Column.Doubles.of(sums(numbers(frame, name), groups, count));
        }
        long[] sums = new long[count];
        for (int i = 0; i < groups.length; i++) {
            try {
                sums[groups[i]] = Math.addExact(sums[groups[i]], longs.value(i));
            } catch (ArithmeticException e) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "the sum of column '" + name
                                        + "' does not fit 64 bits; make it a column of doubles first.")
                        .causedBy(e);
            }
        }
        return Column.Longs.of(sums);
    }

    private static Column numbers(Frame frame, String name) {
        Column column = frame.column(name);
        return switch (column) {
            case Column.Doubles c -> c;
            case Column.Longs c -> c;
            case Column.Booleans c -> c;
            case Column.Categories c -> throw notNumbers(name, c);
            case Column.Texts c -> throw notNumbers(name, c);
            case Column.Dates c -> throw notNumbers(name, c);
            case Column.Moments c -> throw notNumbers(name, c);
        };
    }

    private static Fault notNumbers(String name, Column column) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "column '" + name + "' holds " + column.type()
                        + ", of which there is no sum or mean; count it instead.");
    }

    /// Compensated sums (Neumaier 1974), so that many small numbers beside a large one do not vanish.
    private static double[] sums(Column column, int[] groups, int count) {
        double[] sums = new double[count];
        double[] lost = new double[count];
        for (int i = 0; i < groups.length; i++) {
            if (column.isMissing(i)) {
                continue;
            }
            double v = column.number(i);
            int g = groups[i];
            double next = sums[g] + v;
            lost[g] += Math.abs(sums[g]) >= Math.abs(v) ? (sums[g] - next) + v : (v - next) + sums[g];
            sums[g] = next;
        }
        for (int g = 0; g < count; g++) {
            // Past infinity the correction is not a number.
            sums[g] = Double.isFinite(sums[g]) ? sums[g] + lost[g] : sums[g];
        }
        return sums;
    }

    /// The first of the greatest (sign 1) or least (sign -1) cells of each group, or the very first
    /// (sign 0).
    private static Column extreme(Column column, int[] groups, int count, int sign) {
        Ordering.Cells order = Ordering.cells(column);
        int[] best = new int[count];
        Arrays.fill(best, -1);
        for (int i = 0; i < groups.length; i++) {
            if (column.isMissing(i)) {
                continue;
            }
            int g = groups[i];
            if (best[g] < 0 || order.compare(i, best[g]) * sign > 0) {
                best[g] = i;
            }
        }
        return column.at(best);
    }
}
