package dev.assay.measure.internal;

/// Association in a table of weights.
final class Contingency {
    private Contingency() {}

    /// Cramér's V without bias correction, from the rows and columns that are not empty; 0 if fewer than two of
    /// either remain.
    ///
    /// @param table row-major `[rows, columns]`
    static double cramersV(double[] table, int rows, int columns) {
        double[] ofRow = new double[rows];
        double[] ofColumn = new double[columns];
        double total = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double w = table[i * columns + j];
                ofRow[i] += w;
                ofColumn[j] += w;
                total += w;
            }
        }
        int least = Math.min(positive(ofRow), positive(ofColumn));
        if (least < 2) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double expected = ofRow[i] * ofColumn[j] / total;
                if (expected > 0) {
                    // Squared differences, not squares less one: independence gives 0 and not a rounding error.
                    double d = table[i * columns + j] - expected;
                    sum += d * d / expected;
                }
            }
        }
        return Math.min(1, Math.sqrt(sum / total / (least - 1)));
    }

    private static int positive(double[] sums) {
        int count = 0;
        for (double s : sums) {
            count += s > 0 ? 1 : 0;
        }
        return count;
    }
}
