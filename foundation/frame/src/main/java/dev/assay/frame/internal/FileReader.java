package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.frame.Chunks;
import dev.assay.frame.Frame;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Files into frames, whole or in chunks.
public final class FileReader {
    private FileReader() {}

    /// See [dev.assay.frame.Frames#read(Path, ReadOptions)].
    public static Frame read(Path file, ReadOptions options) {
        return read(file, options, Limits.ofProcess());
    }

    /// The same within these limits.
    public static Frame read(Path file, ReadOptions options, Limits limits) {
        FileFormat format = FileFormat.of(file);
        format.requireReadable(file);
        try (Database database = Database.open()) {
            return open(database, file, format, options, limits).read(database);
        } catch (SQLException e) {
            throw Troubles.reading(e, file, format);
        } catch (Fault e) {
            throw e.at(file.toString());
        }
    }

    /// See [dev.assay.frame.Frames#scan(Path, ReadOptions, int)].
    public static Chunks scan(Path file, ReadOptions options, int rowsPerChunk) {
        return scan(file, options, rowsPerChunk, Limits.ofProcess());
    }

    /// The same within these limits.
    public static Chunks scan(Path file, ReadOptions options, int rowsPerChunk, Limits limits) {
        FileFormat format = FileFormat.of(file);
        format.requireReadable(file);
        Database database = null;
        try {
            database = Database.open();
            Table table = open(database, file, format, options, limits).settled(database);
            return new FileChunks(database, table, rowsPerChunk, file, format);
        } catch (SQLException e) {
            close(database);
            throw Troubles.reading(e, file, format);
        } catch (Fault e) {
            close(database);
            throw e.at(file.toString());
        }
    }

    private static Table open(Database database, Path file, FileFormat format, ReadOptions options, Limits limits)
            throws SQLException {
        Table table = switch (format.layout()) {
            case PARQUET -> ParquetFile.open(database, file, options, limits);
            case CSV, TSV -> CsvFile.open(database, file, format, options, limits);
            case JSON_LINES, JSON -> JsonFile.open(database, file, format, options, limits);
        };
        return table.with(Wanted.categorised(table.picks(), options.categories()));
    }

    private static void close(@Nullable Database database) {
        if (database != null) {
            database.close();
        }
    }
}
