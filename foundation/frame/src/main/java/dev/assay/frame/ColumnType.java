package dev.assay.frame;

/// What a column holds.
public enum ColumnType {
    /// 64-bit floating-point numbers.
    DOUBLE,
    /// 64-bit integers.
    LONG,
    /// True or false.
    BOOLEAN,
    /// One of a known, ordered list of texts.
    CATEGORY,
    /// Any text.
    TEXT,
    /// A moment in time, to the microsecond, UTC.
    INSTANT
}
