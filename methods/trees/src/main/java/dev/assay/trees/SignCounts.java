package dev.assay.trees;

/// How many training rows have each sign, and with what weight. Rows of weight 0 are not counted.
///
/// @param negative       rows below zero
/// @param zero           rows at zero
/// @param positive       rows above zero
/// @param negativeWeight their weight
/// @param zeroWeight     their weight
/// @param positiveWeight their weight
public record SignCounts(
        long negative, long zero, long positive, double negativeWeight, double zeroWeight, double positiveWeight) {

    /// Counts with weight 1 a row.
    public static SignCounts of(long negative, long zero, long positive) {
        return new SignCounts(negative, zero, positive, negative, zero, positive);
    }

    /// Counts a target.
    ///
    /// @param y       finite values
    /// @param weights a nonnegative weight a value
    /// @throws IllegalArgumentException if lengths differ
    public static SignCounts of(double[] y, double[] weights, double zeroTolerance) {
        if (y.length != weights.length) {
            throw new IllegalArgumentException("there are " + y.length + " values and " + weights.length + " weights");
        }
        long[] rows = new long[3];
        double[] mass = new double[3];
        for (int i = 0; i < y.length; i++) {
            if (weights[i] > 0) {
                int sign = Sign.of(y[i], zeroTolerance).ordinal();
                rows[sign]++;
                mass[sign] += weights[i];
            }
        }
        return new SignCounts(rows[0], rows[1], rows[2], mass[0], mass[1], mass[2]);
    }

    /// Rows of a sign.
    public long rows(Sign sign) {
        return switch (sign) {
            case NEGATIVE -> negative;
            case ZERO -> zero;
            case POSITIVE -> positive;
        };
    }

    /// Weight of a sign.
    public double weight(Sign sign) {
        return switch (sign) {
            case NEGATIVE -> negativeWeight;
            case ZERO -> zeroWeight;
            case POSITIVE -> positiveWeight;
        };
    }
}
