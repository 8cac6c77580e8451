package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Design;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.ProportionalFitting.Margin;
import dev.assay.weigh.Target;
import dev.assay.weigh.TargetTable;
import dev.assay.weigh.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/// Cells of a sample and their published sizes.
///
/// @param by      the columns that make a cell
/// @param cells   for each cell its values of these columns
/// @param codes   `[rows]` the cell of each row, -1 for one that lies in none
/// @param targets the cells' sizes
public record CellTotals(List<String> by, List<List<String>> cells, int[] codes, Targets targets) {
    private static final String TOTAL = "total";

    /// The cells of some columns.
    ///
    /// @throws Fault (BAD_DATA) naming a row of the sample whose cell has no total, a cell given twice or a
    ///     size that is no number
    public static CellTotals of(Frame sample, Frame totals, List<String> by, MissingCells missing, Places places) {
        return of(sample, totals, by, missing, places, t -> t);
    }

    /// @param origin the row of the input that each row of the totals is
    private static CellTotals of(
            Frame sample, Frame totals, List<String> by, MissingCells missing, Places places, IntUnaryOperator origin) {
        if (by.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "'by' names the columns that make a cell; give at least one");
        }
        IntFunction<String> place = t -> places.row("totals", origin.applyAsInt(t));
        Map<List<String>, Integer> cells = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        for (int t = 0; t < totals.rows(); t++) {
            List<String> cell = cell(totals, by, t, place);
            Integer same = cells.putIfAbsent(cell, t);
            if (same != null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        place.apply(t) + " gives the cell " + String.join(", ", named(by, cell)) + " again, which row "
                                + (origin.applyAsInt(same) + 1) + " gives; keep one of them");
            }
            targets.add(target(String.join(", ", named(by, cell)), totals, t, place));
        }
        int[] codes = new int[sample.rows()];
        requireValues(sample, by, missing);
        for (int i = 0; i < codes.length; i++) {
            int row = i;
            if (by.stream().anyMatch(column -> sample.column(column).isMissing(row))) {
                codes[i] = -1;
                continue;
            }
            List<String> cell = cell(sample, by, i, places.rows("sample"));
            Integer code = cells.get(cell);
            if (code == null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        places.row("sample", i) + " lies in the cell " + String.join(", ", named(by, cell))
                                + ", which the totals do not have; add its total or remove such rows");
            }
            codes[i] = code;
        }
        return new CellTotals(by, List.copyOf(cells.keySet()), codes, targets(targets));
    }

    private static void requireValues(Frame sample, List<String> by, MissingCells missing) {
        for (String column : by) {
            int open = sample.column(column).missing();
            if (open > 0 && missing == MissingCells.REFUSE) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        open + " rows of the sample have no value in column '" + column
                                + "' and so lie in no cell; fill them, or choose with 'missing' to exclude such rows");
            }
        }
    }

    /// Tells how many rows lie in no cell.
    public static void tellOpen(StageContext context, String by, int[] codes) {
        long open = Arrays.stream(codes).filter(c -> c < 0).count();
        if (open > 0) {
            context.warn(
                    open + " rows lie in no cell of " + by + ", as their value is missing; they are left as they are");
        }
    }

    /// Margins from a table with the columns variable, value and total.
    ///
    /// @throws Fault (BAD_DATA) as [#of]
    public static List<CellTotals> margins(Frame sample, Frame totals, MissingCells missing, Places places) {
        Map<String, List<Integer>> lines = new LinkedHashMap<>();
        for (int t = 0; t < totals.rows(); t++) {
            lines.computeIfAbsent(text(totals, "variable", t, places.rows("totals")), v -> new ArrayList<>())
                    .add(t);
        }
        List<CellTotals> margins = new ArrayList<>();
        lines.forEach((variable, own) -> {
            Frame margin = totals.at(own.stream().mapToInt(Integer::intValue).toArray());
            Frame renamed = Frame.empty().with(variable, margin.column("value")).with(TOTAL, margin.column(TOTAL));
            margins.add(of(sample, renamed, List.of(variable), missing, places, own::get));
        });
        if (margins.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the totals have no rows: there is no margin to fit");
        }
        return margins;
    }

    /// These cells as a margin.
    public Margin margin() {
        return new Margin(String.join(", ", by), codes, targets);
    }

    private static List<String> named(List<String> by, List<String> cell) {
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < by.size(); k++) {
            parts.add(by.get(k) + " = " + cell.get(k));
        }
        return parts;
    }

    private static List<String> cell(Frame frame, List<String> by, int row, IntFunction<String> place) {
        return by.stream().map(column -> text(frame, column, row, place)).toList();
    }

    /// Whole numbers read as doubles are the cells of those read as longs.
    private static String text(Frame frame, String column, int row, IntFunction<String> place) {
        String text = Keys.text(frame.column(column), row);
        if (text == null) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    place.apply(row) + " has no value in column '" + column + "'; fill it or remove the row");
        }
        return text;
    }

    private static Target target(String name, Frame totals, int row, IntFunction<String> place) {
        double value = totals.column(TOTAL).number(row);
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    place.apply(row) + " must give cell '" + name
                            + "' a total that is a finite number of 0 or more; correct it");
        }
        return Target.exact(name, value);
    }

    private static Targets targets(List<Target> list) {
        if (list.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the totals have no rows");
        }
        return new Targets(list);
    }

    /// Design weights from a column, or 1.
    public static double[] weights(Frame sample, Optional<String> column, Places places) {
        double[] weights = new double[sample.rows()];
        Arrays.fill(weights, 1);
        if (column.isPresent()) {
            weights = sample.numbers(column.get());
            for (int i = 0; i < weights.length; i++) {
                if (!(weights[i] > 0) || Double.isInfinite(weights[i])) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            places.row("sample", i) + " has no positive finite weight in column '" + column.get()
                                    + "'; correct or remove it");
                }
            }
        }
        return weights;
    }

    private static CalibrationReport report(CalibrationResult result, double[] design) {
        Design none = Design.fromDense(new double[design.length][1]);
        return new CalibrationReport(
                result,
                CalibrationProblem.of(none, design, Targets.of(0)),
                CalibrationSettings.raking(),
                new TargetTable(List.of(), List.of()));
    }

    /// Tells what came out, and fails if it has to have converged and did not.
    public static void tell(StageContext context, CalibrationResult result, double[] design, boolean requireConverged) {
        CalibrationReport report = report(result, design);
        context.count("records_in", result.weights().length);
        context.count("records_out", result.weights().length);
        report.tell(context);
        if (!result.converged() && requireConverged) {
            throw Fault.of(Fault.Kind.BAD_DATA, report.sentence());
        }
    }

    /// The weights beside the sample's key and some columns of it.
    public static Frame weights(
            Frame sample, Optional<String> key, List<String> keep, double[] design, CalibrationResult result) {
        Set<String> columns = new LinkedHashSet<>(key.stream().toList());
        columns.addAll(keep);
        return report(result, design).weights(sample.select(List.copyOf(columns)));
    }

    /// A row a cell.
    public static Frame diagnostics(CalibrationResult result) {
        return report(result, result.weights()).diagnostics();
    }
}
