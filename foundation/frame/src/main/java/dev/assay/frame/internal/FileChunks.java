package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Chunks;
import dev.assay.frame.Frame;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.NoSuchElementException;

/// A file's rows, some at a time, over an open DuckDB.
final class FileChunks implements Chunks {
    private final Database database;
    private final Table.Rows reader;
    private final int rowsPerChunk;
    private final Path file;
    private final FileFormat format;
    private final Frame none;

    FileChunks(Database database, Table table, int rowsPerChunk, Path file, FileFormat format) throws SQLException {
        this.database = database;
        this.reader = table.rows(database);
        this.rowsPerChunk = rowsPerChunk;
        this.file = file;
        this.format = format;
        this.none = Pick.none(table.picks());
    }

    @Override
    public Frame none() {
        return none;
    }

    @Override
    public boolean hasNext() {
        return reader.left() > 0;
    }

    @Override
    public Frame next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more rows");
        }
        try {
            return reader.next((int) Math.min(rowsPerChunk, reader.left()));
        } catch (SQLException e) {
            throw Troubles.reading(e, file, format);
        } catch (Fault e) {
            throw e.at(file.toString());
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (SQLException e) {
            // The rows that were wanted have been read; there is nothing to lose in closing.
        } finally {
            database.close();
        }
    }
}
