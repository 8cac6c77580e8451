package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Parquet as a relation. The footer tells rows and types, so nothing is read beforehand; but it is
/// not believed before it has been compared with itself and with the size of the file.
final class ParquetFile {
    private static final String ALIAS = ") AS file(";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");
    private static final int CELL_BYTES = 8;
    private static final int MOST_DIGITS = 18;

    private ParquetFile() {}

    static Relation open(Database database, Path file, ReadOptions options, Limits limits, boolean told)
            throws SQLException {
        requireWholeFooter(file);
        String path = Sql.path(file);
        // Without the options, folders named `key=value` on the way would turn into columns.
        String reader = "read_parquet(" + path + ", hive_partitioning = false, filename = false)";
        long columns = Long.parseLong(database.ask("SELECT count(*) FROM parquet_schema(" + path + ")")
                .getFirst()
                .getFirst());
        // The root of the schema is none of its columns.
        if (columns - 1 > limits.of(Limit.COLUMNS)) {
            throw limits.exceeded(
                    Fault.Kind.MALFORMED_FILE,
                    Limit.COLUMNS,
                    "the schema has more than " + limits.of(Limit.COLUMNS) + " columns");
        }
        long rows = rows(database, path);
        Map<String, String> notes = notes(database, path);
        SchemaNote note = SchemaNote.parse(notes.getOrDefault(SchemaNote.KEY, "{}"));
        List<Types.Source> all = columns(database, path, reader, ForeignSchema.durations(notes));
        // Names of our own, as those in the file may be anything.
        String from = reader.substring(0, reader.length() - 1) + ALIAS
                + IntStream.range(0, all.size()).mapToObj(ParquetFile::column).collect(Collectors.joining(", ")) + ")";
        List<Types.Source> sources = wanted(all, options);
        List<Pick> typed = declared(database, from, sources, options, told);
        List<Pick> picks = typed.stream()
                .map(pick -> options.types().containsKey(pick.field().name()) ? pick : note.applied(pick))
                .toList();
        requireRoom(file, rows, picks.size(), limits);
        return new Relation(from, rows, picks);
    }

    /// The relation of a file with the number of each row, from 0, as one more column.
    static String numbered(String from, String name) {
        int alias = from.lastIndexOf(ALIAS);
        return from.substring(0, alias) + ", " + name + " = true" + from.substring(alias, from.length() - 1) + ", "
                + name + ")";
    }

    /// What a column is called in queries.
    private static String column(int place) {
        return "c" + place;
    }

    /// The notes in the footer that are looked at, by key; of several under one key the first.
    private static Map<String, String> notes(Database database, String path) throws SQLException {
        Map<String, String> notes = new HashMap<>();
        for (String key : List.of(SchemaNote.KEY, ForeignSchema.ARROW, ForeignSchema.SPARK)) {
            List<List<String>> found = database.ask("SELECT TRY(decode(value)) FROM parquet_kv_metadata(" + path
                    + ") WHERE key = CAST(" + Sql.text(key) + " AS BLOB)");
            if (!found.isEmpty()) {
                notes.put(key, found.getFirst().getFirst());
            }
        }
        return notes;
    }

    /// The file's own columns, whose names DuckDB changes where they differ in case alone or are empty.
    private static List<Types.Source> columns(
            Database database, String path, String from, Map<Integer, String> durations) throws SQLException {
        List<List<String>> elements =
                database.ask("SELECT name, coalesce(num_children, 0), coalesce(type, ''), coalesce(precision, 0)"
                        + ", coalesce(scale, 0) FROM parquet_schema(" + path + ")");
        List<Types.Source> columns = new ArrayList<>();
        int at = 1;
        for (List<String> column : database.ask("DESCRIBE SELECT * FROM " + from)) {
            List<String> element = elements.get(at);
            String type = column.get(1);
            String unit = durations.getOrDefault(columns.size(), "");
            String stored = "";
            if (element.get(2).equals("INT96")) {
                stored = "INT96";
            } else if (type.equals("DOUBLE") && Long.parseLong(element.get(3)) > 0) {
                stored = "DECIMAL(" + element.get(3) + "," + element.get(4) + ")";
            } else if (!unit.isEmpty() && (type.equals("BIGINT") || type.equals("INTEGER"))) {
                stored = "duration in " + unit;
            }
            columns.add(new Types.Source(element.getFirst(), column(columns.size()), type, stored, unit));
            at = past(elements, at);
        }
        Names.require(columns.stream().map(Types.Source::name).toList());
        return columns;
    }

