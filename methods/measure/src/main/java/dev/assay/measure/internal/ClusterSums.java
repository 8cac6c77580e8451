package dev.assay.measure.internal;

import dev.assay.measure.Bootstrap;
import dev.assay.measure.Units;
import java.util.Arrays;

/// Sums over the rows of each unit, unit-major, so that a replicate reads one short run of memory a drawn unit.
public final class ClusterSums {
    private final int width;
    private final double[] sums;
    private final int units;

    private ClusterSums(int width, double[] sums, int units) {
        this.width = width;
        this.sums = sums;
        this.units = units;
    }

    /// @param columns `[width][rows]`
    /// @throws IllegalArgumentException if a column has another length than the units' rows
    public static ClusterSums of(Units units, double[]... columns) {
        double[] sums = new double[Math.multiplyExact(units.count(), columns.length)];
        for (int c = 0; c < columns.length; c++) {
            Checks.sameLength("numbers", columns[c].length, "rows", units.rows());
            for (int row = 0; row < columns[c].length; row++) {
                sums[units.of(row) * columns.length + c] += columns[c][row];
            }
        }
        return new ClusterSums(columns.length, sums, units.count());
    }

    /// The sums over a draw.
    public double[] of(int[] times) {
        double[] total = new double[width];
        for (int u = 0; u < units; u++) {
            int t = times[u];
            if (t != 0) {
                int at = u * width;
                for (int c = 0; c < width; c++) {
                    total[c] += t * sums[at + c];
                }
            }
        }
        return total;
    }

    /// The statistic sum numerator / sum denominator, NaN where the denominator is 0.
    public static Bootstrap.Statistics ratios(Units units, double[][] numerators, double[][] denominators) {
        Checks.sameLength("numerators", numerators.length, "denominators", denominators.length);
        int count = numerators.length;
        double[][] all = Arrays.copyOf(numerators, 2 * count);
        System.arraycopy(denominators, 0, all, count, count);
        ClusterSums sums = of(units, all);
        return times -> {
            double[] total = sums.of(times);
            double[] ratio = new double[count];
            for (int s = 0; s < count; s++) {
                ratio[s] = total[count + s] == 0 ? Double.NaN : total[s] / total[count + s];
            }
            return ratio;
        };
    }
}
