package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.frame.RandomCells.Style;
import dev.assay.testkit.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read is what was written: every cell comes through as it is, or its column says how many do
/// not; and what is written comes back as the same frame.
///
/// A few thousand cells of each type in every build, as many as are asked for by
/// `quality/fuzz/lossless.sh`.
@Timeout(3600)
class LosslessTest {
    private static final int FEW = 120;
    /// Rows of a file at most; in the long form there are large ones too.
    private static final int ROWS = Math.max(200, Fuzz.inputs(FEW) / 10);

    @TempDir
    Path folder;

    /// How a file of CSV is written.
    private record Dialect(char separator, String lineEnd, boolean quoteAll, boolean mark) {
        static Dialect any(RandomGenerator random) {
            return new Dialect(
                    ",;\t|".charAt(random.nextInt(4)),
                    List.of("\n", "\r\n", "\r").get(random.nextInt(3)),
                    random.nextInt(3) == 0,
                    random.nextInt(4) == 0);
        }

        String field(@Nullable String text) {
            if (text == null) {
                return "";
            }
            boolean needed = text.isEmpty()
                    || text.indexOf(separator) >= 0
                    || text.contains("\"")
                    || text.contains("\n")
                    || text.contains("\r");
            return quoteAll || needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void csv(Style style) throws Exception {
        Seed seed = Seed.of(Fuzz.seed(77)).child(style.name());
        long cells = 0;
        for (int file = 0; cells < Fuzz.inputs(FEW); file++) {
            RandomGenerator random = seed.child(file).generator();
            Dialect dialect = Dialect.any(random);
            int rows = 1 + random.nextInt(ROWS);
            @Nullable String[][] columns = columns(style, 3, rows, random);
            StringBuilder text = new StringBuilder(dialect.mark() ? "\uFEFF" : "")
                    .append("x0,x1,x2".replace(',', dialect.separator()))
                    .append(dialect.lineEnd());
            for (int row = 0; row < rows; row++) {
                int at = row;
                text.append(IntStream.range(0, 3)
                                .mapToObj(c -> dialect.field(columns[c][at]))
                                .collect(Collectors.joining(String.valueOf(dialect.separator()))))
                        .append(dialect.lineEnd());
            }
            Path path = Files.writeString(folder.resolve("a.csv"), text);
            Reading reading = Frames.reading(path, ReadOptions.DEFAULTS);
            compare(reading, columns, style + " in file " + file + " of " + dialect);
            returns(reading.frame(), file);
            cells += 3L * rows;
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void jsonStringsAndNumbers(Style style) throws Exception {
        Seed seed = Seed.of(Fuzz.seed(78)).child(style.name());
        long cells = 0;
        for (int file = 0; cells < Fuzz.inputs(FEW); file++) {
            RandomGenerator random = seed.child(file).generator();
            int rows = 1 + random.nextInt(ROWS);
            @Nullable String[][] columns = columns(style, 3, rows, random);
            boolean bare = random.nextBoolean();
            StringBuilder text = new StringBuilder();
            for (int row = 0; row < rows; row++) {
                int at = row;
                text.append(IntStream.range(0, 3)
                        .mapToObj(c -> "\"x" + c + "\": " + json(columns[c][at], bare))
                        .collect(Collectors.joining(", ", "{", "}\n")));
            }
            Path path = Files.writeString(folder.resolve("a.jsonl"), text);
            Reading reading = Frames.reading(path, ReadOptions.DEFAULTS);
            compare(reading, columns, "JSON " + style + " in file " + file);
            returns(reading.frame(), file);
            cells += 3L * rows;
        }
    }

    private static String json(@Nullable String cell, boolean bare) {
        if (cell == null) {
            return "null";
        }
        return bare && cell.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?|true|false")
                ? cell
                : '"'
                        + cell.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t")
                        + '"';
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TINYINT",
                "SMALLINT",
                "INTEGER",
                "BIGINT",
                "UTINYINT",
                "USMALLINT",
                "UINTEGER",
                "UBIGINT",
                "FLOAT",
                "DOUBLE",
                "DECIMAL(4,2)",
                "DECIMAL(9,9)",
                "DECIMAL(15,3)",
                "DECIMAL(18,0)",
                "DECIMAL(18,2)",
                "DECIMAL(18,17)",
                "DECIMAL(38,0)",
                "DECIMAL(38,10)",
                "DECIMAL(38,38)",
                "BOOLEAN",
                "VARCHAR",
                "DATE",
                "TIMESTAMP",
                "TIMESTAMP_S",
                "TIMESTAMP_MS",
                "TIMESTAMP_NS",
                "TIMESTAMPTZ",
                "TIME",
                "UUID"
            })
    void parquet(String type) throws Exception {
        Seed seed = Seed.of(Fuzz.seed(79)).child(type);
        long cells = 0;
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            for (int file = 0; cells < Fuzz.inputs(FEW); file++) {
                RandomGenerator random = seed.child(file).generator();
                int rows = 1 + random.nextInt(ROWS);
                @Nullable String[][] columns = new @Nullable String[1][rows];
                for (int row = 0; row < rows; row++) {
                    columns[0][row] = random.nextInt(8) == 0 ? null : ParquetCells.text(type, random);
                }
                Path path = folder.resolve("a.parquet");
                write(duck, statement, type, columns[0], path);
                compareParquet(Frames.reading(path, ReadOptions.DEFAULTS), columns[0], type + " in file " + file);
                returns(Frames.read(path), file);
                cells += rows;
            }
        }
    }

    private static void write(Connection duck, Statement statement, String type, @Nullable String[] texts, Path path)
            throws SQLException {
        statement.execute("CREATE OR REPLACE TABLE cells (t VARCHAR)");
        try (DuckDBAppender appender = duck.unwrap(DuckDBConnection.class).createAppender("cells")) {
            for (String text : texts) {
                appender.beginRow().append(text).endRow();
            }
        }
        statement.execute("COPY (SELECT CAST(t AS " + type + ") AS x0 FROM cells) TO '" + path + "' (FORMAT parquet)");
    }

    private static void compareParquet(Reading reading, @Nullable String[] texts, String where) {
        Column column = reading.frame().columns().getFirst();
        Reading.ColumnReading told = reading.columns().getFirst();
        long differing = 0;
        String example = "";
        for (int row = 0; row < texts.length; row++) {
            String text = texts[row];
            boolean same = text == null ? column.isMissing(row) : ParquetCells.same(column, row, text);
            if (!same) {
                differing++;
                example = text + " became " + column.text(row);
            }
        }
        assertThat(differing).as(where + ": " + example + ", told: " + told).isLessThanOrEqualTo(told.changed());
    }

    private static @Nullable String[][] columns(Style style, int count, int rows, RandomGenerator random) {
        @Nullable String[][] columns = new @Nullable String[count][rows];
        for (int c = 0; c < count; c++) {
            int of = random.nextInt(60);
            for (int row = 0; row < rows; row++) {
                columns[c][row] = random.nextInt(10) == 0 ? null : RandomCells.cell(style, of, random);
            }
            // A line without any field is none.
            columns[0][0] = columns[0][0] == null ? RandomCells.cell(style, of, random) : columns[0][0];
        }
        return columns;
    }

    /// Cells that differ are no more than are told; and no two texts have become one number.
    private static void compare(Reading reading, @Nullable String[][] columns, String where) {
        for (int c = 0; c < columns.length; c++) {
            Column column = reading.frame().column("x" + c);
            Reading.ColumnReading told = reading.columns().get(c);
            long differing = 0;
            String example = "";
            Map<String, String> textOf = new HashMap<>();
            for (int row = 0; row < column.length(); row++) {
                String written = columns[c][row];
                boolean same = written == null ? column.isMissing(row) : RandomCells.same(column, row, written);
                if (!same) {
                    differing++;
                    example = written + " became " + column.text(row);
                }
                String value = column.text(row);
                boolean number = column.type() == ColumnType.LONG || column.type() == ColumnType.DOUBLE;
                // JSON says itself that 1 and 1.0 are one number.
                if (written != null && value != null && number) {
                    String other = textOf.putIfAbsent(value, written);
                    if (other != null && !other.equals(written) && !where.startsWith("JSON")) {
                        example = "'" + other + "' and '" + written + "' are one number";
                        differing++;
                    }
                }
            }
            assertThat(differing)
                    .as(where + ", column " + c + ": " + example + ", told: " + told)
                    .isLessThanOrEqualTo(told.changed());
        }
    }

    /// Written in any format and read again it is the same frame, but for columns without a cell, whose
    /// type no text format has.
    private void returns(Frame frame, int file) {
        List<String> endings = List.of("parquet", "csv", "jsonl", "tsv", "json", "csv.gz", "jsonl.zst");
        String ending = endings.get(file % endings.size());
        Path path = folder.resolve("again." + ending);
        boolean infinite = frame.columns().stream()
                .anyMatch(c -> c instanceof Column.Doubles d
                        && IntStream.range(0, d.length()).anyMatch(i -> Double.isInfinite(d.value(i))));
        if (infinite && ending.startsWith("json")) {
            return;
        }
        Frames.write(frame, path);
        Frame back = Frames.read(path);
        assertThat(back.schema().names()).isEqualTo(frame.schema().names());
        for (String name : frame.schema().names()) {
            Column column = frame.column(name);
            Column again = back.column(name);
            if (column.missing() == column.length()) {
                assertThat(again.missing()).isEqualTo(column.length());
            } else if (ending.contains("sv") && column.type() == ColumnType.TEXT) {
                for (int row = 0; row < column.length(); row++) {
                    String text = column.text(row);
                    assertThat(text == null ? again.isMissing(row) : RandomCells.same(again, row, text))
                            .as(ending + ": " + text + " became " + again.text(row))
                            .isTrue();
                }
            } else {
                assertThat(again).as(ending + " of " + name).isEqualTo(column);
            }
        }
    }

    @Test
    void theseTestsCanFail() throws Exception {
        Path path = Files.writeString(folder.resolve("a.csv"), "x0,x1,x2\n1e5,1,1\n", StandardCharsets.UTF_8);
        Reading declared = Frames.reading(
                path,
                ReadOptions.DEFAULTS
                        .withTypes(Map.of("x0", ColumnType.LONG, "x1", ColumnType.DOUBLE))
                        .withMissing("1e5"));
        List<String> failures = new ArrayList<>();
        try {
            compare(declared, new String[][] {{"1e5"}, {"1"}, {"1"}}, "here");
        } catch (AssertionError e) {
            failures.add(e.getMessage());
        }
        assertThat(failures).hasSize(1);
    }
}
