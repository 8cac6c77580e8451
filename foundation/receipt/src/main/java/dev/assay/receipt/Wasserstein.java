package dev.assay.receipt;

import java.util.Arrays;

/// How far one sample of numbers must be moved to become the other: the Wasserstein-1 distance.
///
/// @param distance   the integral of |F - G|, in the column's unit
/// @param normalised divided by the reference's standard deviation (divisor n), or by [#SMALLEST_SD] where
///                   that is smaller
public record Wasserstein(double distance, double normalised) {
    /// A standard deviation below this counts as this.
    public static final double SMALLEST_SD = 0.001;

    private static final double LARGE = 1e100;

    /// The distance of these samples.
    ///
    /// @throws IllegalArgumentException if a sample is empty
    public static Wasserstein of(ColumnSample.Numbers reference, ColumnSample.Numbers current) {
        Rules.require(reference.n() > 0 && current.n() > 0, "there must be a value in both samples");
        double unit = unit(reference.sorted(), current.sorted());
        double[] a = in(unit, reference.sorted());
        double[] b = in(unit, current.sorted());
        double distance = 0;
        int i = 0;
        int j = 0;
        double at = Math.min(a[0], b[0]);
        while (i < a.length || j < b.length) {
            double next = j == b.length || i < a.length && a[i] <= b[j] ? a[i] : b[j];
            distance += Math.abs((double) i / a.length - (double) j / b.length) * (next - at);
            at = next;
            while (i < a.length && a[i] == next) {
                i++;
            }
            while (j < b.length && b[j] == next) {
                j++;
            }
        }
        return new Wasserstein(
                Math.min(distance * unit, Double.MAX_VALUE), distance / Math.max(sd(a), SMALLEST_SD / unit));
    }

    /// A power of two to divide by, so that neither squares nor differences of very large numbers overflow.
    private static double unit(double[] a, double[] b) {
        double largest = Math.max(
                Math.max(Math.abs(a[0]), Math.abs(a[a.length - 1])),
                Math.max(Math.abs(b[0]), Math.abs(b[b.length - 1])));
        return largest < LARGE ? 1 : Math.scalb(1.0, Math.getExponent(largest));
    }

    private static double[] in(double unit, double[] values) {
        return unit == 1 ? values : Arrays.stream(values).map(v -> v / unit).toArray();
    }

    private static double sd(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
