package dev.assay.weigh;

/// Consecutive rows of a [Design] with their nonzero entries. Immutable; rows count from 0 within the
/// block.
public interface RowBlock {
    /// The design's row that is this block's row 0.
    int first();

    /// Number of rows.
    int rows();

    /// Number of stored entries.
    long nonzeros();

    /// Bytes that the entries and offsets take.
    long bytes();

    /// Stored entries of a row.
    int entries(int row);

    /// The row times a vector.
    ///
    /// @param vector `[columns]`
    double dot(int row, double[] vector);

    /// Adds the row, times a factor, to totals.
    ///
    /// @param totals `[columns]`
    void scatter(int row, double factor, double[] totals);

    /// Adds the squares of the row's entries, times a factor, to totals.
    ///
    /// @param totals `[columns]`
    void scatterSquares(int row, double factor, double[] totals);

    /// Copies the row's entries, columns ascending.
    ///
    /// @param columns at least `entries(row)` long
    /// @param values  at least `entries(row)` long
    /// @return the number of entries
    int unpack(int row, int[] columns, double[] values);
}
