package dev.assay.distil.internal.retrieve;

import dev.assay.engine.Engine;
import java.util.Arrays;

/// A sparse matrix by rows, `[rows, columns]`. Products are computed one result column a partition, so that sums
/// do not depend on the number of threads.
///
/// @param starts  where each row begins, `[rows + 1]`
/// @param columns of the entries
/// @param values  of the entries
/// @param width   number of columns
record SparseRows(int[] starts, int[] columns, double[] values, int width) {
    int rows() {
        return starts.length - 1;
    }

    /// A X.
    ///
    /// @param x `[k][columns]`, a column of X each
    /// @return `[k][rows]`
    double[][] times(double[][] x, Engine engine) {
        return engine.map(x.length, j -> {
                    double[] from = x[j];
                    double[] to = new double[rows()];
                    for (int i = 0; i < to.length; i++) {
                        double sum = 0;
                        for (int e = starts[i]; e < starts[i + 1]; e++) {
                            sum += values[e] * from[columns[e]];
                        }
                        to[i] = sum;
                    }
                    return to;
                })
                .toArray(double[][]::new);
    }

    /// A' Y.
    ///
    /// @param y `[k][rows]`, a column of Y each
    /// @return `[k][columns]`
    double[][] transposeTimes(double[][] y, Engine engine) {
        return engine.map(y.length, j -> {
                    double[] from = y[j];
                    double[] to = new double[width];
                    for (int i = 0; i < from.length; i++) {
                        for (int e = starts[i]; e < starts[i + 1]; e++) {
                            to[columns[e]] += values[e] * from[i];
                        }
                    }
                    return to;
                })
                .toArray(double[][]::new);
    }

    /// Rows that grow.
    static final class Builder {
        private int[] starts = new int[1024];
        private int[] columns = new int[1 << 14];
        private double[] values = new double[1 << 14];
        private int rows;
        private int entries;

        /// Adds an entry to the row that is not closed yet.
        void entry(int column, double value) {
            if (entries == columns.length) {
                int longer = Math.addExact(entries, entries >> 1);
                columns = Arrays.copyOf(columns, longer);
                values = Arrays.copyOf(values, longer);
            }
            columns[entries] = column;
            values[entries++] = value;
        }

        /// Closes the row.
        void close() {
            rows++;
            if (rows == starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            starts[rows] = entries;
        }

        SparseRows build(int width) {
            return new SparseRows(
                    Arrays.copyOf(starts, rows + 1),
                    Arrays.copyOf(columns, entries),
                    Arrays.copyOf(values, entries),
                    width);
        }
    }
}
