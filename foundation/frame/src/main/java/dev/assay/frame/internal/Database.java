package dev.assay.frame.internal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A DuckDB of one's own: in memory, without extensions from outside, without temporary files.
final class Database implements AutoCloseable {
    /// The share of the machine's memory that one database may take, outside the heap.
    static final String MEMORY_LIMIT = "50%";

    private final Connection connection;
    private volatile boolean abandoned;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /// A new one, which may read and write files until [#lock()]. Close it.
    static Database open() throws SQLException {
        Database database = new Database(DriverManager.getConnection("jdbc:duckdb:"));
        NativeLibrary.deleteCopy();
        try {
            database.run("SET memory_limit = " + Sql.text(MEMORY_LIMIT));
            database.run("SET temp_directory = ''");
            database.run("SET autoinstall_known_extensions = false");
            database.run("SET autoload_known_extensions = false");
            database.run("SET allow_community_extensions = false");
            database.run("SET TimeZone = 'UTC'");
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    /// From here on no statement reads or writes a file, loads an extension or changes a setting.
    void lock() throws SQLException {
        run("SET enable_external_access = false");
        run("SET lock_configuration = true");
    }

    /// Leaves it to the thread that is still in it; closing it would wait for that thread.
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /// What more it may take than it holds now, outside the heap.
    void allow(long bytes) throws SQLException {
        long held =
                Long.parseLong(ask("SELECT CAST(coalesce(sum(memory_usage_bytes), 0) AS BIGINT) FROM duckdb_memory()")
                        .getFirst()
                        .getFirst());
        run("SET memory_limit = '" + (held + bytes) + "B'");
    }

    Connection connection() {
        return connection;
    }

    void run(String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    PreparedStatement prepare(String query) throws SQLException {
        return connection.prepareStatement(query);
    }

    /// A small result as texts, null where it is null.
    List<List<String>> ask(String query) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet result = s.executeQuery(query)) {
            int width = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(width);
                for (int i = 1; i <= width; i++) {
                    String cell = result.getString(i);
                    row.add(cell == null ? "" : cell);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        if (abandoned) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // Closing an in-memory database loses nothing, and the caller's own failure matters more.
        }
    }
}
