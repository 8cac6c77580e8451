package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Parquet as a relation. The footer tells rows and types, so nothing is read beforehand; but it is
/// not believed before it has been compared with itself and with the size of the file.
final class ParquetFile {
    private static final int CELL_BYTES = 8;
    private static final int MOST_DIGITS = 18;

    private ParquetFile() {}

    static Relation open(Database database, Path file, ReadOptions options, Limits limits) throws SQLException {
        requireWholeFooter(file);
        String path = Sql.path(file);
        // Without the options, folders named `key=value` on the way would turn into columns.
        String from = "read_parquet(" + path + ", hive_partitioning = false, filename = false)";
        long columns = Long.parseLong(database.ask("SELECT count(*) FROM parquet_schema(" + path + ")")
                .getFirst()
                .getFirst());
        // The root of the schema is none of its columns.
        if (columns - 1 > limits.of(Limit.COLUMNS)) {
            throw limits.exceeded(
                    Fault.Kind.MALFORMED_FILE,
                    Limit.COLUMNS,
                    "the schema has more than " + limits.of(Limit.COLUMNS) + " columns");
        }
        long rows = rows(database, path);
        List<List<String>> notes = database.ask("SELECT decode(value) FROM parquet_kv_metadata(" + path
                + ") WHERE key = CAST(" + Sql.text(SchemaNote.KEY) + " AS BLOB)");
        SchemaNote note =
                SchemaNote.parse(notes.isEmpty() ? "{}" : notes.getFirst().getFirst());
        List<Pick> picks = Types.picks(database, from, options.columns()).stream()
                .map(note::applied)
                .toList();
        requireRoom(file, rows, picks.size(), limits);
        return new Relation(from, rows, picks);
    }

    private static void requireWholeFooter(Path file) {
        try {
            if (!ParquetFooter.countsWhatItHolds(file)) {
                throw FileFormat.malformed(
                        "the file is damaged: its footer announces more than it holds; make it anew.");
            }
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                    .causedBy(e);
        }
    }

    /// The number of rows, if the footer says the same of it everywhere. A column has a value, or a mark
    /// that there is none, for each row of a group.
    private static long rows(Database database, String path) throws SQLException {
        List<String> told = database.ask("SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(" + path + "))"
                        + ", (SELECT coalesce(sum(row_group_num_rows), 0) FROM parquet_metadata(" + path
                        + ") WHERE column_id = 0), (SELECT count(*) FROM parquet_metadata(" + path
                        + ") WHERE num_values < row_group_num_rows OR row_group_num_rows < 0)")
                .getFirst();
        String rows = told.getFirst();
        if (!rows.equals(told.get(1)) || !told.getLast().equals("0") || rows.length() > MOST_DIGITS) {
            throw FileFormat.malformed(
                    "the file is damaged: its footer contradicts itself about the number of rows; " + "make it anew.");
        }
        return Long.parseLong(rows);
    }

    /// Rows can be claimed, or be repeated a billion times by a few bytes: as with other compressed
    /// files, what becomes of a byte has a limit, unless it would fit into the heap in any case.
    private static void requireRoom(Path file, long rows, int columns, Limits limits) {
        double bytes = (double) rows * columns * CELL_BYTES;
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                    .causedBy(e);
        }
        double room = Math.max(Limits.FREE_BYTES, Runtime.getRuntime().maxMemory());
        if (bytes > Math.max(room, (double) size * limits.of(Limit.EXPANSION))) {
            throw limits.exceeded(
                    Fault.Kind.MALFORMED_FILE,
                    Limit.EXPANSION,
                    "the file of " + size + " bytes says that it has " + rows + " rows, more than "
                            + limits.of(Limit.EXPANSION) + " bytes of cells for each of its own");
        }
    }
}
