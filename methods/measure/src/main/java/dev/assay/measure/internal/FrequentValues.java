package dev.assay.measure.internal;

import dev.assay.frame.Column;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The values of a column that many rows of a side hold, and which rows of either side hold them. Missing
/// is a value.
public final class FrequentValues {
    private final List<String> names;
    private final Codes.Joint codes;
    private final int[] code;

    private FrequentValues(List<String> names, Codes.Joint codes, int[] code) {
        this.names = names;
        this.codes = codes;
        this.code = code;
    }

    /// The values that at least `rows` rows of a side hold, at most `most` of them a side, the most frequent
    /// real ones first; and the smallest and largest real number, if as many rows hold them. In a larger
    /// synthetic table as many more rows must hold a value.
    public static FrequentValues of(Column real, Column synthetic, int rows, int most) {
        Codes.Joint codes = Codes.Joint.ofValues(real, synthetic);
        String[] names = new String[codes.count()];
        int[] count = counts(synthetic, codes.second(), names);
        // A larger table holds anything more often.
        double ratio = Math.max(1, synthetic.length() / (double) Math.max(1, real.length()));
        List<Integer> ofSynthetic = frequent(count, (int) Math.ceil(rows * ratio), most);
        count = counts(real, codes.first(), names);
        Set<Integer> kept = new LinkedHashSet<>(frequent(count, rows, most));
        if (Codes.isNumeric(real)) {
            extreme(real, codes, count, rows, true, kept);
            extreme(real, codes, count, rows, false, kept);
        }
        kept.addAll(ofSynthetic);
        return new FrequentValues(
                kept.stream().map(c -> names[c]).toList(),
                codes,
                kept.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int[] counts(Column column, int[] codes, String[] names) {
        int[] count = new int[names.length];
        for (int row = 0; row < codes.length; row++) {
            if (count[codes[row]]++ == 0) {
                String text = column.text(row);
                names[codes[row]] = text == null ? "(missing)" : text;
            }
        }
        return count;
    }

    private static List<Integer> frequent(int[] count, int rows, int most) {
        return IntStream.range(0, count.length)
                .filter(c -> count[c] >= rows)
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -count[c]))
                .limit(most)
                .toList();
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
