package dev.assay.frame;

import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Limits;
import dev.assay.frame.internal.Conditions;
import dev.assay.frame.internal.FileWriter;
import dev.assay.frame.internal.FrameDigest;
import dev.assay.frame.internal.StoredJoin;
import dev.assay.frame.internal.StoredKeys;
import dev.assay.frame.internal.StoredRows;
import dev.assay.receipt.Digest;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// An immutable table that lies in a Parquet file and is not held: any number of rows, of which a chunk
/// at a time is in the heap. It says the same as the [Frame] that [Frames#read(Path)] makes of the file:
/// the same schema, units, levels, cells and [#digest()].
///
/// The file must not change while the handle is used. What sorts, groups or joins spills into a folder
/// that the caller gives and deletes; memory outside the heap is bounded by
/// [dev.assay.fault.Limit#DATABASE_BYTES].
public final class FrameFile {
    /// Rows of a chunk where nobody says how many.
    public static final int CHUNK_ROWS = 1 << 16;

    private final StoredRows stored;

    private FrameFile(StoredRows stored) {
        this.stored = stored;
    }

    /// The table in this Parquet file. Its footer is read.
    ///
    /// @throws dev.assay.fault.Fault (MISSING_FILE) if there is none, (MALFORMED_FILE) if it is damaged,
    ///     (BAD_DATA) if a column has no place in a frame or the file is not Parquet by its name
    public static FrameFile of(Path file) {
        return new FrameFile(StoredRows.open(file));
    }

    /// The table in a Parquet file that somebody else wrote, as it lies there, and how its columns come
    /// to be what they are; cells that become missing are counted in one pass.
    ///
    /// @throws dev.assay.fault.Fault as [#of(Path)]
    public static Converted reading(Path file) {
        return converted(StoredRows.reading(file));
    }

    /// What a file of any format holds, as a Parquet file: the same as [Frames#read(Path, ReadOptions)]
    /// gives.
    ///
    /// @param from    Parquet, CSV, TSV, JSON Lines or JSON
    /// @param options which columns are read, and how
    /// @param units   units of measurement by column; the other columns keep those of the file
    /// @param target  a name that ends in `.parquet`; the file appears complete or not at all
    /// @param spill   a folder for what does not fit into memory, made if it is needed
    /// @throws dev.assay.fault.Fault as [Frames#read(Path, ReadOptions)] and [Frames#write(Frame, Path)]
    public static Converted convert(
            Path from, ReadOptions options, Map<String, String> units, Path target, Path spill) {
        return converted(StoredRows.convert(from, options, units, target, spill));
    }

    private static Converted converted(StoredRows.Converted converted) {
        return new Converted(new FrameFile(converted.table()), converted.columns(), converted.lines());
    }

    /// A file as a Parquet file.
    ///
    /// @param columns how each column came to be what it is
    /// @param lines   where the rows stand in the file
    public record Converted(FrameFile table, List<Reading.ColumnReading> columns, RowLines lines) {
        public Converted {
            columns = List.copyOf(columns);
        }
    }

    /// Frames, one below the other, as a Parquet file.
    ///
    /// @param chunks frames of the same schema and levels, closed by who made them
    /// @param target a name that ends in `.parquet`; the file appears complete or not at all
    /// @throws dev.assay.fault.Fault as [Frames#write(Frame, Path)], and what the chunks throw
    public static FrameFile write(Chunks chunks, Path target) {
        return new FrameFile(StoredRows.write(chunks, target));
    }

    /// A frame as a Parquet file.
    ///
    /// @throws dev.assay.fault.Fault as [Frames#write(Frame, Path)]
    public static FrameFile write(Frame frame, Path target) {
        try (Chunks chunks = Chunks.of(frame)) {
            return write(chunks, target);
        }
    }

    /// The file.
    public Path path() {
        return stored.file();
    }

    /// Names, types and units.
    public Schema schema() {
        return stored.none().schema();
    }

    /// A frame of the same schema and levels without rows.
    public Frame none() {
        return stored.none();
    }

