package dev.assay.trees;

import dev.assay.fault.Fault;

/// What a model learns to draw: a number or a class a row.
///
/// The records take ownership of the arrays they are given; the caller must not touch them afterwards.
public sealed interface Response {
    /// Number of rows.
    int length();

    /// The value of a row as models return it: the number itself, or the class code.
    double value(int row);

    /// The responses at these rows, in this order.
    Response at(int[] rows);

    /// A number a row. Trees split on variance.
    record Numbers(double[] values) implements Response {
        /// @throws Fault (BAD_DATA) if a value is missing (NaN) or infinite
        public Numbers {
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the response is missing or infinite in row " + i
                                    + "; leave such rows out, or model them with a missingness gate.");
                }
            }
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double value(int row) {
            return values[row];
        }

        @Override
        public Numbers at(int[] rows) {
            double[] chosen = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = values[rows[i]];
            }
            return new Numbers(chosen);
        }
    }

    /// A class code a row, `0..count-1`. Trees split on the Gini index.
    record Classes(int[] codes, int count) implements Response {
        /// @throws Fault (BAD_DATA) if a code is missing or out of range
        public Classes {
            for (int i = 0; i < codes.length; i++) {
                if (codes[i] < 0 || codes[i] >= count) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the response has no class in row " + i + "; codes run from 0 to " + (count - 1) + ".");
                }
            }
        }

        @Override
        public int length() {
            return codes.length;
        }

        @Override
        public double value(int row) {
            return codes[row];
        }

        @Override
        public Classes at(int[] rows) {
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = codes[rows[i]];
            }
            return new Classes(chosen, count);
        }
    }
}
