package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Rows that are cut into cells here, while DuckDB is asked about the cells as one column, by the same
/// rules as elsewhere: JSON, whose keys and numbers DuckDB does not keep as they are written, and CSV
/// of very many columns, as a query that names each of them takes milliseconds for each before it
/// begins.
final class TextTable implements Table {
    /// Columns of CSV from which on files are read in this way.
    static final int WIDTH = 1000;

    /// The name of the one column of cells.
    static final String CELL = "cell";

    /// Cells to hand over at a time.
    private static final int BLOCK = 1 << 20;
    /// Rows of declared columns to look at, at a time.
    private static final int ROWS = 100_000;

    private final Source source;
    private final int[] wanted;
    private final long rows;
    private final List<Pick> picks;

    /// Where the cells come from.
    ///
    /// @param width  cells of a row
    /// @param opener opens them at the first row
    record Source(int width, Opener opener) {}

    /// Opens the rows of a file.
    @FunctionalInterface
    interface Opener {
        TextRecords open() throws IOException;
    }

    /// @param wanted the places of the picks' cells
    /// @param rows   how many there are
    /// @param picks  what to take, with expressions over [#CELL]
    TextTable(Source source, int[] wanted, long rows, List<Pick> picks) {
        this.source = source;
        this.wanted = wanted;
        this.rows = rows;
        this.picks = picks;
    }

