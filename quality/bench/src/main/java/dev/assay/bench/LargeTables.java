package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.ReadOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Tables larger than a heap, the same from the same seed: a CSV of ten columns and a Parquet of twenty.
/// And DuckDB's own COPY from CSV to Parquet, or from Parquet to Parquet, as what a step that reads and
/// writes is measured by: [FrameFile#convert] is such a step, without what a stage adds of evidence.
///
/// ```sh
/// LargeTables csv FILE ROWS SEED
/// LargeTables parquet FILE ROWS SEED
/// LargeTables copy FROM TO
/// LargeTables convert FROM TO
/// ```
public final class LargeTables {
    private static final int CHUNK = 100_000;

    private LargeTables() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "csv" -> csv(file, Integer.parseInt(arguments[2]), Seed.of(Long.parseLong(arguments[3])));
            case "parquet" -> parquet(file, Integer.parseInt(arguments[2]), Seed.of(Long.parseLong(arguments[3])));
            case "copy" -> copy(file, Path.of(arguments[2]));
            case "convert" -> convert(file, Path.of(arguments[2]));
            default -> throw new IllegalArgumentException("csv, parquet, copy or convert, not " + arguments[0]);
        }
    }

    private static void convert(Path from, Path to) {
        FrameFile.convert(from, ReadOptions.DEFAULTS, Map.of(), to, to.resolveSibling("spill"));
    }

    private static void csv(Path file, int rows, Seed seed) throws IOException {
        RandomGenerator random = seed.generator();
        LocalDate first = LocalDate.of(2000, 1, 1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,household,age,income,weight,sex,region,occupation,day,note\n");
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < rows; i++) {
                line.setLength(0);
                line.append('P').append(1_000_000_000L + i).append(',').append(i / 3);
                line.append(',').append(random.nextInt(100)).append(',');
                if (random.nextInt(20) > 0) {
                    line.append(random.nextInt(9_000_000) / 100.0);
                }
                line.append(',').append(random.nextInt(1, 50_000) / 1000.0);
                line.append(random.nextBoolean() ? ",female" : ",male");
                line.append(",region ").append(random.nextInt(16));
                line.append(",occupation ").append(random.nextInt(400));
                line.append(',').append(first.plusDays(random.nextInt(9_000)));
                line.append(",\"note ").append(random.nextInt(100_000_000)).append(", in short\"\n");
                out.append(line);
            }
        }
    }

    private static void parquet(Path file, int rows, Seed seed) {
        RandomGenerator random = seed.generator();
        int[] made = {0};
        try (Chunks chunks = new Chunks() {
            @Override
            public Frame none() {
                return chunk(0, 0, random);
            }

            @Override
            public boolean hasNext() {
                return made[0] < rows;
            }

            @Override
            public Frame next() {
                int count = Math.min(CHUNK, rows - made[0]);
                made[0] += count;
                return chunk(made[0] - count, count, random);
            }

            @Override
            public void close() {}
        }) {
            FrameFile.write(chunks, file);
        }
    }

    private static Frame chunk(int first, int rows, RandomGenerator random) {
        Frame frame = Frame.empty()
                .with(
                        "id",
                        Column.Longs.of(IntStream.range(0, rows)
                                .mapToLong(i -> first + i)
                                .toArray()))
                .with(
                        "household",
                        Column.Longs.of(IntStream.range(0, rows)
                                .mapToLong(i -> (first + i) / 3)
                                .toArray()));
        for (int k = 0; k < 8; k++) {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] =
                        k == 0 && random.nextInt(50) == 0 ? Double.NaN : Math.rint(random.nextGaussian() * 1e4) / 100;
            }
            frame = frame.with("amount" + k, Column.Doubles.of(values));
        }
        for (int k = 0; k < 4; k++) {
            long[] values = new long[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = random.nextInt(1_000 << (4 * k));
            }
            frame = frame.with("count" + k, Column.Longs.of(values));
        }
        for (int k = 0; k < 4; k++) {
            List<String> levels = new ArrayList<>();
            IntStream.range(0, 4 << (2 * k)).forEach(i -> levels.add("level " + i));
            int[] codes = new int[rows];
            for (int i = 0; i < rows; i++) {
                codes[i] = random.nextInt(levels.size());
            }
            frame = frame.with("class" + k, Column.Categories.of(codes, levels));
        }
        long[] micros = new long[rows];
        String[] notes = new String[rows];
        for (int i = 0; i < rows; i++) {
            micros[i] = random.nextLong(1_700_000_000_000_000L);
            notes[i] = "note " + random.nextInt(100_000_000);
        }
        Frame whole = frame.with("note", Column.Texts.of(notes));
        Column moments = Column.Instants.of(micros);
        return whole.with(Field.of("moment", moments.type()), moments);
    }

    private static void copy(Path from, Path to) throws SQLException {
        long begun = System.nanoTime();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (FROM '" + from + "') TO '" + to + "' (FORMAT parquet, COMPRESSION zstd)");
        }
        System.out.printf("%.1f%n", (System.nanoTime() - begun) / 1e9);
    }
}
