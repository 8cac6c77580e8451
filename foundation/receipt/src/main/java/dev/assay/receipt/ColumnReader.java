package dev.assay.receipt;

import java.nio.file.Path;

/// Reads a column of a run's output, so that its distribution can be compared with that in another run. What a
/// table is and how it lies in a file is the business of those who make tables.
@FunctionalInterface
public interface ColumnReader {
    /// The values of a column.
    ///
    /// @param file   an output of a run
    /// @param column the column's name
    /// @throws dev.assay.fault.Fault if the file holds no table, or the table no such column
    ColumnSample read(Path file, String column);
}
