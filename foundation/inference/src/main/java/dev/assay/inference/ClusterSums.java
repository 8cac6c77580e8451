package dev.assay.inference;

/// Sums over the rows of each unit, and their totals over draws of units: what a ratio or a mean of a resample
/// needs of its rows. Immutable.
public final class ClusterSums {
    /// Units summed for all draws of a batch before the next are read, so that they stay in the cache.
    private static final int TOGETHER = 128;

    private final Units units;
    private final int width;
    private final double[] sums;

    private ClusterSums(Units units, int width, double[] sums) {
        this.units = units;
        this.width = width;
        this.sums = sums;
    }

    /// The sums of these columns.
    ///
    /// @param columns `[width][rows]`
    /// @throws IllegalArgumentException if a column has another length than the units' rows
    public static ClusterSums of(Units units, double[]... columns) {
        double[] sums = new double[Math.multiplyExact(units.count(), columns.length)];
        for (int c = 0; c < columns.length; c++) {
            if (columns[c].length != units.rows()) {
                throw new IllegalArgumentException(
                        "there are " + columns[c].length + " numbers but " + units.rows() + " rows; they go together");
            }
            for (int row = 0; row < columns[c].length; row++) {
                sums[units.of(row) * columns.length + c] += columns[c][row];
            }
        }
        return new ClusterSums(units, columns.length, sums);
    }

    /// Totals over several draws, `[draws][width]`. Each is summed in the order of the units, whatever the
    /// batch.
    ///
    /// @param times `[draws][units]`, how often each unit was drawn
    public double[][] totals(int[][] times) {
        RowKernel kernel = RowKernel.best();
        double[][] totals = new double[times.length][width];
        for (int from = 0; from < units.count(); from += TOGETHER) {
            int to = Math.min(units.count(), from + TOGETHER);
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

    /// The units whose rows were summed.
    public Units units() {
        return units;
    }

    /// Number of columns summed.
    public int width() {
        return width;
    }
}
