package dev.assay.frame;

import dev.assay.fault.Limits;
import dev.assay.frame.internal.Conditions;
import dev.assay.frame.internal.FileReader;
import dev.assay.frame.internal.FileWriter;
import dev.assay.frame.internal.Queries;
import dev.assay.frame.internal.StoredRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/// Frames in and out of files, and SQL over frames.
///
/// **Formats**, by the file's name: `.parquet`; `.csv` and `.tsv`; `.jsonl` and `.ndjson` (a JSON
/// object a line) and `.json` (an array of objects); the text formats also as `.gz` and `.zst`.
///
/// **What is read is what was written.** A column becomes numbers, dates or times only if that gives every
/// cell back; what has no column type that holds it exactly is its text, and [#reading(Path, ReadOptions)]
/// says so. The only cells that change unasked are NaN and infinite times in Parquet, which become missing,
/// decimals of a second past the sixth in INT96, and offsets from UTC in text formats, whose instants are
/// kept; all are counted. The reference page `docs/reference/tables.md` says what is lost in which format.
///
/// **Parquet.** Integers of up to 64 bits are longs; wider ones and decimals without a fraction are too if
/// all of the column's cells fit, else texts; other decimals are doubles if these give each cell back, else
/// texts. Dates are dates, timestamps without a zone dates with times, those with one instants, to the
/// microsecond; finer ones are texts unless all their nanoseconds are whole microseconds. UUIDs, times of
/// day, intervals and nested values are texts (nested ones as JSON); binary columns are refused.
///
/// **CSV** has comma (`.tsv`: tab) between fields unless the first lines show another separator, `"` around
/// and doubled inside quoted ones, a header line, UTF-8. An empty field is missing; a quoted empty one is
/// the empty text among texts, and missing in other columns. A column is, by all of its cells: longs, if
/// each is written as a long is printed (so `007` and `+1` are texts); doubles, if each prints as it is
/// written, with shortest digits or a fixed number of decimals; booleans, if each is `true` or `false` in
/// one of lower, upper and title case; dates, dates with times or instants, if each is one in ISO 8601, to
/// at most the microsecond; else texts. A column without any cell is texts.
///
/// **JSON** says itself what is a number: whole ones of 64 bits are longs, others doubles if these give
/// each back; strings that are all dates or times are these; a column of several kinds is texts.
///
/// Names are compared exactly, in all formats; an empty name and a name that stands twice are refused.
///
/// Texts are written as they are. A spreadsheet takes one that begins with `=`, `+`, `-` or `@` for a
/// formula: [WriteOptions#guardingSpreadsheets()] puts a `'` in front of it.
///
/// **Round trips.** Parquet written here reads back as an equal frame: units, levels and their order
/// travel in the footer under `assay.schema`. Texts of numbers are the shortest that read back to the
/// same double (at most 17 significant digits). CSV and JSON keep neither units nor levels, and not the
/// difference between a text `12` and a number in CSV.
///
/// **Memory.** `read` holds the frame, by the rule of [HeapRoom], and refuses a file that does not fit
/// before room is made for it. All calls use DuckDB in process, outside the heap, with at most
/// [dev.assay.fault.Limit#DATABASE_PERCENT] of the machine's memory and never a temporary file. What is
/// not to be held is a [FrameFile].
public final class Frames {
    private Frames() {}

    /// The frame in this file, with [ReadOptions#DEFAULTS].
    ///
    /// The line that a fault names is that of an editor.
    ///
    /// @throws dev.assay.fault.Fault (MISSING_FILE) if there is no such file, (MALFORMED_FILE) if it is
    ///     not what its name says, naming the line for CSV and JSON, (BAD_DATA) if a column has no
    ///     place in a frame
    public static Frame read(Path file) {
        return read(file, ReadOptions.DEFAULTS);
    }

    /// The frame in this file.
    ///
    /// @throws dev.assay.fault.Fault as [#read(Path)], and (BAD_DATA) if a column asked for does not
    ///     exist
    public static Frame read(Path file, ReadOptions options) {
        return FileReader.read(file, options);
    }

    /// The frame in this file, and how each column came to be what it is: what the file holds, how many
    /// cells are not here as they are there, and what else is to be known. Parquet is looked through
    /// once more for it.
    ///
    /// @throws dev.assay.fault.Fault as [#read(Path, ReadOptions)]
    public static Reading reading(Path file, ReadOptions options) {
        return FileReader.reading(file, options);
    }

    /// Whether a file is Parquet by its name, and can be a [FrameFile] as it is.
    ///
    /// @throws dev.assay.fault.Fault (BAD_SETTING) if its name says no format
    public static boolean isParquet(Path file) {
        return StoredRows.isParquet(file);
    }

