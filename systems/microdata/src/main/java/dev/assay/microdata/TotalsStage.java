package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.internal.WeightedTotal;
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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// `microdata.totals`: weighted totals of a table, as targets for a calibration.
public final class TotalsStage implements Stage<TotalsStage.Settings, TotalsStage.Totals> {
    /// The table and which totals of it.
    public record Settings(
            @Input("the table") FrameFile table,

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
    public boolean draws(Map<String, Object> settings) {
        return false;
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
        FrameFile table = input.table();
        List<WeightedTotal> totals = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        SortedSet<String> summed = new TreeSet<>();
        input.weight().ifPresent(weight -> {
            WeightedTotal.requireWeights(table, weight);
            summed.add(weight);
        });
        requireOneTable(definitions, file);
        for (int i = 0; i < definitions.rows(); i++) {
            String filter = definitions.column("filter").text(i);
            conditions.add(filter == null || filter.isBlank() ? "TRUE" : filter);
            totals.add(new WeightedTotal(
                    table, definitions.column("variable").text(i), input.weight(), file + ":" + (i + 2)));
            totals.getLast().column().ifPresent(summed::add);
        }
        int n = conditions.size();
        long[] outside = new long[n];
        List<String> both = new ArrayList<>(conditions);
        conditions.forEach(condition -> both.add("NOT (" + condition + "\n)"));
        table.conditions(both, i -> file + ":" + (i % n + 2), List.copyOf(summed), (chunk, first, rows, index) -> {
            if (index < n) {
                totals.get(index).add(chunk, first, rows);
            } else {
                outside[index - n] += rows.cardinality();
            }
        });
        double[] values = new double[n];
        List<Integer> undecided = new ArrayList<>();
        List<List<Object>> shown = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            values[i] = totals.get(i).sum();
            long open = table.rows() - totals.get(i).rows() - outside[i];
            if (open > 0) {
                undecided.add(i);
            }
            shown.add(List.of(
                    String.valueOf(definitions.column("name").text(i)),
                    totals.get(i).rows(),
                    open,
                    values[i]));
        }
        if (!undecided.isEmpty()) {
            context.warn("The filters of " + undecided.size() + " of " + n
                    + " totals are neither true nor false for some "
                    + "rows, since cells are missing; these rows are in no such total. The first is at " + file + ":"
                    + (undecided.getFirst() + 2) + ".");
        }
        context.count("records_in", table.rows());
        context.count("records_out", values.length);
        context.table(new Listing("Totals", "", List.of("total", "rows", "left open", "value"), shown));
        Path targets = context.folder().resolve("targets.csv");
        Frames.write(definitions.with("value", Column.Doubles.of(values)), targets);
        return new Totals(targets);
    }

    /// All totals are taken of the one table that is given, so a line that names another would have a total
    /// of the wrong rows.
    private static void requireOneTable(Frame definitions, String file) {
        Column tables = definitions.column("table");
        for (int i = 1; i < definitions.rows(); i++) {
            if (!Objects.equals(tables.text(i), tables.text(0))) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "this line names another table than the first, but all totals are taken of one; give "
                                        + "each table a stage and a file of definitions of its own")
                        .at(file + ":" + (i + 2));
            }
        }
    }
}
