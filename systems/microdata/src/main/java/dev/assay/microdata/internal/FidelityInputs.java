package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.Schema;
import dev.assay.measure.Sample;
import dev.assay.measure.SharedRows;
import dev.assay.microdata.FidelityStage;
import dev.assay.study.StageContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the tables of a comparison must be to one another: weights and clusters where they are needed, one
/// unit a column, and real rows that were not trained on.
final class FidelityInputs {
    private final FidelityStage.Settings input;
    private final List<String> columns;

    /// @param columns those compared
    FidelityInputs(FidelityStage.Settings input, List<String> columns) {
        this.input = input;
        this.columns = List.copyOf(columns);
    }

    /// Refuses what cannot be compared and tells what the reader must know.
    ///
    /// @throws Fault (BAD_DATA) if `real` or `training` has no weight or cluster, one is missing in a row, a
    ///     table lacks a compared column, or one is in two units
    void check(StageContext context) {
        input.weight().ifPresent(w -> usable("weight", w, rows -> rows.weightedBy(w)));
        input.cluster().ifPresent(c -> usable("cluster", c, rows -> rows.clusteredBy(c)));
        for (String column : columns) {
            tables().forEach((table, rows) -> need("columns", column, table, rows));
            requireOneUnit(column);
        }
        input.weight().ifPresent(this::requireOneUnit);
        input.synthetic().forEach((method, rows) -> {
            input.weight()
                    .filter(w -> !rows.schema().has(w))
                    .ifPresent(w -> context.warn(
                            "synthetic '" + method + "' has no weight '" + w + "': all its rows count equally."));
            input.cluster()
                    .filter(c -> !rows.schema().has(c))
                    .ifPresent(c -> context.warn("synthetic '" + method + "' has no cluster '" + c
                            + "': its rows count as drawn one by one."));
        });
        tellSharedRows(context);
    }

    /// Synthetic rows without one may weigh the same, or be drawn one by one; real ones were not.
    private void usable(String setting, String column, Consumer<Sample> use) {
        need(setting, column, "'real'", input.real());
        need(setting, column, "'training'", input.training());
        tables().forEach((table, rows) -> {
            if (rows.schema().has(column)) {
                try {
                    use.accept(Sample.of(rows));
                } catch (Fault fault) {
                    throw fault.at("'" + setting + "' in " + table);
                }
            }
        });
    }

    private static void need(String setting, String column, String table, Frame rows) {
        try {
            rows.schema().indexOf(column);
        } catch (Fault fault) {
            throw fault.at("'" + setting + "' in " + table);
        }
    }

    private Map<String, Frame> tables() {
        Map<String, Frame> tables = new LinkedHashMap<>();
        tables.put("'real'", input.real());
        tables.put("'training'", input.training());
        input.synthetic().forEach((method, rows) -> tables.put("synthetic '" + method + "'", rows));
        return tables;
    }

    /// Numbers in two units differ by the unit. A unit that nobody stated is none.
    private void requireOneUnit(String column) {
        String first = "";
        String unit = "";
        for (Map.Entry<String, Frame> table : tables().entrySet()) {
            Schema schema = table.getValue().schema();
            if (!schema.has(column)) {
                continue;
            }
            Field field = schema.fields().get(schema.indexOf(column));
            if (unit.isEmpty()) {
                first = table.getKey();
                unit = field.unit();
            } else if (!field.unit().isEmpty() && !field.unit().equals(unit)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + column + "' is in " + unit + " in " + first + " and in " + field.unit() + " in "
                                + table.getKey()
                                + "; bring both to one unit, or correct 'units' where they are read");
            }
        }
    }

    /// By all columns that both tables have, then by those compared: a row number may differ where all
    /// else was trained on, and a weight may be all that tells two people apart.
    private void tellSharedRows(StageContext context) {
        Frame real = input.real();
        Frame training = input.training();
        List<String> common = real.schema().names().stream()
                .filter(c -> training.schema().has(c))
                .toList();
        SharedRows all = SharedRows.of(
                real, training, common, context.seed().child("shared rows").child("all"));
        context.count("real_rows_in_training", all.rows());
        if (real.digest().equals(training.digest())) {
            context.warn("'real' and 'training' are the same " + real.rows() + " rows: no row is held out, so a model "
                    + "that repeats what it learnt is taken for a good one. Give 'real' rows that no model saw.");
            return;
        }
        Optional<SharedRows> told = Optional.of(all).filter(SharedRows::beyond);
        if (told.isEmpty() && !columns.equals(common)) {
            told = Optional.of(SharedRows.of(
                            real,
                            training,
                            columns,
                            context.seed().child("shared rows").child("compared")))
                    .filter(SharedRows::beyond);
        }
        told.ifPresent(shared -> context.warn(shared.rows() + " of the " + real.rows()
                + " rows of 'real' stand in 'training' as they are; of tables split at random it would be about "
                + Math.round(shared.expected())
                + ". Rows that a model learnt from hold nothing out: give 'real' rows that "
                + "no model saw, or set repeated rows aside before the split."));
    }
}