    /// Number of rows.
    public long rows() {
        return stored.rows();
    }

    /// The rows in order, as many at a time as suits the number of columns.
    ///
    /// @param columns the columns to take, in this order; all if there are none
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there is no such column, (MALFORMED_FILE) if the file
    ///     is damaged
    public Chunks chunks(String... columns) {
        int width = columns.length == 0 ? schema().fields().size() : columns.length;
        return chunks(StoredRows.rowsPerChunk(width, CHUNK_ROWS), columns);
    }

    /// The same, so many rows at a time.
    ///
    /// @throws IllegalArgumentException if `rowsPerChunk < 1`
    public Chunks chunks(int rowsPerChunk, String... columns) {
        if (rowsPerChunk < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 row, got " + rowsPerChunk);
        }
        return stored.chunks(rowsPerChunk, List.of(columns));
    }

    /// The table, held: see [#heapBytes()].
    ///
    /// @param columns the columns to take, in this order; all if there are none
    /// @throws dev.assay.fault.Fault as [Frames#read(Path)]
    public Frame frame(String... columns) {
        return stored.frame(List.of(columns));
    }

    /// What the table takes in the heap as a frame, by the rule of [HeapRoom]: known from the footer but
    /// for texts, of which one pass tells how many different ones there are and how long they are.
    public long heapBytes() {
        return stored.heapBytes();
    }

    /// Writes the table into a file of any format, a chunk at a time: the same bytes as
    /// [Frames#write(Frame, Path, WriteOptions)].
    ///
    /// @throws dev.assay.fault.Fault as there
    public void copyTo(Path file, WriteOptions options) {
        try (Chunks chunks = chunks()) {
            FileWriter.write(chunks, file, options);
        }
    }

    /// Takes the cells of the columns of a table on the way.
    @FunctionalInterface
    public interface Taking {
        /// Called for one column by one thread at a time, its cells in order; for several columns at
        /// once.
        ///
        /// @param index the place of the column among those that were asked for
        /// @param cells the next ones
        void cells(int index, Column cells);
    }

    /// All cells of columns, each column by itself.
    ///
    /// @param engine  columns, or groups of them, are its partitions
    /// @param columns at least one
    /// @throws dev.assay.fault.Fault as [#chunks(String...)]
    public void each(Engine engine, List<String> columns, Taking taking) {
        stored.each(engine, columns, taking);
    }

    /// The digest of what the table says: that of [Frame#digest()]. All rows are read.
    public Digest digest() {
        try (Engine engine = LocalEngine.ofAllCores()) {
            return digest(engine, (index, cells) -> {});
        }
    }

    /// The same, where somebody else takes the cells on the way.
    ///
    /// @param engine as in [#each(Engine, List, Taking)]
    public Digest digest(Engine engine, Taking also) {
        FrameDigest digest = new FrameDigest(schema());
        each(engine, schema().names(), (index, cells) -> {
            digest.add(index, cells);
            also.cells(index, cells);
        });
        return digest.finish(rows());
    }

    /// How many cells of each column are missing.
    public long[] missing() {
        return stored.missing();
    }

    /// How many different values each of these columns has. Numbers count as [Column#number(int)] gives
    /// them, so that 0 and -0 are one, and so are whole numbers beyond 2^53 that are one as doubles.
    ///
    /// @param spill a folder for what does not fit into memory, made if it is needed
    public long[] distinct(List<String> columns, Path spill) {
        return stored.distinct(columns, spill);
    }

    /// Takes the rows of a chunk for which a condition is true.
    @FunctionalInterface
    public interface Judged {
        /// @param chunk the columns that some condition mentions and those asked for besides
        /// @param first the position in the table of the chunk's first row
        /// @param rows  the rows of the chunk that meet the condition
        /// @param index the condition
        void chunk(Frame chunk, long first, BitSet rows, int index);
    }

