package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cells of a sample and their published sizes.
///
/// @param codes   `[rows]` the cell of each row
/// @param targets the cells' sizes
public record CellTotals(int[] codes, Targets targets) {
    private static final String TOTAL = "total";

    /// The cells of some columns.
    ///
    /// @throws Fault (BAD_DATA) naming a row of the sample whose cell has no total, a cell given twice or a
    ///     size that is no number
    public static CellTotals of(Frame sample, Frame totals, List<String> by, MissingCells missing) {
        if (by.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "'by' names the columns that make a cell; give at least one");
        }
        Map<List<String>, Integer> cells = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        for (int t = 0; t < totals.rows(); t++) {
            List<String> cell = cell(totals, by, t);
            if (cells.putIfAbsent(cell, t) != null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA, "the totals give cell " + cell + " twice, on line " + (t + 2) + " again");
            }
            targets.add(target(String.join(", ", named(by, cell)), totals, t));
        }
        int[] codes = new int[sample.rows()];
        requireValues(sample, by, missing);
        for (int i = 0; i < codes.length; i++) {
            int row = i;
            if (by.stream().anyMatch(column -> sample.column(column).isMissing(row))) {
                codes[i] = -1;
                continue;
            }
            Integer code = cells.get(cell(sample, by, i));
            if (code == null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "row " + i + " of the sample lies in cell " + cell(sample, by, i)
                                + ", which the totals do not have; add its total or remove such rows");
            }
            codes[i] = code;
        }
        return new CellTotals(codes, targets(targets));
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
    public static List<Margin> margins(Frame sample, Frame totals, MissingCells missing) {
        Map<String, List<Integer>> lines = new LinkedHashMap<>();
        for (int t = 0; t < totals.rows(); t++) {
            lines.computeIfAbsent(text(totals, "variable", t), v -> new ArrayList<>())
                    .add(t);
        }
        List<Margin> margins = new ArrayList<>();
        lines.forEach((variable, own) -> {
            Frame margin = totals.at(own.stream().mapToInt(Integer::intValue).toArray());
            Frame renamed = Frame.empty().with(variable, margin.column("value")).with(TOTAL, margin.column(TOTAL));
            CellTotals cells = of(sample, renamed, List.of(variable), missing);
            margins.add(new Margin(variable, cells.codes(), cells.targets()));
        });
        if (margins.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the totals have no rows: there is no margin to fit");
        }
        return margins;
    }

    private static List<String> named(List<String> by, List<String> cell) {
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < by.size(); k++) {
            parts.add(by.get(k) + " = " + cell.get(k));
        }
        return parts;
    }

    private static List<String> cell(Frame frame, List<String> by, int row) {
        return by.stream().map(column -> text(frame, column, row)).toList();
    }

    /// Whole numbers read as doubles are the cells of those read as longs.
    private static String text(Frame frame, String column, int row) {
        Column cells = frame.column(column);
        String text = cells.text(row);
        if (text == null) {
            throw Fault.of(Fault.Kind.BAD_DATA, "row " + row + " has no value in column '" + column + "'");
        }
        return cells instanceof Column.Doubles doubles && doubles.value(row) == Math.rint(doubles.value(row))
                ? Long.toString((long) doubles.value(row))
                : text;
    }

    private static Target target(String name, Frame totals, int row) {
        double value = totals.column(TOTAL).number(row);
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the total of cell '" + name + "' (line " + (row + 2) + ") must be a finite number of 0 or more");
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
    public static double[] weights(Frame sample, Optional<String> column) {
        double[] weights = new double[sample.rows()];
        Arrays.fill(weights, 1);
        if (column.isPresent()) {
            weights = sample.numbers(column.get());
            for (int i = 0; i < weights.length; i++) {
                if (!(weights[i] > 0) || Double.isInfinite(weights[i])) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "row " + i + " of the sample has no positive finite weight in column '" + column.get()
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

    /// The weights beside some columns of the sample.
    public static Frame weights(Frame sample, List<String> keep, double[] design, CalibrationResult result) {
        return report(result, design).weights(sample.select(keep));
    }

    /// A row a cell.
    public static Frame diagnostics(CalibrationResult result) {
        return report(result, result.weights()).diagnostics();
    }
}
