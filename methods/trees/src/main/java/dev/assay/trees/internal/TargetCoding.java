package dev.assay.trees.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Validity;
import dev.assay.trees.ColumnKind;
import dev.assay.trees.Response;
import dev.assay.trees.Synthesis;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a target column becomes a response, and how drawn numbers become a column of the same type
/// again.
public final class TargetCoding {
    private final boolean classes;
    private final boolean steps;
    private final double[] codes;
    private final double low;
    private final double high;
    private final Grid grid;
    private final Shape shape;

    /// The column type to come back to.
    private sealed interface Shape {
        record Doubles() implements Shape {}

        record Longs() implements Shape {}

        record Booleans() implements Shape {}

        record Categories(List<String> levels) implements Shape {}

        record Texts(List<String> levels) implements Shape {}

        record Dates() implements Shape {}

        record DateTimes() implements Shape {}

        record Instants() implements Shape {}
    }

    /// A column and how many drawn numbers had to be moved to fit it.
    public record Decoded(Column column, Synthesis.Snap snap) {}

    private TargetCoding(boolean classes, boolean steps, double[] codes, double[] values, Grid grid, Shape shape) {
        this.classes = classes;
        this.steps = steps;
        this.codes = codes;
        this.low = Arrays.stream(values).min().orElse(0);
        this.high = Arrays.stream(values).max().orElse(0);
        this.grid = grid;
        this.shape = shape;
    }

