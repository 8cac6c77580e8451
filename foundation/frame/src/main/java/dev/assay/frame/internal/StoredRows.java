package dev.assay.frame.internal;

import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.ReadOptions;
import dev.assay.frame.Reading;
import dev.assay.frame.RowLines;
import dev.assay.frame.Schema;
import dev.assay.frame.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What [dev.assay.frame.FrameFile] does: a Parquet file and what to take from it.
public final class StoredRows {
    /// The number of a row, as DuckDB calls it.
    private static final String ROW = "file_row_number";

    /// Columns that one query asks about.
    private static final int WIDTH = 500;

    /// Cells of a chunk, at most, however large the heap is.
    private static final long MOST_CELLS = 1 << 21;

    private static final long LEAST_CELLS = 1 << 14;

    /// Bytes of the heap for each cell of a chunk: several chunks are held at a time, and texts take
    /// some room.
    private static final long HEAP_BYTES_PER_CELL = 512;

    /// Cells for which it is worth to open the file once more.
    private static final long CELLS_OF_GROUP = 1 << 20;

    private static final int MOST_GROUPS = 64;

    /// Rows of a chunk of a group: what is done with a column fits into a core's own cache.
    private static final int ROWS_OF_GROUP = 1 << 14;

    private final Path file;
    private final Relation relation;
    private final Frame none;

    private StoredRows(Path file, Relation relation) {
        this.file = file;
        this.relation = relation;
        this.none = Pick.none(relation.picks());
    }

    /// The file of a table, looked at and not read.
    ///
    /// @throws Fault as [dev.assay.frame.FrameFile#of(Path)]
    public static StoredRows open(Path file) {
        return open(file, false);
    }

    /// The same, and what is to be told of the columns.
    public static Converted reading(Path file) {
        StoredRows stored = open(file, true);
        List<Reading.ColumnReading> columns = FileReader.readings(stored.relation.picks(), stored.none.schema());
        return new Converted(stored, columns, RowLines.UNKNOWN);
    }

    private static StoredRows open(Path file, boolean told) {
        FileFormat format = parquet(file);
        format.requireReadable(file);
        Limits limits = Limits.ofProcess();
        try (Database database = Database.open()) {
            return new StoredRows(file, ParquetFile.open(database, file, ReadOptions.DEFAULTS, limits, told));
        } catch (SQLException e) {
            throw Troubles.reading(e, file, format);
        } catch (Fault e) {
            throw e.at(file.toString());
        }
    }

    /// Whether a file is Parquet by its name.
    public static boolean isParquet(Path file) {
        return FileFormat.of(file).layout() == FileFormat.Layout.PARQUET;
    }

    static FileFormat parquet(Path file) {
        FileFormat format = FileFormat.of(file);
        if (format.layout() != FileFormat.Layout.PARQUET) {
            throw Fault.of(Fault.Kind.BAD_DATA, "a table that is not held lies in a Parquet file, named so")
                    .at(file.toString());
        }
        return format;
    }

