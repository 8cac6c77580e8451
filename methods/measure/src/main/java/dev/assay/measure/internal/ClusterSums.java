package dev.assay.measure.internal;

import dev.assay.measure.Units;

/// Sums over the rows of each unit, unit-major, and their totals over draws.
public final class ClusterSums {
    /// Units summed for all draws of a batch before the next are read, so that they stay in the cache.
    private static final int TOGETHER = 128;

    private final int width;
    private final int units;
    private final double[] sums;

    private ClusterSums(int width, int units, double[] sums) {
        this.width = width;
        this.units = units;
        this.sums = sums;
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
        return new ClusterSums(columns.length, units.count(), sums);
    }

    /// Totals over several draws, `[draws][width]`. Each is summed in the order of the units, whatever the
    /// batch.
    ///
    /// @param times `[draws][units]`, how often each unit was drawn
    public double[][] of(int[][] times) {
        RowKernel kernel = Kernels.rows();
        double[][] totals = new double[times.length][width];
        for (int from = 0; from < units; from += TOGETHER) {
            int to = Math.min(units, from + TOGETHER);
            for (int draw = 0; draw < times.length; draw++) {
                for (int u = from; u < to; u++) {
                    if (times[draw][u] != 0) {
                        kernel.addScaled(times[draw][u], sums, u * width, totals[draw], 0, width);
                    }
                }
            }
        }
        return totals;
    }

    /// Number of sums.
    public int width() {
        return width;
    }
}