    /// The coding of a target.
    ///
    /// @param present rows with a value
    /// @throws Fault (BAD_DATA) if the values break a declared kind
    public static TargetCoding of(String name, Column column, ColumnKind kind, boolean declared, int[] present) {
        Shape shape = shape(column);
        boolean numeric = switch (column) {
            case Column.Doubles d -> true;
            case Column.Longs l -> true;
            case Column.Dates t -> true;
            case Column.Moments t -> true;
            case Column.Booleans b -> false;
            case Column.Categories c -> false;
            case Column.Texts t -> false;
        };
        if (!numeric) {
            if (kind != ColumnKind.CATEGORICAL && kind != ColumnKind.BOOLEAN) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' holds " + column.type() + ", which cannot be " + kind
                                + "; declare it CATEGORICAL, or turn it into numbers.");
            }
            return new TargetCoding(true, true, new double[0], new double[0], Grid.NONE, shape);
        }
        double[] values = Arrays.stream(present).mapToDouble(column::number).toArray();
        boolean whole = Arrays.stream(values).allMatch(v -> Math.abs(v - Math.rint(v)) <= ColumnKind.WHOLE_TOLERANCE);
        if (kind == ColumnKind.COUNT && !whole) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "column '" + name + "' is declared COUNT but holds fractions; declare it CONTINUOUS or AMOUNT.");
        }
        boolean coded = kind == ColumnKind.CATEGORICAL || kind == ColumnKind.BOOLEAN;
        // Declared codes have no order: classes. Inferred ones may well be ages or hours: their
        // order is kept.
        boolean unordered = coded && declared;
        double[] codes = unordered ? Arrays.stream(values).distinct().sorted().toArray() : new double[0];
        boolean steps = coded || kind == ColumnKind.COUNT;
        Grid grid = steps ? Grid.NONE : Grid.of(values);
        // What is stored as a whole number has whole steps at least.
        boolean wholeSteps = grid == Grid.NONE && !(column instanceof Column.Doubles);
        return new TargetCoding(unordered, steps, codes, values, wholeSteps ? Grid.WHOLE : grid, shape);
    }

    private static Shape shape(Column column) {
        return switch (column) {
            case Column.Doubles d -> new Shape.Doubles();
            case Column.Longs l -> new Shape.Longs();
            case Column.Booleans b -> new Shape.Booleans();
            case Column.Categories c -> new Shape.Categories(c.levels());
            case Column.Texts t -> new Shape.Texts(texts(t));
            case Column.Dates d -> new Shape.Dates();
            case Column.DateTimes d -> new Shape.DateTimes();
            case Column.Instants i -> new Shape.Instants();
        };
    }

    private static List<String> texts(Column.Texts column) {
        @Nullable String[] texts = new String[column.length()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = column.text(i);
        }
        return Column.Categories.of(texts).levels();
    }

    /// Whether only training values may be drawn.
    public boolean steps() {
        return steps;
    }

    /// The response of these rows, none of them missing.
    public Response response(Column column, int[] rows) {
        if (!classes) {
            return new Response.Numbers(
                    Arrays.stream(rows).mapToDouble(column::number).toArray());
        }
        return switch (shape) {
            case Shape.Categories c ->
                new Response.Classes(numbers(column, rows), c.levels().size());
            case Shape.Texts t ->
                new Response.Classes(
                        Arrays.stream(rows)
                                .map(i -> java.util.Collections.binarySearch(
                                        t.levels(), java.util.Objects.requireNonNull(column.text(i))))
                                .toArray(),
                        t.levels().size());
            case Shape.Booleans b -> new Response.Classes(numbers(column, rows), 2);
            case Shape.Doubles d -> coded(column, rows);
            case Shape.Longs l -> coded(column, rows);
            case Shape.Dates d -> coded(column, rows);
            case Shape.DateTimes d -> coded(column, rows);
            case Shape.Instants i -> coded(column, rows);
        };
    }

    private static int[] numbers(Column column, int[] rows) {
        return Arrays.stream(rows).map(i -> (int) column.number(i)).toArray();
    }

    private Response coded(Column column, int[] rows) {
        return new Response.Classes(
                Arrays.stream(rows)
                        .map(i -> Arrays.binarySearch(codes, column.number(i)))
                        .toArray(),
                codes.length);
    }

    /// A column of `length` cells: `drawn[k]` at row `rows[k]`, missing elsewhere.
    public Decoded decode(double[] drawn, int[] rows, int length) {
        double[] values = new double[length];
        BitSet absent = new BitSet(length);
        absent.set(0, length);
        for (int k = 0; k < rows.length; k++) {
            values[rows[k]] = codes.length > 0 ? codes[(int) drawn[k]] : drawn[k];
            absent.clear(rows[k]);
        }
        Validity validity = Validity.absent(length, absent);
        return switch (shape) {
            case Shape.Doubles d -> {
                Synthesis.Snap snap = snap(values, absent);
                absent.stream().forEach(i -> values[i] = Double.NaN);
                yield new Decoded(Column.Doubles.of(values), snap);
            }
            case Shape.Longs l -> {
                Synthesis.Snap snap = snap(values, absent);
                yield new Decoded(Column.Longs.of(longs(values), validity), snap);
            }
            case Shape.Dates d -> {
                Synthesis.Snap snap = snap(values, absent);
                int[] days = Arrays.stream(values).mapToInt(day -> (int) day).toArray();
                yield new Decoded(Column.Dates.of(days, validity), snap);
            }
            case Shape.DateTimes d -> {
                Synthesis.Snap snap = snap(values, absent);
                yield new Decoded(Column.DateTimes.of(longs(values), validity), snap);
            }
            case Shape.Instants i -> {
                Synthesis.Snap snap = snap(values, absent);
                yield new Decoded(Column.Instants.of(longs(values), validity), snap);
            }
            case Shape.Booleans b -> {
                boolean[] states = new boolean[length];
                for (int i = 0; i < length; i++) {
                    states[i] = values[i] != 0;
                }
                yield new Decoded(Column.Booleans.of(states, validity), Synthesis.Snap.NONE);
            }
            case Shape.Categories c -> {
                int[] levels = new int[length];
                for (int i = 0; i < length; i++) {
                    levels[i] = absent.get(i) ? -1 : (int) values[i];
                }
                yield new Decoded(Column.Categories.of(levels, c.levels()), Synthesis.Snap.NONE);
            }
            case Shape.Texts t -> {
                @Nullable String[] texts = new String[length];
                for (int i = 0; i < length; i++) {
                    texts[i] = absent.get(i) ? null : t.levels().get((int) values[i]);
                }
                yield new Decoded(Column.Texts.of(texts), Synthesis.Snap.NONE);
            }
        };
    }

    private static long[] longs(double[] values) {
        return Arrays.stream(values).mapToLong(v -> (long) v).toArray();
    }

    /// Moves values to the nearest step of the training values.
    private Synthesis.Snap snap(double[] values, BitSet absent) {
        long cells = 0;
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            if (absent.get(i)) {
                continue;
            }
            double step = grid.nearest(values[i]);
            // A tail beyond the training range is for numbers with fractions only.
            double nearest = shape instanceof Shape.Doubles ? step : Math.clamp(step, low, high);
            if (nearest != values[i]) {
                cells++;
                largest = Math.max(largest, Math.abs(nearest - values[i]));
                values[i] = nearest;
            }
        }
        return new Synthesis.Snap(cells, largest);
    }
}
