package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Chunks;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.Reading;
import dev.assay.frame.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;

/// A file's rows, some at a time, over an open DuckDB.
final class FileChunks implements Chunks {
    private final Database database;
    private final Table.Rows reader;
    private final int rowsPerChunk;
    private final Path file;
    private final FileFormat format;
    private final Schema schema;
    private final List<Reading.ColumnReading> columns;

    FileChunks(Database database, Table table, int rowsPerChunk, Path file, FileFormat format) throws SQLException {
        this.database = database;
        this.reader = table.rows(database);
        this.rowsPerChunk = rowsPerChunk;
        this.file = file;
        this.format = format;
        List<Field> fields = table.picks().stream().map(Pick::field).toList();
        this.schema = new Schema(fields);
        this.columns = FileReader.readings(table.picks(), schema);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Reading.ColumnReading> columns() {
        return columns;
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
