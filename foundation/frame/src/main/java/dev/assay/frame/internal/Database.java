package dev.assay.frame.internal;

import com.sun.management.OperatingSystemMXBean;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A DuckDB of one's own: in memory, without extensions from outside; without temporary files unless it
/// is given a folder for them. What it may take outside the heap is [Limit#DATABASE_PERCENT] of the
/// machine, and with a folder for the rest no more than [Limit#DATABASE_BYTES].
final class Database implements AutoCloseable {
    private final Connection connection;
    private volatile boolean abandoned;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /// A new one, which may read and write files until [#lock()]. Close it.
    static Database open() throws SQLException {
        return open("", Limits.ofProcess());
    }

    /// A new one that puts what does not fit into its memory into this folder, which is made when it is
    /// needed and is the caller's to delete.
    static Database spilling(Path folder, Limits limits) throws SQLException {
        return open(folder.toAbsolutePath().toString(), limits);
    }

    private static Database open(String spill, Limits limits) throws SQLException {
        Database database = new Database(DriverManager.getConnection("jdbc:duckdb:"));
        NativeLibrary.deleteCopy();
        try {
            long most = share(limits);
            if (!spill.isEmpty()) {
                most = Math.min(most, limits.of(Limit.DATABASE_BYTES));
            }
            database.run("SET memory_limit = '" + most + "B'");
            database.run("SET temp_directory = " + Sql.text(spill));
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

    private static long share(Limits limits) {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
                / 100
                * limits.of(Limit.DATABASE_PERCENT);
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
        long held = number("SELECT CAST(coalesce(sum(memory_usage_bytes), 0) AS BIGINT) FROM duckdb_memory()");
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

    /// Runs a statement that copies or changes rows.
    ///
    /// @return how many
    long copy(String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            return s.executeLargeUpdate(statement);
        }
    }

    PreparedStatement prepare(String query) throws SQLException {
        return connection.prepareStatement(query);
    }

    /// The one whole number that a query gives.
    long number(String query) throws SQLException {
        return Long.parseLong(ask(query).getFirst().getFirst());
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
