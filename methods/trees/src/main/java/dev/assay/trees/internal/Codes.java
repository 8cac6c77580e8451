package dev.assay.trees.internal;

/// Predictors as bytes, by column.
///
/// Code 0 is missing (and an unseen category); values have codes `1..values(feature)`, at most 255.
public final class Codes {
    /// The code of a missing value.
    public static final int MISSING = 0;

    private final byte[][] columns;
    private final int[] values;
    private final boolean[] categorical;
    private final int rows;
    private final long unseen;

    Codes(byte[][] columns, int[] values, boolean[] categorical, int rows, long unseen) {
        this.columns = columns;
        this.values = values;
        this.categorical = categorical;
        this.rows = rows;
        this.unseen = unseen;
    }

    /// Number of rows.
    public int rows() {
        return rows;
    }

    /// Number of features.
    public int features() {
        return columns.length;
    }

    /// The codes of a feature, unsigned. Not a copy.
    public byte[] column(int feature) {
        return columns[feature];
    }

    /// Largest code of a feature.
    public int values(int feature) {
        return values[feature];
    }

    /// Whether the order of the feature's codes means nothing.
    public boolean isCategorical(int feature) {
        return categorical[feature];
    }

    /// Cells whose category did not occur in training.
    public long unseen() {
        return unseen;
    }

    /// Rows `from..to-1` row by row, `[to - from, features]`: what routing wants.
    public byte[] rowMajor(int from, int to) {
        int width = columns.length;
        byte[] out = new byte[(to - from) * width];
        for (int f = 0; f < width; f++) {
            byte[] column = columns[f];
            for (int r = from, o = f; r < to; r++, o += width) {
                out[o] = column[r];
            }
        }
        return out;
    }

    /// The rows at these positions, in this order.
    public Codes at(int[] positions) {
        byte[][] chosen = new byte[columns.length][];
        for (int f = 0; f < columns.length; f++) {
            chosen[f] = new byte[positions.length];
            for (int i = 0; i < positions.length; i++) {
                chosen[f][i] = columns[f][positions[i]];
            }
        }
        return new Codes(chosen, values, categorical, positions.length, unseen);
    }
}
