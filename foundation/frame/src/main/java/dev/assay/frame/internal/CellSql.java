package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;

/// SQL that turns a cell which is a text into what a type is carried as, see [Pick#expression()].
final class CellSql {
    private static final String NUMBER = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?";
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?";
    private static final String ZONE = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)";

    private CellSql() {}

    /// For cells that are of this type for certain.
    ///
    /// @param cell  SQL of the text
    /// @param comma whether decimals stand behind a comma
    static String of(ColumnType type, String cell, boolean comma) {
        return switch (type) {
            case LONG -> "CAST(" + cell + " AS BIGINT)";
            case DOUBLE -> "CAST(" + (comma ? "replace(" + cell + ", ',', '.')" : cell) + " AS DOUBLE)";
            case BOOLEAN -> "CAST(" + cell + " AS BOOLEAN)";
            case DATE -> day("CAST(" + cell + " AS DATE)");
            case DATE_TIME -> "epoch_us(CAST(" + cell + " AS TIMESTAMP))";
            case INSTANT -> "epoch_us(CAST(" + cell + " AS TIMESTAMPTZ))";
            case TEXT, CATEGORY -> cell;
        };
    }

    /// A date as days since 1970.
    static String day(String date) {
        return "CAST(date_diff('day', DATE '1970-01-01', " + date + ") AS INTEGER)";
    }

    /// For cells of a column that is declared to be of this type: yields null where a cell is none.
    /// Blanks around do not count; numbers may be written in any way, booleans also `t`, `yes`, `y` and
    /// `1`; a date is midnight where times are asked for, and a time without a zone is taken as UTC
    /// where instants are.
    static String declared(ColumnType type, String cell, boolean comma) {
        String trimmed = "trim(" + cell + ")";
        String number = comma
                ? "replace(CASE WHEN contains(" + trimmed + ", '.') THEN NULL ELSE " + trimmed + " END, ',', '.')"
                : trimmed;
        return switch (type) {
            case LONG -> {
                String whole = "regexp_replace(" + number + ", '[.]0*$', '')";
                yield "CASE WHEN regexp_full_match(" + whole + ", '[+-]?[0-9]+') THEN TRY_CAST(" + whole
                        + " AS BIGINT) END";
            }
            case DOUBLE ->
                "CASE WHEN " + trimmed + " IN ('inf', '-inf') OR (regexp_full_match(" + number + ", '" + NUMBER
                        + "') AND isfinite(TRY_CAST(" + number + " AS DOUBLE))) THEN TRY_CAST(" + number
                        + " AS DOUBLE) END";
            case BOOLEAN ->
                "CASE WHEN lower(" + trimmed + ") IN ('true', 't', 'yes', 'y', '1') THEN true WHEN lower(" + trimmed
                        + ") IN ('false', 'f', 'no', 'n', '0') THEN false END";
            case DATE ->
                "CASE WHEN regexp_full_match(" + trimmed + ", '" + DATE + "') THEN "
                        + day("TRY_CAST(" + trimmed + " AS DATE)") + " END";
            case DATE_TIME ->
                "CASE WHEN regexp_full_match(" + trimmed + ", '" + DATE + "(" + TIME + ")?') THEN epoch_us(TRY_CAST("
                        + toMicroseconds(trimmed) + " AS TIMESTAMP)) END";
            case INSTANT ->
                "CASE WHEN regexp_full_match(" + trimmed + ", '" + DATE + "(" + TIME + ZONE + "?)?') THEN epoch_us("
                        + "TRY_CAST(" + toMicroseconds(trimmed) + " AS TIMESTAMPTZ)) END";
            case TEXT, CATEGORY -> cell;
        };
    }

    /// Decimals of a second past the sixth cut off, as DuckDB would round them.
    private static String toMicroseconds(String time) {
        return "regexp_replace(" + time + ", '([.][0-9]{6})[0-9]+', '\\1')";
    }

    /// Whether a number is not what its text says: neither with its shortest digits nor with 16 or 17,
    /// which programs print that give every double back.
    static String isInexact(String cell, String number) {
        String written = digits(cell);
        return written + " NOT IN (" + digits("CAST(" + number + " AS VARCHAR)") + ", "
                + digits("printf('%.15e', " + number + ")") + ", " + digits("printf('%.16e', " + number + ")") + ")";
    }

    /// The digits of a number without sign, point, exponent and the zeros around them.
    private static String digits(String number) {
        return "trim(regexp_replace(regexp_replace(" + number + ", '[eE].*', ''), '[^0-9]', '', 'g'), '0')";
    }

    /// Whether a text has decimals of a second past the sixth that are not 0.
    static String isFiner(String cell) {
        return "regexp_matches(" + cell + ", '[.][0-9]{6}0*[1-9]')";
    }
}
