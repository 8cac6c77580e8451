package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What a file's name says about its content.
///
/// @param layout      how rows and cells are laid out
/// @param compression `none`, `gzip` or `zstd`; Parquet compresses inside
record FileFormat(Layout layout, String compression) {
    /// How rows and cells are laid out.
    enum Layout {
        /// Apache Parquet.
        PARQUET("Parquet"),
        /// Fields between commas.
        CSV("CSV"),
        /// Fields between tabs.
        TSV("CSV"),
        /// A JSON object a line.
        JSON_LINES("JSON Lines"),
        /// An array of JSON objects.
        JSON("JSON");

        private final String spoken;

        Layout(String spoken) {
            this.spoken = spoken;
        }

        /// What people call it.
        String spoken() {
            return spoken;
        }
    }

    private static final List<String> ENDINGS = List.of(".parquet", ".csv", ".tsv", ".jsonl", ".ndjson", ".json");

    /// @throws Fault (BAD_SETTING) if the name has none of the known endings
    static FileFormat of(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        String compression = "none";
        if (name.endsWith(".gz")) {
            compression = "gzip";
            name = name.substring(0, name.length() - 3);
        } else if (name.endsWith(".zst")) {
            compression = "zstd";
            name = name.substring(0, name.length() - 4);
        }
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot);
        if (!ENDINGS.contains(ending) || (ending.equals(".parquet") && !compression.equals("none"))) {
            throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "the name does not tell the format; let it end in " + String.join(", ", ENDINGS)
                                    + ", the text formats also with .gz or .zst behind.")
                    .at(file.toString());
        }
        return new FileFormat(
                switch (ending) {
                    case ".parquet" -> Layout.PARQUET;
                    case ".csv" -> Layout.CSV;
                    case ".tsv" -> Layout.TSV;
                    case ".json" -> Layout.JSON;
                    default -> Layout.JSON_LINES;
                },
                compression);
    }

    /// @throws Fault (MISSING_FILE) unless there is a file that may be read, (MALFORMED_FILE) if it is
    ///     empty
    void requireReadable(Path file) {
        Path absolute = file.toAbsolutePath();
        if (!Files.exists(file)) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such file; check the path.")
                    .at(absolute.toString());
        }
        if (Files.isDirectory(file)) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "this is a folder, not a file; name a file in it.")
                    .at(absolute.toString());
        }
        if (!Files.isReadable(file)) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file may not be read; check its permissions.")
                    .at(absolute.toString());
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                throw malformed("the file is empty; it has no columns to tell.").at(file.toString());
            }
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be looked at; check the disk.")
                    .at(absolute.toString())
                    .causedBy(e);
        }
    }

    /// Whether it is fields between commas or tabs.
    boolean isCsv() {
        return layout == Layout.CSV || layout == Layout.TSV;
    }

    static Fault malformed(String sentence) {
        return Fault.of(Fault.Kind.MALFORMED_FILE, sentence);
    }
}