    /// The file's rows in frames of `rowsPerChunk` rows (the last may have fewer), for files larger
    /// than the heap: one chunk and a few thousand rows are held at a time. CSV and JSON are read
    /// twice, first for their types. A file without rows has no chunks.
    ///
    /// @param rowsPerChunk at least 1
    /// @throws dev.assay.fault.Fault as [#read(Path)]
    public static Chunks scan(Path file, int rowsPerChunk) {
        return scan(file, ReadOptions.DEFAULTS, rowsPerChunk);
    }

    /// The file's rows in frames of `rowsPerChunk` rows, see [#scan(Path, int)].
    ///
    /// @throws IllegalArgumentException if `rowsPerChunk < 1`
    /// @throws dev.assay.fault.Fault as [#read(Path, ReadOptions)]
    public static Chunks scan(Path file, ReadOptions options, int rowsPerChunk) {
        if (rowsPerChunk < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 row, got " + rowsPerChunk);
        }
        return FileReader.scan(file, options, rowsPerChunk);
    }

    /// Writes the frame with [WriteOptions#DEFAULTS].
    ///
    /// @throws dev.assay.fault.Fault as [#write(Frame, Path, WriteOptions)]
    public static void write(Frame frame, Path file) {
        write(frame, file, WriteOptions.DEFAULTS);
    }

    /// Writes the frame; the name decides the format. The file appears complete or not at all: it is
    /// written under another name beside its place, forced to disk and renamed.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if the disk is full or the folder cannot be written,
    ///     (BAD_DATA) if two columns differ in case alone, if there is no column, or if an infinite
    ///     number goes to JSON
    public static void write(Frame frame, Path file, WriteOptions options) {
        FileWriter.write(frame, file, options);
    }

    /// The result of a SELECT in DuckDB's SQL over these frames, by table name.
    ///
    /// The query sees nothing but the frames: it cannot read or write files, load extensions or change
    /// settings. It runs on one thread, so that sums of doubles come out the same each time. Without an
    /// ORDER BY, rows keep the order that the query gives them. Longs are BIGINT, categories ENUM
    /// (which sort by level), instants TIMESTAMP in UTC. Names ignore case, as SQL's do.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the query is wrong, with DuckDB's reason but no cell
    ///     values
    public static Frame sql(String query, Map<String, Frame> tables) {
        return Queries.sql(query, tables);
    }

    /// For each condition, the rows of the frame for which it is true (not false, not null): `income >
    /// 0 AND sex = 'F'` and the like, in DuckDB's SQL over the frame's columns.
    ///
    /// Holds a bit a row for each condition; for many conditions over many rows take
    /// [#conditions(Frame, List, ObjIntConsumer)].
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a condition is wrong, naming its index, with DuckDB's
    ///     reason but no cell values, (BAD_SETTING) if it is beyond a limit, with its beginning
    public static List<BitSet> conditions(Frame frame, List<String> conditions) {
        List<BitSet> all = new ArrayList<>(conditions.size());
        conditions(frame, conditions, (rows, index) -> all.add(rows));
        return all;
    }

    /// The same, where a fault says by `place` which condition it is about.
    ///
    /// @param place what a message calls a condition, by its index
    /// @throws dev.assay.fault.Fault as [#conditions(Frame, List)], at the condition's place
    public static List<BitSet> conditions(Frame frame, List<String> conditions, IntFunction<String> place) {
        List<BitSet> all = new ArrayList<>(conditions.size());
        Conditions.evaluate(frame, conditions, place, Limits.ofProcess(), (rows, index) -> all.add(rows));
        return all;
    }

    /// The rows of each condition, told one condition at a time and in order: nothing is kept in
    /// between.
    ///
    /// A condition is one expression on one row, of the frame's columns without a table's name,
    /// literals, comparisons and the plain functions that the reference lists; whatever else DuckDB
    /// knows is refused: aggregates, window functions, subqueries, chance, the clock, the session. It
    /// is no deeper than [dev.assay.fault.Limit#DEPTH] (ANDs and ORs in a row are one level), and all
    /// of them take no more than [dev.assay.fault.Limit#CONDITION_SECONDS] and
    /// [dev.assay.fault.Limit#CONDITION_BYTES]. The columns that the conditions mention are copied
    /// once, outside the heap.
    ///
    /// @param each takes the rows for which the condition is true, and the condition's index
    /// @throws dev.assay.fault.Fault as [#conditions(Frame, List)]
    public static void conditions(Frame frame, List<String> conditions, ObjIntConsumer<BitSet> each) {
        Conditions.evaluate(frame, conditions, each);
    }

    /// Conditions made ready for one pass over the rows, see [RowConditions].
    ///
    /// @param place what a message calls a condition, by its index
    /// @throws dev.assay.fault.Fault (BAD_DATA) at the place of the first condition that is wrong
    public static RowConditions compile(Frame frame, List<String> conditions, IntFunction<String> place) {
        return RowConditions.compile(frame, conditions, place);
    }
}
