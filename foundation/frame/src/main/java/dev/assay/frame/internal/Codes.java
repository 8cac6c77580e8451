package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/// Which rows have the same cells in some columns.
///
/// @param ofRow  `[rows]` a number for each distinct tuple of cells, from 0
/// @param firsts `[distinct]` a row that has the tuple
record Codes(int[] ofRow, int[] firsts) {

    static Codes of(Frame frame, List<String> columns) {
        Codes codes = of(frame.column(columns.getFirst()));
        for (String column : columns.subList(1, columns.size())) {
            codes = codes.and(of(frame.column(column)));
        }
        return codes;
    }

    private Codes and(Codes other) {
        return number(ofRow.length, i -> (long) ofRow[i] * other.firsts.length + other.ofRow[i]);
    }

    private static final Object MISSING = new Object();

    private static Codes of(Column column) {
        IntFunction<Object> cell = switch (column) {
            case Column.Doubles c -> i -> Double.doubleToLongBits(c.value(i));
            case Column.Longs c -> c::value;
            case Column.Booleans c -> c::value;
            case Column.Categories c -> c::code;
            case Column.Texts c -> i -> Objects.requireNonNull(c.text(i));
            case Column.Dates c -> c::day;
            case Column.Moments c -> c::micros;
        };
        return number(column.length(), i -> column.isMissing(i) ? MISSING : cell.apply(i));
    }

    private static Codes number(int rows, IntFunction<Object> key) {
        Map<Object, Integer> known = new HashMap<>();
        int[] ofRow = new int[rows];
        int[] firsts = new int[16];
        for (int i = 0; i < rows; i++) {
            int next = known.size();
            Integer code = known.putIfAbsent(key.apply(i), next);
            if (code == null) {
                if (next == firsts.length) {
                    firsts = Arrays.copyOf(firsts, 2 * next);
                }
                firsts[next] = i;
                ofRow[i] = next;
            } else {
                ofRow[i] = code;
            }
        }
        return new Codes(ofRow, Arrays.copyOf(firsts, known.size()));
    }
}
