package dev.assay.trees;

import dev.assay.frame.Column;
import dev.assay.trees.internal.Support;
import java.util.Arrays;

/// What the values of a column mean: decides how they are modelled and what a generated one may be.
public enum ColumnKind {
    /// One of two states.
    BOOLEAN,
    /// One of a list of codes or texts. A generated value is always a training value.
    CATEGORICAL,
    /// Whole numbers, many of them. A generated value is a whole number within the training range.
    COUNT,
    /// Real numbers.
    CONTINUOUS,
    /// Real numbers with a mass at zero, or of both signs with a gap between: modelled behind a zero
    /// gate.
    AMOUNT;

    /// A number this close to a whole one is whole.
    public static final double WHOLE_TOLERANCE = 1e-6;
    /// More distinct whole numbers than this are counts.
    public static final int MOST_CODES = 200;
    /// |y| up to this is zero.
    public static final double ZERO_TOLERANCE = 1e-6;
    /// From this share of zeros on a column is an amount.
    public static final double ZERO_SHARE = 0.05;

    /// Infers the kind from the values that are not missing; a declared kind always wins over this.
    ///
    /// Booleans, and numbers that are all 0 or 1, are BOOLEAN; texts and coded categories
    /// CATEGORICAL; dates
    /// COUNT, other times CONTINUOUS. Whole numbers with at most 200 distinct values are
    /// CATEGORICAL. Of the rest, a column with
    /// at least 5 % zeros is an AMOUNT, whole or not, and so is one of both signs with a gap around zero
    /// (more than 20 times as wide as the distances beside it); other whole numbers are COUNT, anything
    /// else CONTINUOUS.
    public static ColumnKind infer(Column column) {
        return switch (column) {
            case Column.Booleans b -> BOOLEAN;
            case Column.Categories c -> CATEGORICAL;
            case Column.Texts t -> CATEGORICAL;
            case Column.Dates d -> COUNT;
            case Column.Moments m -> CONTINUOUS;
            case Column.Doubles d -> ofNumbers(d);
            case Column.Longs l -> ofNumbers(l);
        };
    }

    private static ColumnKind ofNumbers(Column column) {
        double[] values = new double[column.length() - column.missing()];
        int n = 0;
        int zeros = 0;
        boolean whole = true;
        for (int i = 0; i < column.length(); i++) {
            if (!column.isMissing(i)) {
                double v = column.number(i);
                values[n++] = v;
                zeros += Math.abs(v) <= ZERO_TOLERANCE ? 1 : 0;
                whole &= isWhole(v);
            }
        }
        Arrays.sort(values);
        int distinct = n > 0 ? 1 : 0;
        for (int i = 1; i < n; i++) {
            distinct += values[i] > values[i - 1] ? 1 : 0;
        }
        if (whole && distinct == 2 && values[0] == 0 && values[n - 1] == 1) {
            return BOOLEAN;
        }
        if (whole && distinct <= MOST_CODES) {
            return CATEGORICAL;
        }
        if (n > 0 && (zeros >= ZERO_SHARE * n || Support.isGapAroundZero(values, n, ZERO_TOLERANCE))) {
            return AMOUNT;
        }
        return whole ? COUNT : CONTINUOUS;
    }

    /// Whether a number is whole within the tolerance.
    static boolean isWhole(double v) {
        return Math.abs(v - Math.rint(v)) <= WHOLE_TOLERANCE;
    }
}
