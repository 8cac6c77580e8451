package dev.assay.frame.internal;

import dev.assay.fault.Fault;
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
        } catch (Fault e) {
            throw e.at(file.toString());
        }
        SafeFile.write(file, fresh -> copy(frame, fresh, format, options));
    }

    static void copy(Frame frame, Path fresh, FileFormat format, WriteOptions options)
            throws SQLException, IOException {
        FrameSource.TimesAs times = format.layout() == FileFormat.Layout.PARQUET
                ? FrameSource.TimesAs.TYPED
                : FrameSource.TimesAs.TEXTS;
        List<String> names = frame.schema().names();
        List<String> apart = Names.apart(names);
        boolean alike = !apart.equals(names);
        boolean guarded = options.spreadsheetGuard() && format.isCsv();
        try (Database database = Database.open()) {
            String select =
                    FrameSource.register(database, "frame", alike ? renamed(frame, apart) : frame, times, false, f -> true);
            if (guarded) {
                select = SpreadsheetGuard.around(select, alike ? renamed(frame, apart) : frame);
            }
            String layout = layout(frame, format);
            if (alike) {
                switch (format.layout()) {
                    case PARQUET -> {}
                    case CSV, TSV -> {
                        List<String> written = guarded ? SpreadsheetGuard.names(names) : names;
                        layout = layout.replace("HEADER true", "HEADER false, PREFIX " + Sql.text(header(written, format)) + ", SUFFIX '\n'");
                    }
                    case JSON_LINES, JSON -> {
                        select = objects(names, apart, select, format);
                        layout = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u001F', COMPRESSION "
                                + format.compression()
                                + (format.layout() == FileFormat.Layout.JSON ? ", PREFIX '[', SUFFIX ']\n'" : "");
                    }
                }
            }
            database.run("COPY (" + select + ") TO "
                    + Sql.text(fresh.toAbsolutePath().toString()) + " (USE_TMP_FILE false, " + layout + ")");
        }
        if (alike && format.layout() == FileFormat.Layout.PARQUET) {
            Map<String, String> own = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                own.put(apart.get(i), names.get(i));
            }
            ParquetFooter.rename(fresh, own);
        }
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
                ? "SELECT CASE WHEN row_number() OVER () = 1 THEN '' ELSE ',' END || " + object + " FROM (" + select + ")"
                : "SELECT " + object + " FROM (" + select + ")";
    }

    private static String layout(Frame frame, FileFormat format) {
        return switch (format.layout()) {
                    case PARQUET ->
                        "FORMAT parquet, COMPRESSION zstd, KV_METADATA {" + Sql.text(SchemaNote.KEY) + ": "
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

    private static void requireWritable(Frame frame, FileFormat format) {
        if (frame.columns().isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "a frame without columns cannot be written; add a column.");
        }
        for (int i = 0; i < frame.columns().size(); i++) {
            String name = frame.schema().names().get(i);
            if (format.layout() != FileFormat.Layout.PARQUET && name.indexOf('\0') >= 0) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the name of column " + (i + 1) + " has a NUL, which text formats cannot say; write Parquet.");
            }
            switch (format.layout()) {
                case PARQUET -> {}
                case CSV, TSV -> requireCommonYears(frame.columns().get(i), name);
                case JSON, JSON_LINES -> {
                    requireCommonYears(frame.columns().get(i), name);
                    if (frame.columns().get(i) instanceof Column.Doubles doubles) {
                        requireFinite(doubles, name);
                    }
                }
            }
        }
    }

    /// Years are written with four digits, and a date with another would be read as a text.
    private static void requireCommonYears(Column column, String name) {
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
                        "column '" + name + "' has a year before 0001 or after 9999 in row " + i
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

    private static void requireFinite(Column.Doubles doubles, String name) {
        for (int i = 0; i < doubles.length(); i++) {
            if (Double.isInfinite(doubles.value(i))) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' is infinite in row " + i
                                + ", which JSON cannot say; write Parquet or CSV.");
            }
        }
    }
}