    /// A table some of whose types are declared.
    ///
    /// @param comma whether decimals of declared numbers stand behind a comma
    /// @throws Fault (BAD_DATA) if a cell is not of its column's declared type
    static TextTable declared(
            Source source,
            int[] wanted,
            long rows,
            List<Pick> picks,
            Map<String, ColumnType> types,
            boolean comma,
            List<String> missing)
            throws SQLException {
        int[] declared = IntStream.range(0, picks.size())
                .filter(i -> types.containsKey(picks.get(i).field().name()))
                .toArray();
        if (declared.length == 0) {
            return new TextTable(source, wanted, rows, picks);
        }
        List<Pick> texts = Arrays.stream(declared)
                .mapToObj(i -> Pick.of("t" + i, ColumnType.TEXT, CELL))
                .toList();
        List<Pick> result = new ArrayList<>(picks);
        try (Database database = Database.open()) {
            database.run("CREATE TABLE declared ("
                    + texts.stream().map(t -> t.field().name() + " VARCHAR").collect(Collectors.joining(", ")) + ")");
            TextTable all = new TextTable(
                    source, Arrays.stream(declared).map(i -> wanted[i]).toArray(), rows, texts);
            try (Rows some = all.rows(database);
                    DuckDBAppender appender = database.connection()
                            .unwrap(DuckDBConnection.class)
                            .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "declared")) {
                while (some.left() > 0) {
                    append(some.next((int) Math.min(some.left(), ROWS)), appender);
                }
            }
            for (int i : declared) {
                String from = "(SELECT t" + i + " AS " + CELL + " FROM declared)";
                result.set(
                        i,
                        DeclaredTypes.applied(
                                        database, from, List.of(picks.get(i)), List.of(CELL), types, comma, missing)
                                .getFirst());
            }
        }
        return new TextTable(source, wanted, rows, result);
    }

    private static void append(Frame texts, DuckDBAppender appender) throws SQLException {
        for (int row = 0; row < texts.rows(); row++) {
            appender.beginRow();
            for (Column column : texts.columns()) {
                appender.append(column.text(row));
            }
            appender.endRow();
        }
    }

    @Override
    public List<Pick> picks() {
        return picks;
    }

    @Override
    public long count() {
        return rows;
    }

    @Override
    public Table with(List<Pick> other) {
        return new TextTable(source, wanted, rows, other);
    }

    @Override
    public Table settled(Database database) throws SQLException {
        return with(Levels.settled(database, this));
    }

    @Override
    public Frame read(Database database) throws SQLException {
        if (rows > Integer.MAX_VALUE - 8) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "there are " + rows + " rows, too many for one frame; read it in chunks.");
        }
        try (Rows all = rows(database)) {
            return all.next((int) rows);
        }
    }

    @Override
    public Rows rows(Database database) {
        return new Typed(this);
    }

    /// Rows with their types.
    private static final class Typed implements Rows {
        private final TextTable table;
        private final Blocks blocks;
        private long taken;

        Typed(TextTable table) {
            this.table = table;
            this.blocks = new Blocks(table.source, table.wanted);
        }

        @Override
        public long left() {
            return table.rows - taken;
        }

        @Override
        public Frame next(int count) throws SQLException {
            List<ColumnBuffer> buffers = new ArrayList<>();
            table.picks.forEach(pick -> buffers.add(ColumnBuffer.of(pick, count)));
            Map<String, List<Integer>> byExpression = new LinkedHashMap<>();
            for (int i = 0; i < buffers.size(); i++) {
                byExpression
                        .computeIfAbsent(table.picks.get(i).expression(), e -> new ArrayList<>())
                        .add(i);
            }
            int row = 0;
            while (row < count) {
                int n = blocks.next((long) (count - row) * table.source.width());
                if (n == 0) {
                    throw Relation.changed();
                }
                blocks.fill(byExpression, buffers, row);
                row += n;
            }
            taken += count;
            if (taken == table.rows && blocks.next(1) > 0) {
                throw Relation.changed();
            }
            return Pick.frame(table.picks, buffers);
        }

        @Override
        public void close() {
            blocks.close();
        }
    }

    /// Some rows at a time, as texts by columns.
    private static final class Blocks implements AutoCloseable {
        private final TextRecords records;
        private final int[] wanted;
        private final @Nullable String[] record;
        private @Nullable String[][] cells = new @Nullable String[0][];
        private int count;

        Blocks(Source source, int[] wanted) {
            this.wanted = wanted;
            this.record = new @Nullable String[source.width()];
            try {
                records = source.opener().open();
            } catch (IOException e) {
                throw TextBytes.unreadable(e);
            }
        }

        /// Takes the next rows of no more than so many cells and a block's, but at least one.
        ///
        /// @return how many there were
        int next(long most) {
            int rows = (int) Math.max(1, Math.min(most, BLOCK) / record.length);
            cells = new @Nullable String[wanted.length][rows];
            count = 0;
            try {
                while (count < rows && records.next(record)) {
                    for (int i = 0; i < wanted.length; i++) {
                        cells[i][count] = record[wanted[i]];
                    }
                    count++;
                }
            } catch (IOException e) {
                throw TextBytes.unreadable(e);
            }
            return count;
        }

        private @Nullable String[] joined(List<Integer> columns) {
            @Nullable String[] all = new @Nullable String[columns.size() * count];
            for (int i = 0; i < columns.size(); i++) {
                System.arraycopy(cells[columns.get(i)], 0, all, i * count, count);
            }
            return all;
        }

        /// Takes this block's cells into the buffers from this row on.
        void fill(Map<String, List<Integer>> byExpression, List<ColumnBuffer> buffers, int row) throws SQLException {
            try (Database database = Database.open()) {
                int query = 0;
                for (Map.Entry<String, List<Integer>> group : byExpression.entrySet()) {
                    List<Integer> columns = group.getValue();
                    Frame frame = Frame.empty().with(CELL, Column.Texts.of(joined(columns)));
                    String from = FrameSource.register(
                            database, "cells" + query++, frame, FrameSource.TimesAs.TEXTS, false, field -> true);
                    try (CellStream result =
                            new CellStream(database, "SELECT " + group.getKey() + " FROM (" + from + ")")) {
                        for (int column : columns) {
                            result.take(buffers.get(column), count, row);
                        }
                    }
                }
            }
        }

        @Override
        public void close() {
            try {
                records.close();
            } catch (IOException e) {
                // Nothing was written; there is nothing to lose in closing.
            }
        }
    }
}
