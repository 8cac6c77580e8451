package dev.assay.frame;

/// What a column holds.
public enum ColumnType {
    /// 64-bit floating-point numbers.
    DOUBLE("number"),
    /// 64-bit integers.
    LONG("integer"),
    /// True or false.
    BOOLEAN("boolean"),
    /// One of a known, ordered list of texts.
    CATEGORY("category"),
    /// Any text.
    TEXT("text"),
    /// A day of the calendar.
    DATE("date"),
    /// A day and a time to the microsecond on a clock whose zone is not known.
    DATE_TIME("date-time"),
    /// A moment that is the same everywhere, to the microsecond; written in UTC.
    INSTANT("instant");

    private final String spoken;

    ColumnType(String spoken) {
        this.spoken = spoken;
    }

    /// What people call it, in settings and messages.
    public String spoken() {
        return spoken;
    }
}
