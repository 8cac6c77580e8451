package dev.assay.frame;

import java.util.List;

/// On which line of a text file each row begins, as an editor counts lines.
///
/// @param first the line of the first row, counted from 1; 0 if the format has no lines, or too many rows
///              run over several to remember them
/// @param tall  rows that run over several lines, blank ones behind them included, in ascending order
public record RowLines(long first, List<Tall> tall) {
    /// Lines are not known.
    public static final RowLines UNKNOWN = new RowLines(0, List.of());

    /// A row that takes more than one line.
    ///
    /// @param row   0-based position of the row
    /// @param extra lines beyond the first
    public record Tall(long row, long extra) {}

    public RowLines {
        tall = List.copyOf(tall);
    }
}
