package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.receipt.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Reading a Parquet file of a million rows and 20 columns of doubles.
///
/// The peer is DuckDB's own driver: the same file, the same query, its chunks of vectors read cell by cell into
/// a sum, which is the least that one can do with a cell. It opens its in-memory database each time, as
/// `Frames.read` does; the second peer is the same through a plain JDBC result set. Ours also fills columns and
/// checks that every row came.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FrameRead {
    private static final int ROWS = 1_000_000;
    private static final int COLUMNS = 20;

    private Path folder = Path.of("");
    private Path file = Path.of("");
    private Frame frame = Frame.empty();

    /// Writes the file: standard normal numbers, which compress as little as measured data do.
    @Setup(Level.Trial)
    public void write() throws Exception {
        folder = Files.createTempDirectory("assay-bench");
        file = folder.resolve("doubles.parquet");
        frame = Frame.empty();
        for (int j = 0; j < COLUMNS; j++) {
            RandomGenerator random = Seed.of(1).child(j).generator();
            double[] values = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                values[i] = random.nextGaussian();
            }
            frame = frame.with("x" + j, Column.Doubles.of(values));
        }
        Frames.write(frame, file);
    }

    /// Removes the file.
    @TearDown(Level.Trial)
    public void remove() throws Exception {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }

    /// Ours: columns.
    @Benchmark
    public Frame frames() {
        return Frames.read(file);
    }

    /// The driver's chunks, each cell added up.
    @Benchmark
    public double duckdbChunks() throws SQLException {
        double sum = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM '" + file + "'");
                DuckDBChunkedResult result =
                        statement.unwrap(DuckDBPreparedStatement.class).query()) {
            while (result.nextChunk()) {
                DuckDBDataChunkReader chunk = result.chunk();
                long rows = chunk.rowCount();
                for (int j = 0; j < COLUMNS; j++) {
                    DuckDBReadableVector vector = chunk.vector(j);
                    for (long i = 0; i < rows; i++) {
                        sum += vector.getDouble(i);
                    }
                }
            }
        }
        return sum;
    }

    /// The driver's result set, each cell added up.
    @Benchmark
    public double duckdbResultSet() throws SQLException {
        double sum = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM '" + file + "'");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                for (int j = 1; j <= COLUMNS; j++) {
                    sum += result.getDouble(j);
                }
            }
        }
        return sum;
    }

    /// The digest of the frame in memory.
    @Benchmark
    public Digest digest() {
        return frame.digest();
    }
}
