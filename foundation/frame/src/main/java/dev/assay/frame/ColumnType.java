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
    /// A day of the calendar.
    DATE,
    /// A day and a time to the microsecond on a clock whose zone is not known.
    DATE_TIME,
    /// A moment that is the same everywhere, to the microsecond; written in UTC.
    INSTANT
}
