package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.FrameFile;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.Source;
import dev.assay.study.StageContext;
import dev.assay.weigh.RowPlaces;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// What messages call a row of a stage's tables: its number, counted from 1, and file and line where the table was
/// read from a text file of the user's.
public final class Places {
    private final StageContext context;

    /// The places in the tables of a stage.
    public Places(StageContext context) {
        this.context = context;
    }

    /// Where rows of a table stand. The file is read again for it, as a row may take several lines, so this is for
    /// a message that ends the stage.
    ///
    /// @param input the input that the table was given as
    public RowPlaces of(String input) {
        return rows -> {
            Optional<Path> file = context.file(input);
            if (file.isEmpty()) {
                return "";
            }
            String name = String.valueOf(file.get().getFileName());
            return source(file.get())
                    .filter(s -> s.firstLine() > 0)
                    .map(s -> name + ", "
                            + RowPlaces.lines(
                                    Arrays.stream(rows).mapToLong(s::line).toArray()))
                    .orElse(name);
        };
    }

    /// `row 7 of the persons (persons.csv, line 8)`.
    ///
    /// @param row counted from 0
    public String row(String input, int row) {
        return "row " + (row + 1) + " of the " + input + of(input).clause(row);
    }

    /// [#row] of one input, as a function.
    IntFunction<String> rows(String input) {
        return row -> row(input, row);
    }

    /// Where the rows of a file stand; nothing if it cannot be told.
    private Optional<Source> source(Path file) {
        Path folder = context.folder();
        try {
            FrameFile.Converted read = FrameFile.convert(
                    file,
                    ReadOptions.DEFAULTS,
                    Map.of(),
                    folder.resolve("places-" + file.getFileName() + ".parquet"),
                    folder.resolve("places-spill"));
            return Optional.of(Source.of(
                    String.valueOf(file.getFileName()),
                    read.lines(),
                    read.table().rows()));
        } catch (Fault unreadable) {
            // The message is about something else, and says the row.
            return Optional.empty();
        }
    }
}
