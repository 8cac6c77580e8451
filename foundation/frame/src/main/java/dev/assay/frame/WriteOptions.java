package dev.assay.frame;

/// How a file is written.
///
/// @param spreadsheetGuard whether texts and column names in CSV and TSV that begin with `=`, `+`, `-`,
///                         `@`, a tab or a carriage return get a `'` in front. Spreadsheets take such a
///                         cell for a formula, which whoever controls the data can use against whoever
///                         opens the file. Numbers, booleans and instants are never changed, nor are
///                         other formats. It changes the texts: read back, they have the `'`
public record WriteOptions(boolean spreadsheetGuard) {
    /// Everything is written as it is.
    public static final WriteOptions DEFAULTS = new WriteOptions(false);

    /// The same options with spreadsheets guarded.
    public WriteOptions guardingSpreadsheets() {
        return new WriteOptions(true);
    }
}
