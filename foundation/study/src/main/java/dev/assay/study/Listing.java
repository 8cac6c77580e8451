package dev.assay.study;

import java.util.List;

/// A table for people. Cells are texts or numbers; what is a number is aligned and formatted as one.
///
/// @param title   what it shows, a few words
/// @param note    how to read it, may be empty
/// @param columns headings
/// @param rows    as many cells a row as there are headings; each a [String], a [Number] or a [Boolean], or
///                `""` for none
public record Listing(String title, String note, List<String> columns, List<List<Object>> rows) {
    /// @throws IllegalArgumentException if a row has more or fewer cells than there are headings
    public Listing {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row has " + row.size() + " cells, there are " + columns.size() + " headings");
            }
        }
    }
}
