package dev.assay.measure.internal;

import dev.assay.inference.Units;
import java.util.Comparator;
import java.util.stream.IntStream;

/// A type-7 quantile of a resample without sorting again.
public final class DrawnQuantile {
    private final double[] value;
    private final int[] unit;
    private final double level;

    private DrawnQuantile(double[] value, int[] unit, double level) {
        this.value = value;
        this.unit = unit;
        this.level = level;
    }

    /// @param level 0 to 1
    public static DrawnQuantile of(double[] values, Units units, double level) {
        Checks.sameLength("values", values.length, "rows of the units", units.rows());
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] value = new double[order.length];
        int[] unit = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            value[i] = values[order[i]];
            unit[i] = units.of(order[i]);
        }
        return new DrawnQuantile(value, unit, level);
    }

    /// The quantile of the rows of the drawn units, NaN if there are none.
    public double of(int[] times) {
        long rows = 0;
        for (int u : unit) {
            rows += times[u];
        }
        if (rows == 0) {
            return Double.NaN;
        }
        double h = (rows - 1) * level;
        long below = (long) h;
        long seen = 0;
        double low = Double.NaN;
        for (int i = 0; i < value.length; i++) {
            seen += times[unit[i]];
            if (Double.isNaN(low) && seen > below) {
                low = value[i];
            }
            if (seen > below + 1 || seen == rows) {
                return Double.isNaN(low) ? value[i] : low + (h - below) * (value[i] - low);
            }
        }
        return low;
    }
}
