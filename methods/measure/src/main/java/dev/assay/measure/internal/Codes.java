package dev.assay.measure.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Cells as the measures see them: numbers (NaN where missing, never infinite) or levels (missing is
/// one of
/// them).
public final class Codes {
    /// The level of a missing cell. No text can be equal to it by accident: it begins with a control
    /// character.
    public static final String MISSING = "\u0000missing";

    private Codes() {}

    /// Whether a column is compared as numbers; else it is compared by level.
    public static boolean isNumeric(Column column) {
        return switch (column) {
            case Column.Doubles _, Column.Longs _, Column.Dates _, Column.Moments _ -> true;
            case Column.Booleans _, Column.Categories _, Column.Texts _ -> false;
        };
    }

    /// The cells of a column as numbers.
    ///
    /// @throws Fault (BAD_DATA) if one is infinite, or the column does not exist
    public static double[] numbers(Frame frame, String name) {
        double[] numbers = frame.numbers(name);
        for (int row = 0; row < numbers.length; row++) {
            if (Double.isInfinite(numbers[row])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' is infinite in row " + row
                                + "; only finite or missing cells can be measured.");
            }
        }
        return numbers;
    }

    /// The level of a cell.
    public static String level(Column column, int row) {
        String text = column.text(row);
        return text == null ? MISSING : text;
    }

    /// The levels that occur, in order, missing first if it occurs.
    public static List<String> levels(Column column) {
        TreeSet<String> seen = new TreeSet<>();
        for (int row = 0; row < column.length(); row++) {
            seen.add(level(column, row));
        }
        return List.copyOf(seen);
    }

    /// Codes of two columns over the union of their levels, so that the same level has the same code
    /// in both.
    ///
    /// @param first  codes of the first column
    /// @param second codes of the second
    /// @param count  number of levels
    public record Joint(int[] first, int[] second, int count) {
        /// Joint codes of two columns.
        public static Joint of(Column first, Column second) {
            Map<String, Integer> codes = new HashMap<>();
            List<String> levels = new ArrayList<>(Codes.levels(first));
            levels.addAll(Codes.levels(second));
            for (String level : new TreeSet<>(levels)) {
                codes.put(level, codes.size());
            }
            return new Joint(codes(first, codes), codes(second, codes), codes.size());
        }

        /// Joint codes of two columns by value: numbers that are equal have one code, whatever their
        /// type.
        public static Joint ofValues(Column first, Column second) {
            Map<Double, String> numbers = FrequentValues.numbers();
            Map<String, Integer> codes = new HashMap<>();
            int[][] of = new int[2][];
            Column[] columns = {first, second};
            for (int side = 0; side < 2; side++) {
                of[side] = new int[columns[side].length()];
                for (int row = 0; row < of[side].length; row++) {
                    String key = FrequentValues.key(columns[side], row, numbers);
                    Integer known = codes.putIfAbsent(key, codes.size());
                    of[side][row] = known == null ? codes.size() - 1 : known;
                }
            }
            return new Joint(of[0], of[1], codes.size());
        }

        private static int[] codes(Column column, Map<String, Integer> codes) {
            int[] of = new int[column.length()];
            for (int row = 0; row < of.length; row++) {
                of[row] = Objects.requireNonNull(codes.get(level(column, row)));
            }
            return of;
        }
    }
}
