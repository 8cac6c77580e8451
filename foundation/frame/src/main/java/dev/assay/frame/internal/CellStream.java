package dev.assay.frame.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;

/// The cells of a query's one column, in order. Close it.
final class CellStream implements AutoCloseable {
    private final PreparedStatement statement;
    private final DuckDBChunkedResult result;
    private int inChunk;
    private int position;

    CellStream(Database database, String query) throws SQLException {
        statement = database.prepare(query);
        try {
            result = statement.unwrap(DuckDBPreparedStatement.class).query();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /// The next cells into a buffer, from a row of its own on.
    ///
    /// @throws SQLException if there are fewer
    void take(ColumnBuffer buffer, int count, int row) throws SQLException {
        int taken = 0;
        while (taken < count) {
            if (position == inChunk) {
                if (!result.nextChunk()) {
                    throw new SQLException("the cells ended early");
                }
                inChunk = (int) result.chunk().rowCount();
                position = 0;
            }
            int some = Math.min(count - taken, inChunk - position);
            buffer.take(result.chunk().vector(0), position, some, row + taken);
            position += some;
            taken += some;
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            result.close();
        } finally {
            statement.close();
        }
    }
}
