package dev.assay.frame.internal;

import dev.assay.frame.Frame;
import java.sql.SQLException;
import java.util.List;

/// The rows of an opened file, and what to take from them.
interface Table {
    /// What to take.
    List<Pick> picks();

    /// How many rows there are.
    long count();

    /// The same rows with other picks, in the same order.
    Table with(List<Pick> picks);

    /// The same with the levels known of each column that may become categories.
    Table settled(Database database) throws SQLException;

    /// All rows as a frame.
    ///
    /// @throws SQLException if DuckDB cannot read them
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are more than an array can hold,
    ///     (MALFORMED_FILE) if a line is not well-formed
    Frame read(Database database) throws SQLException;

    /// The rows in order. Close it.
    Rows rows(Database database) throws SQLException;

    /// Takes rows, some at a time.
    interface Rows extends AutoCloseable {
        /// How many are left.
        long left();

        /// The next `count` rows, at most those that are left.
        ///
        /// @throws SQLException if they cannot be read
        Frame next(int count) throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