    /// How many rows a chunk of so many columns has where nobody says how many: more in a larger heap.
    public static int rowsPerChunk(int columns, int most) {
        long cells = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_CELL, LEAST_CELLS, MOST_CELLS);
        return Math.clamp(cells / Math.max(1, columns), 1, most);
    }

    /// Where it lies.
    public Path file() {
        return file;
    }

    /// A frame of its schema and levels without rows.
    public Frame none() {
        return none;
    }

    /// How many rows it has.
    public long rows() {
        return relation.rows();
    }

    Relation relation() {
        return relation;
    }

    /// The rows in order, some at a time.
    ///
    /// @param columns the columns to take, in this order; empty for all
    public Chunks chunks(int rowsPerChunk, List<String> columns) {
        return chunks(rowsPerChunk, columns, false);
    }

    /// @param alone whether this thread does all of the work, while others do other work
    private Chunks chunks(int rowsPerChunk, List<String> columns, boolean alone) {
        Database database = null;
        try {
            database = Database.open();
            if (alone) {
                database.run("SET threads = 1");
            }
            return new FileChunks(database, relation.with(picks(columns)), rowsPerChunk, file, parquet(file));
        } catch (SQLException e) {
            FileReader.close(database);
            throw Troubles.reading(e, file, parquet(file));
        }
    }

    /// All cells of columns, in groups of neighbours as small as is worth it.
    public void each(Engine engine, List<String> columns, FrameFile.Taking taking) {
        long worth = rows() * columns.size() / CELLS_OF_GROUP + 1;
        int groups = (int) Math.min(Math.min(columns.size(), MOST_GROUPS), worth);
        int atOnce = Math.min(groups, engine.parallelism());
        engine.map(groups, group -> {
            int from = columns.size() * group / groups;
            List<String> some = columns.subList(from, columns.size() * (group + 1) / groups);
            int rows = rowsPerChunk(some.size() * atOnce, ROWS_OF_GROUP);
            try (Chunks chunks = chunks(rows, some, atOnce > 1)) {
                while (chunks.hasNext()) {
                    List<Column> cells = chunks.next().columns();
                    for (int i = 0; i < cells.size(); i++) {
                        taking.cells(from + i, cells.get(i));
                    }
                }
            }
            return group;
        });
    }

    private List<Pick> picks(List<String> columns) {
        return columns.isEmpty()
                ? relation.picks()
                : columns.stream()
                        .map(c -> relation.picks().get(none.schema().indexOf(c)))
                        .toList();
    }

    /// All rows.
    public Frame frame(List<String> columns) {
        try (Database database = Database.open()) {
            return FileReader.held(database, relation.with(picks(columns)));
        } catch (SQLException e) {
            throw Troubles.reading(e, file, parquet(file));
        } catch (Fault e) {
            throw e.at(file.toString());
        }
    }

    /// The rows chosen, in order, as another file.
    public StoredRows keep(BitSet rows, Path target, Path spill) {
        FileFormat format = parquet(target);
        return filled(file, target, spill, (database, fresh) -> {
            StoredKeys.register(database, rows::get);
            String select = "SELECT " + stored(relation.picks()) + " FROM " + numbered(database) + " WHERE "
                    + StoredKeys.PICKED + "(" + rowNumber(database) + ")";
            require(
                    FileWriter.copy(database, select, none, fresh, format, WriteOptions.DEFAULTS),
                    rows.cardinality(),
                    relation,
                    database);
        });
    }

    /// The rows chosen, in order, some at a time.
    public Chunks kept(BitSet rows, int rowsPerChunk) {
        Database database = null;
        try {
            database = Database.open();
            StoredKeys.register(database, rows::get);
            String from = "(SELECT * FROM " + numbered(database) + " WHERE " + StoredKeys.PICKED + "("
                    + rowNumber(database) + "))";
            Relation chosen = new Relation(from, rows.cardinality(), relation.picks());
            return new FileChunks(database, chosen, rowsPerChunk, file, parquet(file));
        } catch (SQLException e) {
            FileReader.close(database);
            throw Troubles.reading(e, file, parquet(file));
        }
    }

    /// The relation with a column of row numbers; a file may have a column of that name itself.
    String numbered(Database database) throws SQLException {
        return hasRowColumn()
                ? "(SELECT *, row_number() OVER () - 1 AS " + rowNumber(database) + " FROM " + relation.from() + ")"
                : ParquetFile.numbered(relation.from(), ROW);
    }

    String rowNumber(Database database) throws SQLException {
        return Sql.name(hasRowColumn() ? "row number of the table" : ROW);
    }

    /// Whether the file has a column of its own that DuckDB would take for the number of a row.
    private boolean hasRowColumn() {
        return none.schema().names().stream().anyMatch(name -> name.equalsIgnoreCase(ROW));
    }

    static String stored(List<Pick> picks) {
        List<String> names =
                Names.apart(picks.stream().map(p -> p.field().name()).toList());
        return IntStream.range(0, picks.size())
                .mapToObj(i -> picks.get(i).stored() + " AS " + Sql.name(names.get(i)))
                .collect(Collectors.joining(", "));
    }

    /// Another file as a Parquet file, see [dev.assay.frame.FrameFile#convert].
    public static Converted convert(
            Path from, ReadOptions options, Map<String, String> units, Path target, Path spill) {
        FileFormat format = FileFormat.of(from);
        format.requireReadable(from);
        FileFormat parquet = parquet(target);
        List<Pick> taken = new ArrayList<>();
        RowLines[] lines = {RowLines.UNKNOWN};
        StoredRows made = filled(from, target, spill, (database, fresh) -> {
            Table read;
            try {
                Opened opened = FileReader.open(database, from, format, options, Limits.ofProcess(), true);
                lines[0] = opened.lines();
                read = opened.table().with(withUnits(opened.table().picks(), units));
            } catch (Fault e) {
                throw e.at(from.toString());
            }
            List<Pick> picks = read.picks();
            // The levels are found in what is written, which takes a small part of the time.
            Table table = read.with(picks.stream().map(p -> p.encodedUpTo(0)).toList());
            Frame none = Pick.none(table.picks());
            taken.addAll(picks);
            FileWriter.requireWritable(none, parquet);
            switch (table) {
                case Relation relation -> {
                    String select = "SELECT " + stored(relation.picks()) + " FROM " + relation.from();
                    require(
                            FileWriter.copy(database, select, none, fresh, parquet, WriteOptions.DEFAULTS),
                            relation.rows(),
                            relation,
                            database);
                }
                default -> {
                    int rows = rowsPerChunk(table.picks().size(), Integer.MAX_VALUE);
                    // It opens databases of its own.
                    try (Chunks chunks = new FileChunks(Database.open(), table, rows, from, format)) {
                        FileWriter.copy(database, none, () -> chunks, fresh, parquet, WriteOptions.DEFAULTS);
                    }
                }
            }
            if (picks.stream().anyMatch(p -> p.encodeUpTo() > 0)) {
                noteLevels(database, fresh, picks);
            }
        });
        return new Converted(made, FileReader.readings(taken, made.none().schema()), lines[0]);
    }

    /// A file as a Parquet file, how its columns came to be what they are, and where its rows stand.
    public record Converted(StoredRows table, List<Reading.ColumnReading> columns, RowLines lines) {}

    /// Notes the levels of the columns that become categories in a file that has them as texts.
    private static void noteLevels(Database database, Path fresh, List<Pick> wanted) throws SQLException, IOException {
        Relation written = ParquetFile.open(database, fresh, ReadOptions.DEFAULTS, Limits.ofProcess(), false);
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            picks.add(written.picks().get(i).encodedUpTo(wanted.get(i).encodeUpTo()));
        }
        Frame none = Pick.none(Levels.settled(database, written.with(picks)).picks());
        ParquetFooter.note(fresh, SchemaNote.KEY, SchemaNote.write(none));
    }

    private static List<Pick> withUnits(List<Pick> picks, Map<String, String> units) {
        Schema schema = new Schema(picks.stream().map(Pick::field).toList());
        List<Pick> changed = new ArrayList<>(picks);
        units.forEach((column, unit) -> {
            int i = schema.indexOf(column);
            changed.set(i, changed.get(i).withUnit(unit));
        });
        return changed;
    }

    /// Frames one below the other as a Parquet file.
    public static StoredRows write(Chunks chunks, Path target) {
        parquet(target);
        FileWriter.write(chunks, target, WriteOptions.DEFAULTS);
        return open(target);
    }

    /// What the table takes in the heap as a frame.
    public long heapBytes() {
        try (Database database = Database.open()) {
            return HeapNeed.of(database, relation);
        } catch (SQLException e) {
            throw Troubles.reading(e, file, parquet(file));
        }
    }

    /// How many cells of each column are missing.
    public long[] missing() {
        long[] missing = new long[relation.picks().size()];
        try (Database database = Database.open()) {
            for (int from = 0; from < missing.length; from += WIDTH) {
                String counts = relation.picks().subList(from, Math.min(missing.length, from + WIDTH)).stream()
                        .map(p -> "count(" + p.present() + ")")
                        .collect(Collectors.joining(", "));
                List<String> told = database.ask("SELECT " + counts + " FROM " + relation.from())
                        .getFirst();
                for (int i = 0; i < told.size(); i++) {
                    missing[from + i] = relation.rows() - Long.parseLong(told.get(i));
                }
            }
            return missing;
        } catch (SQLException e) {
            throw Troubles.reading(e, file, parquet(file));
        }
    }

    /// How many different values each of these columns has, by the rules of
    /// [dev.assay.frame.FrameFile#distinct].
    public long[] distinct(List<String> columns, Path spill) {
        long[] distinct = new long[columns.size()];
        try (Database database = Database.spilling(spill, Limits.ofProcess())) {
            for (int i = 0; i < distinct.length; i++) {
                Pick pick = picks(List.of(columns.get(i))).getFirst();
                String value = switch (pick.field().type()) {
                    // Adding 0 makes 0 of -0.
                    case DOUBLE, LONG, DATE, DATE_TIME, INSTANT -> "CAST(" + pick.expression() + " AS DOUBLE) + 0";
                    case BOOLEAN, CATEGORY, TEXT -> pick.expression();
                };
                String missing = pick.field().type() == ColumnType.DOUBLE ? " WHERE NOT isnan(value)" : "";
                // DISTINCT as a query of its own does more of its work on all cores than within count.
                distinct[i] = database.number("SELECT count(value) FROM (SELECT DISTINCT value FROM (SELECT " + value
                        + " AS value FROM " + relation.from() + ")" + missing + ")");
            }
            return distinct;
        } catch (SQLException e) {
            throw Troubles.reading(e, file, parquet(file));
        }
    }

    private static void require(long came, long rows, Relation relation, Database database) throws SQLException {
        if (came != rows) {
            throw relation.explain(database);
        }
    }

    /// Fills a file from another.
    @FunctionalInterface
    interface Filling {
        void fill(Database database, Path fresh) throws SQLException, IOException;
    }

    static StoredRows filled(Path from, Path target, Path spill, Filling filling) {
        FileFormat format = FileFormat.of(from);
        SafeFile.write(target, fresh -> {
            try (Database database = Database.spilling(spill, Limits.ofProcess())) {
                filling.fill(database, fresh);
            } catch (SQLException e) {
                if (Troubles.isFullDisk(String.valueOf(e.getMessage()))) {
                    throw e;
                }
                throw Troubles.reading(e, from, format);
            }
        });
        return open(target);
    }
}
