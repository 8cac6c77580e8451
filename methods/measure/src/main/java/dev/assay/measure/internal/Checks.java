package dev.assay.measure.internal;

import dev.assay.fault.Fault;

/// What every measure demands of its input. Messages name rows and columns by their 0-based position, never
/// by value.
public final class Checks {
    private Checks() {}

    /// @throws Fault (BAD_DATA) if `length` is 0
    public static void notEmpty(String what, int length) {
        if (length == 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "there are no " + what + ": a measure of nothing is not 0, give some rows.");
        }
    }

    /// @throws IllegalArgumentException if the lengths differ
    public static void sameLength(String what, long length, String other, long otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(
                    "there are " + length + " " + what + " but " + otherLength + " " + other + "; they go together");
        }
    }

    /// @throws Fault (BAD_DATA) unless every number is within 0 to 1, naming row and column
    public static void probabilities(double[] values, int columns) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the probability in " + place(i, columns) + " is not a number from 0 to 1.");
            }
        }
    }

    /// @throws Fault (BAD_DATA) unless every row sums to 1, naming the row
    public static void rowsSumToOne(double[] values, int columns, double tolerance) {
        for (int row = 0; row < values.length / columns; row++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += values[row * columns + c];
            }
            if (!(Math.abs(sum - 1) <= tolerance)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the probabilities in row " + row + " do not sum to 1 (+- " + tolerance
                                + "); normalise them where they are made.");
            }
        }
    }

    /// @throws Fault (BAD_DATA) unless every label is `0..classes-1`, naming the row
    public static void labels(int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the label in row " + i + " is not one of the classes 0 to " + (classes - 1) + ".");
            }
        }
    }

    /// @throws Fault (BAD_DATA) if a weight is negative or not finite, naming the row, or none is
    /// positive
    public static void weights(double[] weights) {
        boolean positive = false;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && Double.isFinite(weights[i]))) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA, "the weight in row " + i + " is not a finite number of at least 0.");
            }
            positive |= weights[i] > 0;
        }
        if (!positive) {
            throw Fault.of(Fault.Kind.BAD_DATA, "no row has a positive weight; a measure of nothing is not 0.");
        }
    }

    /// @throws Fault (BAD_DATA) if a number is NaN or infinite, naming row and column
    public static void finite(String what, double[] values, int columns) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the " + what + " has no finite number in " + place(i, columns)
                                + "; encode or remove missing values first.");
            }
        }
    }

    private static String place(int i, int columns) {
        return columns == 1 ? "row " + i : "row " + i / columns + ", column " + i % columns;
    }
}
