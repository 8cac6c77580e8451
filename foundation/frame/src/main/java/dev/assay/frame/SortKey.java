package dev.assay.frame;

/// A column to sort by.
///
/// @param column     its name
/// @param descending whether larger values come first; missing cells come last either way
public record SortKey(String column, boolean descending) {
    /// Smaller values first.
    public static SortKey ascending(String column) {
        return new SortKey(column, false);
    }

    /// Larger values first.
    public static SortKey descending(String column) {
        return new SortKey(column, true);
    }
}
