package dev.assay.frame.internal;

import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.zip.ZipException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;

/// The lines of a Zstandard file, decompressed by DuckDB a few thousand at a time, each with a line
/// feed behind.
final class LinesOfZstd extends InputStream {
    private final Database database;
    private final String from;
    private final PreparedStatement statement;
    private final DuckDBChunkedResult result;
    private byte[] line = new byte[0];
    private int at;
    private long inChunk;
    private long position;
    private long lines;

    LinesOfZstd(Database database, Path file, Limits limits) throws SQLException {
        // A character that no text file has keeps each line in one field. More than one thread would
        // pass over a last line that is longer than the buffer; and within quotes any line break may
        // stand, which the strict mode takes for a mixture.
        from = " FROM read_csv(" + Sql.path(file)
                + ", auto_detect = false, header = false, delim = '\u001F', quote = '', escape = '', "
                + CsvFile.sizes(limits.of(Limit.LINE_BYTES))
                + ", hive_partitioning = false, compression = 'zstd', parallel = false, strict_mode = false, columns = {'line': 'VARCHAR'})";
        this.database = database;
        statement = database.prepare("SELECT line" + from);
        try {
            result = statement.unwrap(DuckDBPreparedStatement.class).query();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int filled = 0;
        while (filled < count) {
            if (at == line.length && !next()) {
                return filled == 0 ? -1 : filled;
            }
            int some = Math.min(count - filled, line.length - at);
            System.arraycopy(line, at, into, offset + filled, some);
            at += some;
            filled += some;
        }
        return filled;
    }

    private boolean next() throws IOException {
        while (position == inChunk) {
            if (!nextChunk()) {
                return false;
            }
            inChunk = result.chunk().rowCount();
            position = 0;
        }
        String text = result.chunk().vector(0).getString(position++);
        line = ((text == null ? "" : text) + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
    }

    private boolean nextChunk() throws IOException {
        try {
            if (result.nextChunk()) {
                lines += result.chunk().rowCount();
                return true;
            }
            // The chunks simply stop when reading fails; counting fails aloud.
            String all = database.ask("SELECT count(*)" + from).getFirst().getFirst();
            if (Long.parseLong(all) != lines) {
                throw new EOFException("the lines ended early");
            }
            return false;
        } catch (SQLException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            result.close();
            statement.close();
        } catch (SQLException e) {
            // Nothing was changed.
        }
    }
}
