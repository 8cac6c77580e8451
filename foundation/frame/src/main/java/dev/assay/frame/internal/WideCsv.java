package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.ReadOptions;
import dev.assay.frame.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CSV of very many columns. A query that names each of them takes milliseconds for each before it
/// begins; so the cells are cut here, and DuckDB is asked about them as one column, by the same rules
/// as elsewhere.
final class WideCsv implements Table {
    /// Columns from which on files are read in this way.
    static final int WIDTH = 1000;

    /// Cells to hand over at a time.
    private static final int BLOCK = 1 << 20;
    /// The name of the one column of cells.
    private static final String CELL = "cell";

    private final Source source;
    private final int[] wanted;
    private final long rows;
    private final List<Pick> picks;

    /// Where the cells come from.
    ///
    /// @param width fields of a record
    private record Source(Path file, FileFormat format, char delimiter, int width, List<String> missing) {
        CsvRecords open() throws IOException {
            return new CsvRecords(TextSurvey.open(file, format), delimiter, width, missing);
        }
    }

    private WideCsv(Source source, int[] wanted, long rows, List<Pick> picks) {
        this.source = source;
        this.wanted = wanted;
        this.rows = rows;
        this.picks = picks;
    }

    /// Whether a file is read in this way. The lines of Zstandard come from DuckDB, which does not keep
    /// their ends.
    static boolean suits(FileFormat format, int width) {
        return width > WIDTH && !format.compression().equals("zstd");
    }

    /// The file, its types told in one pass.
    ///
    /// @param names the columns of the header
    static WideCsv open(
            Path file, FileFormat format, char delimiter, List<String> names, ReadOptions options, TextSurvey survey)
            throws SQLException {
        Source source = new Source(file, format, delimiter, names.size(), options.missingTexts());
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        List<String> asked = Wanted.of(names, options.columns());
        int[] wanted = asked.stream().mapToInt(places::get).toArray();
        int[] kinds = new int[wanted.length];
        long rows = 0;
        try (Blocks blocks = new Blocks(source, wanted)) {
            for (int n = blocks.next(BLOCK); n > 0; n = blocks.next(BLOCK)) {
                rows += n;
                if (!options.allText()) {
                    blocks.tell(kinds);
                }
            }
        }
        survey.requireAll(rows);
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            ColumnType type = options.allText() ? ColumnType.TEXT : TextTypes.ofKinds(kinds[i]);
            picks.add(Pick.of(asked.get(i), type, TextTypes.CSV.expression(type, CELL)));
        }
        return new WideCsv(source, wanted, rows, picks);
    }

    @Override
    public List<Pick> picks() {
        return picks;
    }

    @Override
    public Table with(List<Pick> other) {
        return new WideCsv(source, wanted, rows, other);
    }

    @Override
    public Table settled(Database database) throws SQLException {
        List<@Nullable Set<String>> seen = new ArrayList<>();
        picks.forEach(pick -> seen.add(pick.encodeUpTo() > 0 ? new HashSet<>() : null));
        if (seen.stream().allMatch(s -> s == null)) {
            return this;
        }
        try (Blocks blocks = new Blocks(source, wanted)) {
            while (blocks.next(BLOCK) > 0) {
                for (int i = 0; i < wanted.length; i++) {
                    Set<String> texts = seen.get(i);
                    if (texts != null && texts.size() <= picks.get(i).encodeUpTo()) {
                        blocks.addTexts(i, texts);
                    }
                }
            }
        }
        List<Pick> settled = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            Set<String> texts = seen.get(i);
            Pick pick = picks.get(i);
            settled.add(
                    texts == null
                            ? pick
                            : texts.size() > pick.encodeUpTo()
                                    ? pick.encodedUpTo(0)
                                    : Pick.ofLevels(
                                            pick.field().name(),
                                            pick.expression(),
                                            Column.Categories.of(texts.toArray(String[]::new))
                                                    .levels()));
        }
        return with(settled);
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
        private final WideCsv table;
        private final Blocks blocks;
        private long taken;

        Typed(WideCsv table) {
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
                    throw FileFormat.malformed("the rows ended early; the file was changed while it was read.");
                }
                blocks.fill(byExpression, buffers, row);
                row += n;
            }
            taken += count;
            List<Field> fields = new ArrayList<>();
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < buffers.size(); i++) {
                Field field = table.picks.get(i).field();
                Column column = buffers.get(i).finish();
                fields.add(new Field(field.name(), column.type(), field.unit()));
                columns.add(column);
            }
            return Frame.of(new Schema(fields), columns);
        }

        @Override
        public void close() {
            blocks.close();
        }
    }

    /// Some rows at a time, as texts by columns.
    private static final class Blocks implements AutoCloseable {
        private final CsvRecords records;
        private final int[] wanted;
        private final @Nullable String[] record;
        private @Nullable String[][] cells = new @Nullable String[0][];
        private int count;

        Blocks(Source source, int[] wanted) {
            this.wanted = wanted;
            this.record = new @Nullable String[source.width()];
            try {
                records = source.open();
                records.next(record);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private static Fault unreadable(IOException e) {
            return Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                    .causedBy(e);
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
                throw unreadable(e);
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

        /// Adds the kinds of cells that each column has in this block.
        void tell(int[] kinds) throws SQLException {
            List<Integer> every = new ArrayList<>();
            long[] numbers = new long[wanted.length * count];
            for (int i = 0; i < wanted.length; i++) {
                every.add(i);
                Arrays.fill(numbers, i * count, (i + 1) * count, i);
            }
            Frame frame =
                    Frame.empty().with("number", Column.Longs.of(numbers)).with(CELL, Column.Texts.of(joined(every)));
            try (Database database = Database.open()) {
                String from = FrameSource.register(
                        database, "cells", frame, FrameSource.InstantsAs.TEXT, false, field -> true);
                for (List<String> row : database.ask("SELECT number, bit_or(" + TextTypes.CSV.kind(CELL) + ") FROM ("
                        + from + ") GROUP BY number")) {
                    kinds[Integer.parseInt(row.getFirst())] |= Integer.parseInt(row.getLast());
                }
            }
        }

        void addTexts(int column, Set<String> texts) {
            for (int i = 0; i < count; i++) {
                String text = cells[column][i];
                if (text != null) {
                    texts.add(text);
                }
            }
        }

        /// Takes this block's cells into the buffers from this row on.
        void fill(Map<String, List<Integer>> byExpression, List<ColumnBuffer> buffers, int row) throws SQLException {
            try (Database database = Database.open()) {
                int query = 0;
                for (Map.Entry<String, List<Integer>> group : byExpression.entrySet()) {
                    List<Integer> columns = group.getValue();
                    Frame frame = Frame.empty().with(CELL, Column.Texts.of(joined(columns)));
                    String from = FrameSource.register(
                            database, "cells" + query++, frame, FrameSource.InstantsAs.TEXT, false, field -> true);
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
