package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.Schema;
import dev.assay.frame.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Frames into files.
public final class FileWriter {
    private FileWriter() {}

    /// See [dev.assay.frame.Frames#write(Frame, Path, WriteOptions)].
    public static void write(Frame frame, Path file, WriteOptions options) {
        FileFormat format = FileFormat.of(file);
        try {
            requireWritable(frame, format);
            requireCells(frame, format, 0);
        } catch (Fault e) {
            throw e.at(file.toString());
        }
        SafeFile.write(file, fresh -> copy(frame, fresh, format, options));
    }

    /// The same of chunks, one below the other.
    public static void write(Chunks chunks, Path file, WriteOptions options) {
        FileFormat format = FileFormat.of(file);
        try {
            requireWritable(chunks.none(), format);
        } catch (Fault e) {
            throw e.at(file.toString());
        }
        long[] before = {0};
        Chunks writable = chunks.map(chunk -> {
            try {
                requireCells(chunk, format, before[0]);
            } catch (Fault e) {
                throw e.at(file.toString());
            }
            before[0] += chunk.rows();
            return chunk;
        });
        SafeFile.write(file, fresh -> {
            try (Database database = Database.open()) {
                copy(database, writable.none(), () -> writable, fresh, format, options);
            }
        });
    }

    static void copy(Frame frame, Path fresh, FileFormat format, WriteOptions options)
            throws SQLException, IOException {
        try (Database database = Database.open()) {
            copy(database, frame, List.of(frame), fresh, format, options);
        }
    }

