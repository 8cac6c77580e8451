package dev.assay.measure.internal;

import dev.assay.frame.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The values of a column that many real rows hold, and which rows of either side hold them. Missing is
/// a value.
public final class FrequentValues {
    private final List<String> names;
    private final Codes.Joint codes;
    private final int[] code;

    private FrequentValues(List<String> names, Codes.Joint codes, int[] code) {
        this.names = names;
        this.codes = codes;
        this.code = code;
    }

    /// The values that at least `rows` real rows hold, at most `most` of them, the most frequent first;
    /// and the smallest and largest number, if as many rows hold them.
    public static FrequentValues of(Column real, Column synthetic, int rows, int most) {
        Codes.Joint codes = Codes.Joint.ofValues(real, synthetic);
        int[] count = new int[codes.count()];
        int[] at = new int[codes.count()];
        for (int row = 0; row < codes.first().length; row++) {
            count[codes.first()[row]]++;
            at[codes.first()[row]] = row;
        }
        List<Integer> frequent = new ArrayList<>();
        for (int c = 0; c < count.length; c++) {
            if (count[c] >= rows) {
                frequent.add(c);
            }
        }
        frequent.sort(Comparator.comparingInt((Integer c) -> -count[c]));
        Set<Integer> kept = new LinkedHashSet<>(frequent.subList(0, Math.min(most, frequent.size())));
        if (Codes.isNumeric(real)) {
            extreme(real, codes, count, rows, true, kept);
            extreme(real, codes, count, rows, false, kept);
        }
        List<String> names = new ArrayList<>();
        for (int c : kept) {
            String text = real.text(at[c]);
            names.add(text == null ? "(missing)" : text);
        }
        return new FrequentValues(
                names, codes, kept.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void extreme(
            Column real, Codes.Joint codes, int[] count, int rows, boolean largest, Set<Integer> kept) {
        double best = Double.NaN;
        int code = -1;
        for (int row = 0; row < real.length(); row++) {
            double value = real.number(row);
            if (!Double.isNaN(value) && (Double.isNaN(best) || (largest ? value > best : value < best))) {
                best = value;
                code = codes.first()[row];
            }
        }
        if (code >= 0 && count[code] >= rows) {
            kept.add(code);
        }
    }

    /// Number of values.
    public int count() {
        return code.length;
    }

    /// The value, as text.
    public String name(int value) {
        return names.get(value);
    }

    /// 1 for real rows that hold the value, else 0.
    public double[] first(int value) {
        return marks(codes.first(), code[value]);
    }

    /// 1 for synthetic rows that hold the value, else 0.
    public double[] second(int value) {
        return marks(codes.second(), code[value]);
    }

    private static double[] marks(int[] codes, int code) {
        double[] marks = new double[codes.length];
        for (int row = 0; row < marks.length; row++) {
            marks[row] = codes[row] == code ? 1 : 0;
        }
        return marks;
    }

    /// The key of a cell under which equal values of different types meet: numbers by value, all else by
    /// text.
    static String key(Column column, int row, Map<Double, String> numbers) {
        if (Codes.isNumeric(column)) {
            double value = column.number(row);
            return Double.isNaN(value) ? Codes.MISSING : numbers.computeIfAbsent(value + 0.0, v -> Double.toString(v));
        }
        return Codes.level(column, row);
    }

    /// An empty memory of numbers' texts.
    static Map<Double, String> numbers() {
        return new HashMap<>();
    }
}
