package dev.assay.measure;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import java.util.Arrays;

/// Rows of finite numbers, as the distance measures want them: one row-major array `[rows, columns]`.
///
/// Takes ownership of the array that it is given; the caller must not touch it afterwards.
public final class Points {
    private final double[] values;
    private final int rows;
    private final int columns;

    private Points(double[] values, int rows, int columns) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    /// Points over a row-major array.
    ///
    /// @param values  `[rows, columns]`
    /// @param columns at least 1
    /// @throws Fault (BAD_DATA) if a number is NaN or infinite, naming its row and column
    /// @throws IllegalArgumentException if `columns < 1` or the length is no multiple of it
    public static Points of(double[] values, int columns) {
        if (columns < 1 || values.length % columns != 0) {
            throw new IllegalArgumentException(values.length + " numbers are no rows of " + columns + " columns");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "row " + i / columns + ", column " + i % columns
                                + " is not a finite number; encode or remove missing values before measuring distances.");
            }
        }
        return new Points(values, values.length / columns, columns);
    }

    /// Points over a copy of these rows.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows or a number is NaN or infinite
    /// @throws IllegalArgumentException if rows differ in length
    public static Points of(double[][] rows) {
        if (rows.length == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "there are no rows; give some.");
        }
        int columns = rows[0].length;
        double[] values = new double[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " columns, the first has " + columns);
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return of(values, columns);
    }

    /// Number of rows.
    public int rows() {
        return rows;
    }

    /// Number of columns.
    public int columns() {
        return columns;
    }

    /// The number at this row and column.
    public double value(int row, int column) {
        return values[row * columns + column];
    }

    /// A copy of all numbers, row-major.
    public double[] toArray() {
        return values.clone();
    }

    /// The rows at these positions, in this order; a position may occur more than once.
    public Points at(int[] positions) {
        double[] chosen = new double[Math.multiplyExact(positions.length, columns)];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(values, positions[i] * columns, chosen, i * columns, columns);
        }
        return new Points(chosen, positions.length, columns);
    }

    /// At most `cap` of the rows, drawn without replacement and kept in their order; all of them if there are no
    /// more.
    public Points capped(int cap, Seed seed) {
        if (rows <= cap) {
            return this;
        }
        int[] chosen = Draws.sample(rows, cap, seed.generator());
        Arrays.sort(chosen);
        return at(chosen);
    }

    /// The array itself, for the kernels of this module.
    double[] array() {
        return values;
    }

    /// The shape; never the numbers.
    @Override
    public String toString() {
        return rows + " points of " + columns + " columns";
    }
}