    /// Frames of the same schema and levels into one file, one below the other.
    ///
    /// @param none such a frame
    /// @return how many rows there were
    static long copy(
            Database database, Frame none, Iterable<Frame> frames, Path fresh, FileFormat format, WriteOptions options)
            throws SQLException, IOException {
        FrameSource.TimesAs times =
                format.layout() == FileFormat.Layout.PARQUET ? FrameSource.TimesAs.TYPED : FrameSource.TimesAs.TEXTS;
        FrameSource source = new FrameSource(apart(none), frames, -1, times);
        String select = source.register(database, "frame", false, f -> true);
        try {
            return copy(database, select, none, fresh, format, options);
        } catch (SQLException e) {
            switch (source.failure()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    /// The rows of a SELECT into a file, in order.
    ///
    /// @param select yields the columns of `none` under their names as [Names#apart(List)] gives them
    /// @param none   a frame of the same schema and levels
    /// @return how many there were
    static long copy(Database database, String select, Frame none, Path fresh, FileFormat format, WriteOptions options)
            throws SQLException, IOException {
        List<String> names = none.schema().names();
        List<String> apart = Names.apart(names);
        boolean alike = !apart.equals(names);
        boolean guarded = options.spreadsheetGuard() && format.isCsv();
        String rows = guarded ? SpreadsheetGuard.around(select, apart(none)) : select;
        String layout = layout(none, format);
        if (alike) {
            switch (format.layout()) {
                case PARQUET -> {}
                case CSV, TSV -> {
                    List<String> written = guarded ? SpreadsheetGuard.names(names) : names;
                    layout = layout.replace(
                            "HEADER true",
                            "HEADER false, PREFIX " + Sql.text(header(written, format)) + ", SUFFIX '\n'");
                }
                case JSON_LINES, JSON -> {
                    rows = objects(names, apart, rows, format);
                    layout = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u001F', COMPRESSION "
                            + format.compression()
                            + (format.layout() == FileFormat.Layout.JSON ? ", PREFIX '[', SUFFIX ']\n'" : "");
                }
            }
        }
        long came = database.copy("COPY (" + rows + ") TO "
                + Sql.text(fresh.toAbsolutePath().toString()) + " (USE_TMP_FILE false, " + layout + ")");
        if (alike && format.layout() == FileFormat.Layout.PARQUET) {
            Map<String, String> own = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                own.put(apart.get(i), names.get(i));
            }
            ParquetFooter.rename(fresh, own);
        }
        return came;
    }

    private static Frame apart(Frame frame) {
        List<String> apart = Names.apart(frame.schema().names());
        return apart.equals(frame.schema().names()) ? frame : renamed(frame, apart);
    }

    private static Frame renamed(Frame frame, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Field field = frame.schema().fields().get(i);
            fields.add(new Field(names.get(i), field.type(), field.unit()));
        }
        return Frame.of(new Schema(fields), frame.columns());
    }

    /// The first line of CSV.
    private static String header(List<String> names, FileFormat format) {
        String delimiter = format.layout() == FileFormat.Layout.TSV ? "\t" : ",";
        return names.stream()
                        .map(name -> name.contains(delimiter)
                                        || name.contains("\"")
                                        || name.contains("\n")
                                        || name.contains("\r")
                                ? '"' + name.replace("\"", "\"\"") + '"'
                                : name)
                        .collect(Collectors.joining(delimiter))
                + "\n";
    }

    /// The rows as texts of JSON, whose keys DuckDB's own writer would change.
    private static String objects(List<String> names, List<String> columns, String select, FileFormat format) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            members.add(Sql.text(names.get(i)) + ", " + Sql.name(columns.get(i)));
        }
        String object = "CAST(json_object(" + String.join(", ", members) + ") AS VARCHAR)";
        return format.layout() == FileFormat.Layout.JSON
                ? "SELECT CASE WHEN row_number() OVER () = 1 THEN '' ELSE ',' END || " + object + " FROM (" + select
                        + ")"
                : "SELECT " + object + " FROM (" + select + ")";
    }

    private static String layout(Frame frame, FileFormat format) {
        return switch (format.layout()) {
            case PARQUET ->
                "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, KV_METADATA {"
                        + Sql.text(SchemaNote.KEY) + ": "
                        + Sql.text(SchemaNote.write(frame)) + "}";
            case CSV -> csv(",", format);
            case TSV -> csv("\t", format);
            case JSON_LINES -> "FORMAT json, ARRAY false, COMPRESSION " + format.compression();
            case JSON -> "FORMAT json, ARRAY true, COMPRESSION " + format.compression();
        };
    }

    private static String csv(String delimiter, FileFormat format) {
        return "FORMAT csv, HEADER true, DELIMITER " + Sql.text(delimiter)
                + ", QUOTE '\"', ESCAPE '\"', NULLSTR '', COMPRESSION " + format.compression();
    }

    static void requireWritable(Frame frame, FileFormat format) {
        if (frame.columns().isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "a frame without columns cannot be written; add a column.");
        }
        for (int i = 0; i < frame.columns().size(); i++) {
            if (format.layout() != FileFormat.Layout.PARQUET
                    && frame.schema().names().get(i).indexOf('\0') >= 0) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the name of column " + (i + 1) + " has a NUL, which text formats cannot say; write Parquet.");
            }
        }
    }

    /// @param before rows of the table that come before the frame's
    private static void requireCells(Frame frame, FileFormat format, long before) {
        for (int i = 0; i < frame.columns().size(); i++) {
            String name = frame.schema().names().get(i);
            switch (format.layout()) {
                case PARQUET -> {}
                case CSV, TSV -> requireCommonYears(frame.columns().get(i), name, before);
                case JSON, JSON_LINES -> {
                    requireCommonYears(frame.columns().get(i), name, before);
                    if (frame.columns().get(i) instanceof Column.Doubles doubles) {
                        requireFinite(doubles, name, before);
                    }
                }
            }
        }
    }

    /// Years are written with four digits, and a date with another would be read as a text.
    private static void requireCommonYears(Column column, String name, long before) {
        for (int i = 0; i < column.length(); i++) {
            boolean common = switch (column) {
                case Column.Dates dates -> CalendarText.isCommonDay(dates.day(i));
                case Column.Moments moments -> CalendarText.isCommonMoment(moments.micros(i));
                case Column.Doubles d -> true;
                case Column.Longs l -> true;
                case Column.Booleans b -> true;
                case Column.Categories c -> true;
                case Column.Texts t -> true;
            };
            if (!common) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' has a year before 0001 or after 9999 in row " + (before + i)
                                + ", which text formats cannot say; write Parquet.");
            }
        }
    }

    /// @throws Fault (BAD_DATA) if two names are the same but for case, which SQL does not tell apart
    static void requireDistinct(Frame frame) {
        Set<String> alike = Names.alike(frame.schema().names());
        if (!alike.isEmpty()) {
            throw Names.ambiguous(alike);
        }
    }

    private static void requireFinite(Column.Doubles doubles, String name, long before) {
        for (int i = 0; i < doubles.length(); i++) {
            if (Double.isInfinite(doubles.value(i))) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' is infinite in row " + (before + i)
                                + ", which JSON cannot say; write Parquet or CSV.");
            }
        }
    }
}
