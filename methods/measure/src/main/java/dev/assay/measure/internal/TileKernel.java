package dev.assay.measure.internal;

/// The inner loop of everything that needs all pairs of distances: squared Euclidean distances of four rows
/// to one panel of rows, kept only where they are small enough to matter.
///
/// The squared distance is defined as the sum over columns in order, one fused multiply-add a column: `s =
/// fma(b - a, b - a, s)`. Every implementation computes exactly this, so all agree bit for bit and results do
/// not depend on tiling, threads or machine. The expansion |a|^2 + |b|^2 - 2ab would halve the arithmetic,
/// but it loses all digits for near-duplicate rows, which are what synthetic data are checked for, and ties
/// (everywhere in one-hot encoded data) would have to be recomputed.
public interface TileKernel {
    /// Rows on the left side of a tile.
    int ROWS = 4;

    /// Rows in a panel: the width of a tile, at most 16 so that its hits fit a long.
    int width();

    /// Computes one tile and finds its hits: pairs whose squared distance is below the limit of the row or
    /// below the limit of the panel's column.
    ///
    /// @param a            row-major numbers
    /// @param at           where the four rows begin in `a`
    /// @param panel        `[columns, width]` numbers of the panel's rows; NaN in unused lanes, which never hit
    /// @param panelAt      where the panel begins
    /// @param columns      numbers a row
    /// @param rowLimits    limits of the four rows
    /// @param panelLimits  limits of the panel's rows
    /// @param limitsAt     where the panel's limits begin in `panelLimits`
    /// @param tile         receives the `[4, width]` squared distances if there is a hit
    /// @return bit `row * width + lane` is set for every hit
    long hits(
            double[] a,
            int[] at,
            double[] panel,
            int panelAt,
            int columns,
            double[] rowLimits,
            double[] panelLimits,
            int limitsAt,
            double[] tile);
}
