package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.FrameFile;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.internal.SourceLines;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `microdata.read`: one table from a file.
public final class ReadStage implements Stage<ReadStage.Settings, ReadStage.Read> {
    /// Which file, and how its cells are understood.
    public record Settings(
            @Input("the data: Parquet, CSV, TSV or JSON Lines; the text formats also as .gz or .zst")
            Path file,

            @Setting(value = "texts that stand for a missing value", defaultsTo = "[]")
            List<String> missing,

            @Setting(value = "columns to keep, in this order; all if empty", defaultsTo = "[]")
            List<String> columns,

            @Setting(
                    value = "text columns with at most this many different values become categories; none if 0",
                    defaultsTo = "1000",
                    min = 0,
                    max = 1_000_000)
            int maxLevels,

            @Setting(value = "units of measurement, a mapping from column to unit", defaultsTo = "{}")
            Map<String, String> units) {}

    /// The table and where its rows stand in the file.
    public record Read(
            @Artefact("the table") FrameFile table,
            @Artefact("where its rows stand in the file") Source source) {}

    @Override
    public String kind() {
        return "microdata.read";
    }

    @Override
    public String summary() {
        return "read a table from Parquet, CSV or JSON Lines";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Read> output() {
        return Read.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Read run(Settings input, StageContext context) {
        ReadOptions options = ReadOptions.DEFAULTS
                .withMissing(input.missing().toArray(String[]::new))
                .withColumns(input.columns().toArray(String[]::new));
        if (input.maxLevels() > 0) {
            options = options.withCategoriesUpTo(input.maxLevels());
        }
        Path folder = context.folder();
        FrameFile table = FrameFile.convert(
                input.file(), options, input.units(), folder.resolve("table.parquet"), folder.resolve("spill"));
        if (table.rows() == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the sample is empty: there is a header but no row")
                    .at(name(input.file()));
        }
        context.count("records_in", table.rows());
        context.count("records_out", table.rows());
        context.table(describe(table));
        return new Read(table, SourceLines.of(input.file()));
    }

    private static Listing describe(FrameFile table) {
        long[] missing = table.missing();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < missing.length; i++) {
            Field field = table.schema().fields().get(i);
            Object levels = table.none().columns().get(i) instanceof Column.Categories c
                    ? (Object) c.levels().size()
                    : "";
            rows.add(List.of(
                    field.name(), field.type().name().toLowerCase(Locale.ROOT), field.unit(), levels, missing[i]));
        }
        return new Listing(
                "Columns", table.rows() + " rows", List.of("column", "holds", "unit", "levels", "missing"), rows);
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