    /// The place of the element behind this one and all that lies in it.
    private static int past(List<List<String>> elements, int at) {
        long open = 1;
        int next = at;
        while (open > 0 && next < elements.size()) {
            open += Long.parseLong(elements.get(next).get(1)) - 1;
            next++;
        }
        return next;
    }

    private static List<Types.Source> wanted(List<Types.Source> columns, ReadOptions options) {
        List<String> names = columns.stream().map(Types.Source::name).toList();
        DeclaredTypes.requireKnown(options.types().keySet(), names);
        return Wanted.of(names, options.columns()).stream()
                .map(name -> columns.get(names.indexOf(name)))
                .toList();
    }

    private static List<Pick> declared(
            Database database, String from, List<Types.Source> sources, ReadOptions options, boolean told)
            throws SQLException {
        List<Types.Source> guessed = sources.stream()
                .filter(source -> !options.types().containsKey(source.name()))
                .toList();
        List<Pick> free = new ArrayList<>(Types.picks(database, from, guessed, told));
        List<Pick> picks = new ArrayList<>();
        for (Types.Source source : sources) {
            if (!options.types().containsKey(source.name())) {
                picks.add(withMissing(free.removeFirst(), options.missingTexts()));
                continue;
            }
            Pick text = Pick.of(source.name(), ColumnType.TEXT, "").telling(new Pick.Told(source.inFile(), 0, ""));
            Pick declared = DeclaredTypes.applied(
                            database,
                            from,
                            List.of(text),
                            List.of(Types.text(source)),
                            options.types(),
                            false,
                            options.missingTexts())
                    .getFirst();
            picks.add(withMissing(declared, options.missingTexts()));
        }
        return picks;
    }

    /// A pick whose cells are missing where they are one of these texts, or one of these numbers.
    private static Pick withMissing(Pick pick, List<String> texts) {
        String cell = pick.expression();
        List<String> nothing = switch (pick.field().type()) {
            case TEXT -> texts.stream().map(Sql::text).toList();
            case LONG, DOUBLE ->
                texts.stream().filter(t -> NUMBER.matcher(t).matches()).toList();
            case BOOLEAN, CATEGORY, DATE, DATE_TIME, INSTANT -> List.of();
        };
        return nothing.isEmpty()
                ? pick
                : pick.withExpression(
                        "CASE WHEN " + cell + " NOT IN (" + String.join(", ", nothing) + ") THEN " + cell + " END");
    }

    private static void requireWholeFooter(Path file) {
        try {
            if (!ParquetFooter.countsWhatItHolds(file)) {
                throw FileFormat.malformed(
                        "the file is damaged: its footer announces more than it holds; make it anew.");
            }
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                    .causedBy(e);
        }
    }

    /// The number of rows, if the footer says the same of it everywhere. A column has a value, or a
    /// mark that there is none, for each row of a group.
    private static long rows(Database database, String path) throws SQLException {
        List<String> told = database.ask("SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(" + path + "))"
                        + ", (SELECT coalesce(sum(row_group_num_rows), 0) FROM parquet_metadata(" + path
                        + ") WHERE column_id = 0), (SELECT count(*) FROM parquet_metadata(" + path
                        + ") WHERE num_values < row_group_num_rows OR row_group_num_rows < 0)")
                .getFirst();
        String rows = told.getFirst();
        if (!rows.equals(told.get(1)) || !told.getLast().equals("0") || rows.length() > MOST_DIGITS) {
            throw FileFormat.malformed(
                    "the file is damaged: its footer contradicts itself about the number of rows; " + "make it anew.");
        }
        return Long.parseLong(rows);
    }

    /// Rows can be claimed, or be repeated a billion times by a few bytes: as with other compressed
    /// files, what becomes of a byte has a limit, unless it would fit into the heap in any case.
    private static void requireRoom(Path file, long rows, int columns, Limits limits) {
        double bytes = (double) rows * columns * CELL_BYTES;
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                    .causedBy(e);
        }
        double room = Math.max(Limits.FREE_BYTES, Runtime.getRuntime().maxMemory());
        if (bytes > Math.max(room, (double) size * limits.of(Limit.EXPANSION))) {
            throw limits.exceeded(
                    Fault.Kind.MALFORMED_FILE,
                    Limit.EXPANSION,
                    "the file of " + size + " bytes says that it has " + rows + " rows, more than "
                            + limits.of(Limit.EXPANSION) + " bytes of cells for each of its own");
        }
    }
}
