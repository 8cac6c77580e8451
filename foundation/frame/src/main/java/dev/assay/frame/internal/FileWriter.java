package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.WriteOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

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

    static void copy(Frame frame, Path fresh, FileFormat format, WriteOptions options) throws SQLException {
        FrameSource.TimesAs times =
                format.layout() == FileFormat.Layout.PARQUET ? FrameSource.TimesAs.TYPED : FrameSource.TimesAs.TEXTS;
        try (Database database = Database.open()) {
            String select = FrameSource.register(database, "frame", frame, times, false, f -> true);
            if (options.spreadsheetGuard() && format.isCsv()) {
                select = SpreadsheetGuard.around(select, frame);
            }
            database.run("COPY (" + select + ") TO "
                    + Sql.text(fresh.toAbsolutePath().toString()) + " (" + layout(frame, format) + ")");
        }
    }

    private static String layout(Frame frame, FileFormat format) {
        return "USE_TMP_FILE false, "
                + switch (format.layout()) {
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
        requireDistinct(frame);
        boolean json = switch (format.layout()) {
            case JSON, JSON_LINES -> true;
            case PARQUET, CSV, TSV -> false;
        };
        if (json) {
            for (int i = 0; i < frame.columns().size(); i++) {
                if (frame.columns().get(i) instanceof Column.Doubles doubles) {
                    requireFinite(doubles, frame.schema().names().get(i));
                }
            }
        }
    }

    /// @throws Fault (BAD_DATA) if two names are the same but for case, which DuckDB and its files
    /// do not
    ///     tell apart
    static void requireDistinct(Frame frame) {
        Map<String, String> seen = new HashMap<>();
        for (String name : frame.schema().names()) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "columns '" + other + "' and '" + name + "' differ in case alone, which SQL and its files do "
                                + "not tell apart; rename one.");
            }
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
