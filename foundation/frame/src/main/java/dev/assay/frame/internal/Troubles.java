package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what DuckDB says into one sentence for the user, without the cell values that DuckDB likes to
/// quote.
final class Troubles {
    private static final Pattern CSV_LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern DATA = Pattern.compile("['\"(\\d]");
    private static final Pattern MESSAGE_KIND = Pattern.compile("^([A-Za-z ]+) Error: ");

    private static final String SOURCE_COLUMN = "when casting from source column ";

    private Troubles() {}

    /// What went wrong while a file was read.
    static Fault reading(Throwable cause, Path file, FileFormat format) {
        String message = String.valueOf(cause.getMessage());
        String place = file.toString();
        String spoken = format.layout().spoken();
        if (isMemory(message)) {
            return memory(cause).at(place);
        }
        Matcher line = CSV_LINE.matcher(message);
        if (line.find()) {
            return FileFormat.malformed(csvReason(message))
                    .at(place + ":" + line.group(1))
                    .causedBy(cause);
        }
        if (message.contains("to ENUM(")) {
            return FileFormat.malformed("a category column holds a text that is none of its levels; the file's note "
                            + "about its columns does not fit, so write the file anew.")
                    .at(place)
                    .causedBy(cause);
        }
        if (message.contains("state machine reached an invalid state")) {
            return FileFormat.malformed("the file is not well-formed CSV: it seems to mix line endings; write it with "
                            + "one kind of line ending.")
                    .at(place)
                    .causedBy(cause);
        }
        return FileFormat.malformed(
                        "the file is damaged, cut short or not " + spoken + "; make it anew or correct its ending.")
                .at(place)
                .causedBy(cause);
    }

    private static String csvReason(String message) {
        if (message.contains("utf-8") || message.contains("Invalid unicode")) {
            return "the file is not UTF-8; convert it.";
        }
        if (message.contains("unterminated quote")) {
            return "a quoted field does not end where it should; close the quote, and double the quotes inside it.";
        }
        if (message.contains("aximum line size")) {
            return "the line is too long; check for a quote that is never closed.";
        }
        return "the line is not well-formed CSV; correct it.";
    }

    /// What went wrong while a file was written.
    static Fault writing(Throwable cause, Path file) {
        String message = String.valueOf(cause.getMessage());
        if (isMemory(message)) {
            return memory(cause).at(file.toString());
        }
        if (isFullDisk(message)) {
            return Fault.of(Fault.Kind.STORAGE, "the disk is full; make room and try again. Nothing was left there.")
                    .at(file.toString())
                    .causedBy(cause);
        }
        return Fault.of(Fault.Kind.STORAGE, "the file cannot be written; check the folder and the disk.")
                .at(file.toString())
                .causedBy(cause);
    }

    /// What is wrong with a user's SQL.
    static Fault query(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (isMemory(message)) {
            return memory(cause);
        }
        return Fault.of(Fault.Kind.BAD_DATA, "the SQL does not work: " + shortReason(message))
                .causedBy(cause);
    }

    /// What went wrong with a condition that follows the rules.
    static Fault condition(SQLException cause, String condition, Watch watch) {
        String message = String.valueOf(cause.getMessage());
        if (isMemory(message)) {
            return watch.tooLarge(condition).causedBy(cause);
        }
        if (message.startsWith("Conversion Error")) {
            return Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the condition takes " + converted(message, condition)
                                    + " for a number, date or time, and a row has a text that is none; write what it"
                                    + " is compared with in quotes, or use try_cast")
                    .causedBy(cause);
        }
        if (message.contains("Cannot compare values of type VARCHAR")
                || message.contains("and type VARCHAR - an explicit cast")) {
            return Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the condition compares texts with numbers, dates or times; write what they are"
                                    + " compared with in quotes, or use try_cast")
                    .causedBy(cause);
        }
        return message.contains("max expression depth") || message.contains("stack overflow")
                ? ConditionText.tooDeep(condition, watch.limits()).causedBy(cause)
                : query(cause);
    }

    /// The column that could not be converted, if DuckDB names one that the condition does.
    private static String converted(String message, String condition) {
        int said = message.lastIndexOf(SOURCE_COLUMN);
        String column = said < 0
                ? ""
                : message.substring(said + SOURCE_COLUMN.length())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .strip();
        return column.isEmpty() || !condition.contains(column) ? "texts" : "the column '" + column + "'";
    }

    /// DuckDB's reason in one line. Errors while rows are looked at quote cells, with any quotes or
    /// none, and cells may hold quotes and line breaks: so of those all from the first quote,
    /// parenthesis or digit on goes.
    static String shortReason(String message) {
        String first = message.lines().findFirst().orElse("").strip();
        Matcher kind = MESSAGE_KIND.matcher(first);
        boolean ofTheQuery = kind.find()
                && switch (kind.group(1).toLowerCase(Locale.ROOT)) {
                    case "parser", "binder", "catalog", "syntax", "permission" -> true;
                    default -> false;
                };
        if (!ofTheQuery) {
            Matcher data = DATA.matcher(first);
            return data.find() && data.start() > 0
                    ? first.substring(0, data.start()).strip() + " ..."
                    : first;
        }
        return first.endsWith(".") ? first : first + ".";
    }

    /// Whether a file could not be written because the disk is full.
    static boolean isFullDisk(String message) {
        return message.contains("No space left") || message.contains("not enough space") || message.contains("quota");
    }

    private static boolean isMemory(String message) {
        return message.contains("Out of Memory");
    }

    private static Fault memory(Throwable cause) {
        return Fault.of(
                        Fault.Kind.BAD_DATA,
                        "this needs more than " + Limits.ofProcess().of(Limit.DATABASE_PERCENT)
                                + " % of the machine's memory; take fewer columns or rows, or read in chunks.")
                .causedBy(cause);
    }
}
