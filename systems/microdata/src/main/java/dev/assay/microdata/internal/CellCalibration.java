package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.CalibrationChoices;
import dev.assay.microdata.CalibrationRecord;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.Target;
import dev.assay.weigh.TargetDiagnostic;
import dev.assay.weigh.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A sample whose weights were fitted to cells: a calibration whose targets count the rows of a cell each.
///
/// @param sample  a row for each unit
/// @param key     the column that identifies a unit; without one units are numbered
/// @param weight  the column with the design weights; without one all are 1
/// @param missing what is done with rows that lie in no cell
public record CellCalibration(Frame sample, Optional<String> key, Optional<String> weight, MissingCells missing)
        implements WeighingTables {
    private static final String SAMPLE = "sample";

    /// The record of weights that were fitted to cells.
    ///
    /// @param all      the classifications, in the order of the result's targets
    /// @param distance that whose weights the fit's are: any for one classification, raking for several
    /// @throws Fault (BAD_DATA) if no row lies in any cell, or two rows share a key
    public CalibrationRecord record(
            List<CellTotals> all,
            DistanceName distance,
            double tolerance,
            CalibrationResult result,
            StageContext context) {
        List<TargetTable.Row> rows = new ArrayList<>();
        int j = 0;
        for (CellTotals cells : all) {
            for (int c = 0; c < cells.targets().size(); c++) {
                TargetDiagnostic fitted = result.targets().get(j++);
                // Cells without rows take no part: their size is 0, or they are passed over as asked.
                if (fitted.part() == TargetDiagnostic.Part.SOLVED) {
                    rows.add(row(
                            cells.targets().get(c),
                            condition(cells.by(), cells.cells().get(c)),
                            rows.size()));
                }
            }
        }
        if (rows.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "no row of the sample lies in a cell of the totals; correct either");
        }
        CalibrationChoices choices =
                CalibrationChoices.of(distance).withZeroRows().withTolerance(tolerance);
        Weighing weighing = Weighing.of(this, new TargetTable(rows, List.of()), "the cells", context);
        return CalibrationRecords.of(
                this, weighing, choices, Choices.model(weighing, choices), result, Optional.empty());
    }

    private static TargetTable.Row row(Target target, String condition, int before) {
        return new TargetTable.Row(
                target.name(),
                SAMPLE,
                "",
                condition,
                target.value(),
                target.tolerance(),
                target.cost(),
                target.floor(),
                0,
                "",
                before + 2);
    }

    /// The condition that holds for the rows of a cell, by the types of the sample's columns.
    private String condition(List<String> by, List<String> cell) {
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < by.size(); k++) {
            String value = "'" + cell.get(k).replace("'", "''") + "'";
            parts.add("\"" + by.get(k).replace("\"", "\"\"") + "\" = "
                    + switch (sample.column(by.get(k))) {
                        case Column.Texts c -> value;
                        case Column.Categories c -> value;
                        case Column.Longs c -> "CAST(" + value + " AS BIGINT)";
                        case Column.Doubles c -> "CAST(" + value + " AS DOUBLE)";
                        case Column.Booleans c -> "CAST(" + value + " AS BOOLEAN)";
                        case Column.Dates c -> "CAST(" + value + " AS DATE)";
                        case Column.Instants c -> "CAST(" + value + " AS TIMESTAMPTZ)";
                        case Column.Moments c -> "CAST(" + value + " AS TIMESTAMP)";
                    });
        }
        return String.join(" AND ", parts);
    }

    @Override
    public Optional<Frame> persons() {
        return Optional.empty();
    }

    @Override
    public Optional<Frame> regions() {
        return Optional.empty();
    }

    @Override
    public String sampleTable() {
        return SAMPLE;
    }

    @Override
    public String personsTable() {
        return "persons";
    }

    @Override
    public Optional<String> regionKey() {
        return Optional.empty();
    }

    @Override
    public boolean allowZeroWeights() {
        return false;
    }
}
