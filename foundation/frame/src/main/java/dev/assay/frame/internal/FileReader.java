package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.frame.Chunks;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.HeapRoom;
import dev.assay.frame.ReadOptions;
import dev.assay.frame.Reading;
import dev.assay.frame.RowLines;
import dev.assay.frame.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        return reading(file, options, limits, false).frame();
    }

    /// See [dev.assay.frame.Frames#reading(Path, ReadOptions)].
    public static Reading reading(Path file, ReadOptions options) {
        return reading(file, options, Limits.ofProcess(), true);
    }

    private static Reading reading(Path file, ReadOptions options, Limits limits, boolean told) {
        FileFormat format = FileFormat.of(file);
        format.requireReadable(file);
        try (Database database = Database.open()) {
            Table table = open(database, file, format, options, limits, told).table();
            Frame frame = held(database, table);
            return new Reading(frame, readings(table.picks(), frame.schema()));
        } catch (SQLException e) {
            throw Troubles.reading(e, file, format);
        } catch (Fault e) {
            throw e.at(file.toString());
        }
    }

    /// All rows of a table, if they fit.
    static Frame held(Database database, Table table) throws SQLException {
        HeapNeed.require(database, table, table.count());
        try {
            return table.read(database);
        } catch (OutOfMemoryError e) {
            throw HeapRoom.tooSmall(
                            "the table must be held",
                            table.count(),
                            table.picks().size(),
                            HeapNeed.least(table.count(), table.picks()))
                    .causedBy(e);
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
            Table table =
                    open(database, file, format, options, limits, false).table().settled(database);
            return new FileChunks(database, table, rowsPerChunk, file, format);
        } catch (SQLException e) {
            close(database);
            throw Troubles.reading(e, file, format);
        } catch (Fault e) {
            close(database);
            throw e.at(file.toString());
        }
    }

    static Opened open(
            Database database, Path file, FileFormat format, ReadOptions options, Limits limits, boolean told)
            throws SQLException {
        Opened opened = switch (format.layout()) {
            case PARQUET -> new Opened(ParquetFile.open(database, file, options, limits, told), RowLines.UNKNOWN);
            case CSV, TSV -> CsvFile.open(database, file, format, options, limits);
            case JSON_LINES, JSON -> JsonFile.open(database, file, format, options, limits);
        };
        Table table = opened.table();
        return new Opened(table.with(Wanted.categorised(table.picks(), options.categories())), opened.lines());
    }

    /// What is to be told about each column.
    static List<Reading.ColumnReading> readings(List<Pick> picks, Schema schema) {
        List<Reading.ColumnReading> readings = new ArrayList<>();
        for (int i = 0; i < picks.size(); i++) {
            Field field = schema.fields().get(i);
            Pick.Told told = picks.get(i).told();
            readings.add(
                    new Reading.ColumnReading(field.name(), told.inFile(), field.type(), told.changed(), told.note()));
        }
        return readings;
    }

    static void close(@Nullable Database database) {
        if (database != null) {
            database.close();
        }
    }
}
