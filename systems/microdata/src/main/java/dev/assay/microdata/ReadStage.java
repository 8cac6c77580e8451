package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Reading;
import dev.assay.microdata.internal.ReadSettings;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `microdata.read`: one table from a file.
public final class ReadStage implements Stage<ReadStage.Settings, ReadStage.Read> {
    /// Which file, and how its cells are understood.
    public record Settings(
            @Input("the data: Parquet, CSV, TSV or JSON Lines; the text formats also as .gz or .zst")
            Path file,

            @Setting(value = "texts that stand for a missing value", defaultsTo = "[]")
            List<String> missing,

            @Setting(
                    value = "types of columns that are not to be told from the cells, a mapping from column to "
                            + "text, category, integer, number, boolean, date, date-time or instant",
                    defaultsTo = "{}")
            Map<String, String> types,

            @Setting(
                    value = "columns that identify rows or groups of them: texts as they are written, whatever they "
                            + "look like",
                    defaultsTo = "[]")
            List<String> keys,

            @Setting(
                    value = "what stands between the fields of CSV: comma, semicolon, tab or bar; "
                            + "auto tells it from the first lines",
                    defaultsTo = "auto")
            Separator separator,

            @Setting(
                    value = "what stands in front of decimals in CSV: point or comma; auto takes a comma in columns "
                            + "whose numbers all have it, if the separator is another",
                    defaultsTo = "auto")
            Decimal decimal,

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

    /// What stands between the fields of CSV.
    public enum Separator {
        /// Told from the first lines.
        AUTO,
        /// `,`
        COMMA,
        /// `;`
        SEMICOLON,
        /// A tab.
        TAB,
        /// `|`
        BAR
    }

    /// What stands in front of decimals in CSV.
    public enum Decimal {
        /// Told from the cells.
        AUTO,
        /// `.`
        POINT,
        /// `,`
        COMMA
    }

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
        Path folder = context.folder();
        FrameFile.Converted converted = FrameFile.convert(
                input.file(),
                ReadSettings.options(input),
                input.units(),
                folder.resolve("table.parquet"),
                folder.resolve("spill"));
        FrameFile table = converted.table();
        if (table.rows() == 0) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the table is empty: it has columns but no row, so there is nothing to work on")
                    .at(name(input.file()));
        }
        context.count("records_in", table.rows());
        context.count("records_out", table.rows());
        context.table(describe(table, converted.columns()));
        for (Reading.ColumnReading column : converted.columns()) {
            if (!column.note().isEmpty()) {
                context.warn("Column '" + OneLine.of(column.name()) + "' " + column.note() + ".");
            }
        }
        return new Read(table, Source.of(name(input.file()), converted.lines(), table.rows()));
    }

    private static Listing describe(FrameFile table, List<Reading.ColumnReading> readings) {
        long[] missing = table.missing();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < missing.length; i++) {
            Field field = table.schema().fields().get(i);
            Object levels = table.none().columns().get(i) instanceof Column.Categories c
                    ? (Object) c.levels().size()
                    : "";
            rows.add(List.of(
                    field.name(),
                    field.type().spoken(),
                    field.unit(),
                    levels,
                    missing[i],
                    readings.get(i).inFile(),
                    readings.get(i).changed()));
        }
        return new Listing(
                "Columns",
                table.rows() + " rows; changed are cells that are not here as they are in the file",
                List.of("column", "holds", "unit", "levels", "missing", "in the file", "changed"),
                rows);
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
