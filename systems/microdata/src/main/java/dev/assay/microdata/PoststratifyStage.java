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
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.PostStratification;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `weigh.poststratify`: within each cell the design weights are multiplied to the cell's published size.
public final class PoststratifyStage implements Stage<PoststratifyStage.Settings, PoststratifyStage.Weights> {
    /// The sample and the totals.
    public record Settings(
            @Input("the sample: a row for each unit that gets a weight")
            Frame sample,

            @Input("a row for each cell: the columns of 'by' and its size in a column total")
            Frame totals,

            @Setting(
                    "the column that identifies a row, by which the weights are brought together with the sample later; it comes along with them")
            Optional<String> key,

            @Setting("the column with the design weights; without one all rows weigh 1")
            Optional<String> weight,

            @Setting("columns of sample and totals that make a cell")
            List<String> by,

            @Setting(
                    value = "pass over cells of which the sample has no rows, instead of failing",
                    defaultsTo = "false")
            boolean partial,

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
        return "weigh.poststratify";
    }

    @Override
    public String summary() {
        return "multiply the weights of each cell to its published size";
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
        CellTotals cells =
                CellTotals.of(input.sample(), input.totals(), input.by(), input.missing(), new Places(context));
        double[] design = CellTotals.weights(input.sample(), input.weight(), new Places(context));
        CalibrationResult result =
                PostStratification.solve(design, cells.codes(), cells.targets(), input.partial(), context.engine());
        CellTotals.tellOpen(context, String.join(", ", input.by()), cells.codes());
        CellTotals.tell(context, result, design, input.requireConverged());
        return new Weights(
                CellTotals.weights(input.sample(), input.key(), input.keep(), design, result),
                CellTotals.diagnostics(result),
                new CellCalibration(input.sample(), input.key(), input.weight(), input.missing())
                        .record(
                                List.of(cells),
                                CalibrateStage.DistanceName.LINEAR,
                                CalibrationSettings.DEFAULT_TOLERANCE,
                                result,
                                context));
    }
}
