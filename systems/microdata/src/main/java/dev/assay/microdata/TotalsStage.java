package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.internal.NamedConditions;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `microdata.totals`: weighted totals of a table, as targets for a calibration.
public final class TotalsStage implements Stage<TotalsStage.Settings, TotalsStage.Totals> {
    /// The table and which totals of it.
    public record Settings(
            @Input("the table") Frame table,

            @Input(
                    "which totals: CSV with the columns name, table, variable (empty to count) and filter (SQL, empty for all)")
            Path definitions,

            @Setting("the column with the weights; without one all rows weigh 1")
            Optional<String> weight) {}

    /// The totals.
    public record Totals(
            @Artefact("the definitions with their values, as targets")
            Path targets) {}

    @Override
    public String kind() {
        return "microdata.totals";
    }

    @Override
    public String summary() {
        return "weighted totals of a table, as targets for a calibration";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Totals> output() {
        return Totals.class;
    }

    @Override
    public Totals run(Settings input, StageContext context) {
        Frame definitions = Frames.read(input.definitions(), ReadOptions.DEFAULTS.asText());
        String file = ReadStage.name(input.definitions());
        for (String column : List.of("name", "table", "variable", "filter")) {
            if (!definitions.schema().has(column)) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "the column '" + column + "' is missing; the columns are name, "
                                        + "table, variable and filter")
                        .at(file);
            }
        }
        Frame table = input.table();
        double[] weights = input.weight().map(table::numbers).orElse(null);
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < definitions.rows(); i++) {
            String filter = definitions.column("filter").text(i);
            conditions.add(filter == null || filter.isBlank() ? "TRUE" : filter);
        }
        List<BitSet> rows = NamedConditions.rows(table, conditions, i -> file + ":" + (i + 2));
        double[] values = new double[conditions.size()];
        List<List<Object>> shown = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            values[i] = total(table, rows.get(i), definitions.column("variable").text(i), weights, file, i + 2);
            shown.add(List.of(
                    String.valueOf(definitions.column("name").text(i)),
                    rows.get(i).cardinality(),
                    values[i]));
        }
        context.count("records_in", table.rows());
        context.count("records_out", values.length);
        context.table(new Listing("Totals", "", List.of("total", "rows", "value"), shown));
        Path targets = context.folder().resolve("targets.csv");
        Frames.write(definitions.with("value", Column.Doubles.of(values)), targets);
        return new Totals(targets);
    }

    private static double total(
            Frame table, BitSet rows, @Nullable String variable, double @Nullable [] weights, String file, int line) {
        String summed = variable == null ? "" : variable;
        boolean count = summed.isBlank() || summed.equals("1") || summed.equals("count");
        if (!count && !table.schema().has(summed)) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "there is no column '" + summed + "' to sum."
                                    + Nearest.clause(summed, table.schema().names()))
                    .at(file + ":" + line);
        }
        Column column = count ? null : table.column(summed);
        if (column != null && (column.type() == ColumnType.TEXT || column.type() == ColumnType.CATEGORY)) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the column '" + summed + "' holds texts and cannot be summed")
                    .at(file + ":" + line);
        }
        double sum = 0;
        double lost = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            double term = (weights == null ? 1 : weights[row]) * (column == null ? 1 : column.number(row));
            if (Double.isNaN(term)) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "row " + (row + 1) + " of the table has no weight or no value to sum; "
                                        + "require both when validating, or filter such rows out")
                        .at(file + ":" + line);
            }
            // Compensated: totals of millions of rows are compared to nine digits.
            double y = term - lost;
            double t = sum + y;
            lost = (t - sum) - y;
            sum = t;
        }
        return sum;
    }
}