    /// The rows that meet each condition, as [Frames#conditions(Frame, List, IntFunction)] finds them:
    /// chunk after chunk, and of each chunk condition after condition.
    ///
    /// @param place what a message calls a condition, by its index
    /// @param also  columns that the chunks have besides those that some condition mentions
    /// @throws dev.assay.fault.Fault as [Frames#conditions(Frame, List, IntFunction)]
    public void conditions(List<String> conditions, IntFunction<String> place, List<String> also, Judged each) {
        Conditions.evaluate(stored, conditions, place, also, Limits.ofProcess(), each);
    }

    /// The first two rows that share a key, and how many repeat one; see [FrameFile#doubled].
    ///
    /// @param rows   how many rows have the key of an earlier one
    /// @param first  the row whose key the second repeats
    /// @param second the first row that repeats a key
    public record Doubled(long rows, long first, long second) {}

    /// The rows that repeat the key of an earlier one, where cells are the same if [Column#text(int)]
    /// is; missing cells are the same, too. Empty if there are none.
    ///
    /// @param key          at least one column
    /// @param missingAlike whether missing cells are the same, else rows with one repeat nothing
    /// @param spill a folder for what does not fit into memory, made if it is needed
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a column does not exist
    public Optional<Doubled> doubled(List<String> key, boolean missingAlike, Path spill) {
        return StoredKeys.doubled(stored, key, missingAlike, spill);
    }

    /// A join and what it left alone.
    ///
    /// @param leftAlone  rows of the left table without a partner
    /// @param rightAlone rows of the right table without a partner
    public record Joined(FrameFile table, long leftAlone, long rightAlone) {}

    /// This table's columns and, of the rows of `right` with the same keys, the other columns: what
    /// [Frame#join(Frame, List, JoinKind, String)] gives, where the keys are of the same type on both
    /// sides; texts and categories are.
    ///
    /// @param keys   at least one column that both tables have
    /// @param suffix put behind the names of right columns that this table has too; empty to have none
    ///     of these
    /// @param target a name that ends in `.parquet`; the file appears complete or not at all
    /// @param spill  a folder for what does not fit into memory, made if it is needed
    /// @throws dev.assay.fault.Fault (BAD_DATA) as there, and if a key is of another type on the other
    ///     side
    public Joined join(FrameFile right, List<String> keys, JoinKind kind, String suffix, Path target, Path spill) {
        StoredJoin.Joined joined = StoredJoin.join(stored, right.stored, keys, kind, suffix, target, spill);
        return new Joined(new FrameFile(joined.table()), joined.leftAlone(), joined.rightAlone());
    }

    /// The rows whose cell in a column is missing or does not occur in the same column of another table,
    /// where cells are the same if [Column#text(int)] is. One bit a row is held.
    ///
    /// @param spill a folder for what does not fit into memory, made if it is needed
    /// @throws dev.assay.fault.Fault (BAD_DATA) if one of them has no such column
    public BitSet orphans(String column, FrameFile parents, Path spill) {
        return StoredKeys.orphans(stored, parents.stored, column, spill);
    }

    /// The rows chosen, in their order, as another Parquet file, with the same schema, units and levels.
    /// One bit a row is held, so there are at most 2,147,483,647 rows.
    ///
    /// @param rows   none beyond the last row
    /// @param target a name that ends in `.parquet`; the file appears complete or not at all
    /// @param spill  a folder for what does not fit into memory, made if it is needed
    /// @throws dev.assay.fault.Fault (STORAGE) if the file cannot be written
    public FrameFile keep(BitSet rows, Path target, Path spill) {
        return new FrameFile(stored.keep(rows, target, spill));
    }

    /// The rows chosen, in their order, some at a time.
    ///
    /// @param rows none beyond the last row
    public Chunks kept(BitSet rows) {
        return stored.kept(rows, StoredRows.rowsPerChunk(schema().fields().size(), CHUNK_ROWS));
    }

    StoredRows stored() {
        return stored;
    }

    @Override
    public String toString() {
        return path() + ", " + rows() + " rows, " + schema().fields().size() + " columns";
    }
}
