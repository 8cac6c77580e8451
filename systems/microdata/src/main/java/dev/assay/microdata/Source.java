package dev.assay.microdata;

import dev.assay.frame.RowLines;
import java.util.List;

/// Where the rows of a table stand in the file they were read from.
///
/// @param file      the file's name, without folders
/// @param firstLine the line of the first row, counted from 1; 0 if the format has no lines (Parquet)
/// @param tall      rows that span several lines because a quoted text holds line breaks, in ascending order
/// @param rows      how many rows were read: a table with more or fewer is another one
public record Source(String file, long firstLine, List<TallRow> tall, long rows) {
    /// A row that takes more than one line.
    ///
    /// @param row   0-based position of the row
    /// @param extra lines beyond the first
    public record TallRow(long row, long extra) {}

    public Source {
        tall = List.copyOf(tall);
    }

    /// What is known of a file's lines.
    public static Source of(String file, RowLines lines, long rows) {
        return new Source(
                file,
                lines.first(),
                lines.tall().stream()
                        .map(row -> new TallRow(row.row(), row.extra()))
                        .toList(),
                rows);
    }

    /// The line where a row begins, counted from 1, or the row's own number from 1 if the format has no lines.
    public long line(long row) {
        if (firstLine == 0) {
            return row + 1;
        }
        long line = firstLine + row;
        for (TallRow each : tall) {
            if (each.row() >= row) {
                break;
            }
            line += each.extra();
        }
        return line;
    }
}
