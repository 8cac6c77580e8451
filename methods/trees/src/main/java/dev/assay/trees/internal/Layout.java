package dev.assay.trees.internal;

/// Where each feature's cells lie in a histogram over all features: one cell a code, three sums a cell
/// (response, weight, rows).
final class Layout {
    /// Sums a cell: response, weight, rows.
    static final int SUMS = 3;

    private final int[] offset;

    Layout(Codes codes) {
        offset = new int[codes.features() + 1];
        for (int f = 0; f < codes.features(); f++) {
            offset[f + 1] = offset[f] + (codes.values(f) + 1) * SUMS;
        }
    }

    /// Where the feature's cell of code 0 starts.
    int start(int feature) {
        return offset[feature];
    }

    /// Sums over all features.
    int length() {
        return offset[offset.length - 1];
    }
}
