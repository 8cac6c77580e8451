package dev.assay.microdata;

import dev.assay.frame.Frame;
import dev.assay.microdata.internal.CellCalibration;
import dev.assay.microdata.internal.CellTotals;
import dev.assay.microdata.internal.Places;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.ProportionalFitting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `weigh.rake`: iterative proportional fitting: margin after margin is scaled to its totals until all
/// hold at once.
public final class RakeStage implements Stage<RakeStage.Settings, RakeStage.Weights> {
    /// The sample and the totals.
    public record Settings(
            @Input("the sample: a row for each unit that gets a weight")
            Frame sample,

            @Input("a row for each cell of each margin, with the columns variable, value and total")
            Frame totals,

            @Setting(
                    "the column that identifies a row, by which the weights are brought together with the sample later; it comes along with them")
            Optional<String> key,

            @Setting("the column with the design weights; without one all rows weigh 1")
            Optional<String> weight,

            @Setting(value = "relative error at which a cell is met", defaultsTo = "1e-9", min = 1e-14, max = 0.1)
            double tolerance,

            @Setting(value = "most sweeps over all margins", defaultsTo = "1000", min = 1, max = 1_000_000)
            int maxSweeps,

            @Setting(
                    value =
                            "what to do with rows that lie in no cell, as their value is missing; excluded ones are left as they are",
                    defaultsTo = "refuse")
            MissingCells missing,

            @Setting(value = "columns of the sample that come along with the weights", defaultsTo = "[]")
            List<String> keep,

            @Setting(
                    value = "whether the stage fails when a cell is not met; if not, the column is weight_unverified",
                    defaultsTo = "true")
            boolean requireConverged) {}

    /// The weights and how they came about.
    public record Weights(
            @Artefact("the sample's key and columns asked for by 'keep', design_weight, weight, ratio, at_bound")
            Frame weights,

            @Artefact("a row for each cell: before, after, errors, support")
            Frame diagnostics,

            @Artefact("how the weights came about; what uses them goes by it")
            CalibrationRecord calibration) {}

    @Override
    public String kind() {
        return "weigh.rake";
    }

    @Override
    public String summary() {
        return "iterative proportional fitting to the totals of several margins";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Weights> output() {
        return Weights.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Weights run(Settings input, StageContext context) {
        List<CellTotals> cells =
                CellTotals.margins(input.sample(), input.totals(), input.missing(), new Places(context));
        List<ProportionalFitting.Margin> margins =
                cells.stream().map(CellTotals::margin).toList();
        double[] design = CellTotals.weights(input.sample(), input.weight(), new Places(context));
        CalibrationResult result =
                ProportionalFitting.solve(design, margins, input.tolerance(), input.maxSweeps(), context.engine());
        for (ProportionalFitting.Margin margin : margins) {
            CellTotals.tellOpen(context, margin.name(), margin.cells());
        }
        CellTotals.tell(context, result, design, input.requireConverged());
        return new Weights(
                CellTotals.weights(input.sample(), input.key(), input.keep(), design, result),
                CellTotals.diagnostics(result),
                new CellCalibration(input.sample(), input.key(), input.weight(), input.missing())
                        .record(cells, CalibrateStage.DistanceName.RAKING, input.tolerance(), result, context));
    }
}
