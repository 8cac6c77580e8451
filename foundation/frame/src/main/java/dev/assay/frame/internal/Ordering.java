package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.SortKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The order of a column's cells, and of rows by it.
public final class Ordering {
    private Ordering() {}

    /// Compares two cells that have a value.
    @FunctionalInterface
    interface Cells {
        int compare(int row, int otherRow);
    }

    /// The rows of `frame` in the order of these keys; rows that are equal in all of them keep theirs.
    public static int[] of(Frame frame, List<SortKey> keys) {
        Integer[] rows = new Integer[frame.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        Column[] columns = new Column[keys.size()];
        Cells[] orders = new Cells[keys.size()];
        boolean[] descending = new boolean[keys.size()];
        for (int k = 0; k < orders.length; k++) {
            columns[k] = frame.column(keys.get(k).column());
            orders[k] = cells(columns[k]);
            descending[k] = keys.get(k).descending();
        }
        Arrays.sort(rows, (a, b) -> {
            for (int k = 0; k < orders.length; k++) {
                boolean aMissing = columns[k].isMissing(a);
                boolean bMissing = columns[k].isMissing(b);
                int order = 0;
                if (aMissing || bMissing) {
                    order = Boolean.compare(aMissing, bMissing);
                } else {
                    order = descending[k] ? orders[k].compare(b, a) : orders[k].compare(a, b);
                }
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        });
        return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
    }

    /// Numbers by size (-0 as 0), false before true, categories by level, texts by code point, times
    /// by time.
    static Cells cells(Column column) {
        return switch (column) {
            case Column.Doubles c -> (a, b) -> Double.compare(c.value(a) + 0.0, c.value(b) + 0.0);
            case Column.Longs c -> (a, b) -> Long.compare(c.value(a), c.value(b));
            case Column.Booleans c -> (a, b) -> Boolean.compare(c.value(a), c.value(b));
            case Column.Categories c -> (a, b) -> Integer.compare(c.code(a), c.code(b));
            case Column.Texts c ->
                (a, b) -> CodePoints.compare(Objects.requireNonNull(c.text(a)), Objects.requireNonNull(c.text(b)));
            case Column.Dates c -> (a, b) -> Integer.compare(c.day(a), c.day(b));
            case Column.Moments c -> (a, b) -> Long.compare(c.micros(a), c.micros(b));
        };
    }
}
