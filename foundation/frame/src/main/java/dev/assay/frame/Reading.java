package dev.assay.frame;

import java.util.List;

/// A frame out of a file, and how its columns came to be what they are.
///
/// @param columns one for each of the frame's, in order
public record Reading(Frame frame, List<ColumnReading> columns) {
    public Reading {
        columns = List.copyOf(columns);
    }

    /// How a column came to be what it is.
    ///
    /// @param name    its name
    /// @param inFile  what the file holds: its type in Parquet, such as `DECIMAL(18,2)`, or what the
    ///                cells of a text format look like, such as `995 whole, 5 empty`
    /// @param type    what it is here
    /// @param changed cells that are not here as they are in the file: written to a new file, they
    ///                would be other values. 0 if the column came through as it was
    /// @param note    what is not as it may seem, with an example, and what to do about it, as what
    ///                follows `column 'x'` in a sentence; empty if nothing
    public record ColumnReading(String name, String inFile, ColumnType type, long changed, String note) {}
}
