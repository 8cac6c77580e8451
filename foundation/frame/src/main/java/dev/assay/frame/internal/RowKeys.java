package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Numbers rows by their cells in some columns: equal cells, equal number, counted from 0 by first
/// appearance.
///
/// A whole number is the same key as long and as double, a category the same as its text, and -0 the
/// same as
/// 0. Each column is numbered on its own and columns are folded two at a time, so no key is ever
/// built as an object but for the distinct ones.
public final class RowKeys {
    private final List<Map<Object, Integer>> single = new ArrayList<>();
    private final List<Map<Long, Integer>> pairs = new ArrayList<>();
    private final List<String> names;
    private int count;

    private RowKeys(List<String> names) {
        this.names = names;
    }

    /// Keys over these columns, none numbered yet.
    static RowKeys over(List<String> names) {
        RowKeys keys = new RowKeys(names);
        for (int i = 0; i < names.size(); i++) {
            keys.single.add(new HashMap<>());
            keys.pairs.add(new HashMap<>());
        }
        return keys;
    }

    /// The group of each row; a missing cell equals another missing cell.
    public static int[] groups(Frame frame, List<String> names) {
        return over(names).number(frame, true, true);
    }

    /// Numbers the rows of a frame.
    ///
    /// @param learn        whether new keys get new numbers; else they get -1
    /// @param missingEqual whether missing cells are a key like any other; else such a row gets -1
    int[] number(Frame frame, boolean learn, boolean missingEqual) {
        int[] rows = new int[frame.rows()];
        for (int k = 0; k < names.size(); k++) {
            int[] cells = cells(frame.column(names.get(k)), single.get(k), learn, missingEqual);
            if (k == 0) {
                rows = cells;
                count = single.getFirst().size();
            } else {
                fold(rows, cells, pairs.get(k), learn);
                count = pairs.get(k).size();
            }
        }
        return rows;
    }

    /// How many keys there are.
    int count() {
        return count;
    }

    private static int[] cells(Column column, Map<Object, Integer> known, boolean learn, boolean missingEqual) {
        int[] numbers = new int[column.length()];
        int[] ofCode =
                column instanceof Column.Categories c ? new int[c.levels().size()] : new int[0];
        Arrays.fill(ofCode, UNKNOWN);
        for (int i = 0; i < numbers.length; i++) {
            if (column.isMissing(i)) {
                numbers[i] = missingEqual ? number(known, MISSING, learn) : -1;
            } else if (column instanceof Column.Categories c) {
                int code = c.code(i);
                if (ofCode[code] == UNKNOWN) {
                    ofCode[code] = number(known, c.levels().get(code), learn);
                }
                numbers[i] = ofCode[code];
            } else {
                numbers[i] = number(known, value(column, i), learn);
            }
        }
        return numbers;
    }

    private static final int UNKNOWN = -2;

    private enum Absent {
        CELL
    }

    private static final Object MISSING = Absent.CELL;

    /// A time as a key, apart from the number that it is kept as.
    private record Moment(long sinceEpoch) {}

    private static Object value(Column column, int row) {
        return switch (column) {
            case Column.Doubles c -> {
                double v = c.value(row);
                long whole = (long) v;
                // Past 2^53 several longs would equal the same double.
                yield v == whole && Math.abs(v) <= 0x1p53 ? (Object) whole : (Object) v;
            }
            case Column.Longs c -> c.value(row);
            case Column.Booleans c -> c.value(row);
            case Column.Categories c -> c.levels().get(c.code(row));
            case Column.Texts c -> Objects.requireNonNull(c.text(row));
            case Column.Dates c -> new Moment(c.day(row));
            case Column.Moments c -> new Moment(c.micros(row));
        };
    }

    private static <K> int number(Map<K, Integer> known, K key, boolean learn) {
        Integer number = known.get(key);
        if (number != null) {
            return number;
        }
        if (!learn) {
            return -1;
        }
        int next = known.size();
        known.put(key, next);
        return next;
    }

    private static void fold(int[] left, int[] right, Map<Long, Integer> known, boolean learn) {
        for (int i = 0; i < left.length; i++) {
            left[i] = left[i] < 0 || right[i] < 0 ? -1 : number(known, ((long) left[i] << 32) | right[i], learn);
        }
    }

    /// @throws Fault (BAD_DATA) if a key column holds one sort of thing on the left and another on
    /// the right
    static void requireComparable(Frame left, Frame right, List<String> names) {
        for (String name : names) {
            ColumnType a = left.column(name).type();
            ColumnType b = right.column(name).type();
            if (!sort(a).equals(sort(b))) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "key column '" + name + "' holds " + a + " on the left and " + b
                                + " on the right; make them the same.");
            }
        }
    }

    private static String sort(ColumnType type) {
        return switch (type) {
            case DOUBLE, LONG -> "numbers";
            case BOOLEAN -> "booleans";
            case CATEGORY, TEXT -> "texts";
            case DATE -> "dates";
            case DATE_TIME -> "dates with times";
            case INSTANT -> "instants";
        };
    }

    /// The position of the first row of each number.
    static int[] firstRows(int[] groups, int count) {
        int[] first = new int[count];
        Arrays.fill(first, -1);
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] >= 0 && first[groups[i]] < 0) {
                first[groups[i]] = i;
            }
        }
        return first;
    }

    @Override
    public String toString() {
        return count + " keys over " + names;
    }
}
