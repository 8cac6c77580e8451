package dev.assay.microdata;

import dev.assay.frame.Frame;
import dev.assay.microdata.internal.CalibrationReport;
import dev.assay.microdata.internal.Descents;
import dev.assay.microdata.internal.Weighing;
import dev.assay.microdata.internal.WeighingTables;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Removed;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Epoch;
import dev.assay.weigh.GradientCalibration;
import dev.assay.weigh.GradientSettings;
import dev.assay.weigh.MissingCells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `weigh.gradient`: weights that make the squared relative errors of the targets small (Adam).
public final class GradientStage implements Stage<GradientStage.Settings, GradientStage.Weights> {
    /// The sample, the targets, and how to go about it.
    @Removed(
            name = "checkpoint",
            says =
                    "'checkpoint' is no longer a setting: what is needed to go on after a stop is kept in the workspace; "
                            + "take it out.")
    public record Settings(
            @Input("the sample: a row for each unit that gets a weight, such as a household")
            Frame sample,

            @Input("rows that belong to units of the sample, such as persons; they share its weight")
            Optional<Frame> persons,

            @Input("a table above the sample, such as regions: filters may name its columns")
            Optional<Frame> regions,

            @Input(
                    "the targets: CSV, Parquet or JSON Lines with the columns table, variable, filter, value and, if wanted, tolerance, cost, floor, batch, group, name")
            Path targets,

            @Setting(value = "what the targets call the sample", defaultsTo = "sample")
            String sampleTable,

            @Setting(value = "what the targets call the persons", defaultsTo = "persons")
            String personsTable,

            @Setting("the column of sample and regions that says to which region a unit belongs")
            Optional<String> regionKey,

            @Setting(
                    "the column that identifies a unit, in the sample and in the persons; without one units are numbered")
            Optional<String> key,

            @Setting("the column with the design weights; without one all rows weigh 1")
            Optional<String> weight,

            @Setting(value = "whether design weights of 0 are allowed; such rows keep weight 0", defaultsTo = "false")
            boolean allowZeroWeights,

            @Setting(
                    value =
                            "what to do with rows for which a target's filter is neither true nor false, as a cell is missing",
                    defaultsTo = "refuse")
            MissingCells missing,

            @Setting(value = "reads of the data", defaultsTo = "1000", min = 1, max = 1_000_000)
            int epochs,

            @Setting(
                    value = "Adam's first step size, about the most that the logarithm of a weight moves in an epoch",
                    defaultsTo = "0.02",
                    min = 1e-6,
                    max = 1)
            double learningRate,

            @Setting(
                    value = "price of the entropy distance from the design weights, 0 for none",
                    defaultsTo = "1e-4",
                    min = 0,
                    max = 1e6)
            double distancePrice,

            @Setting(
                    value = "least and greatest ratio of weight to design weight: [low, high]; none if empty",
                    defaultsTo = "[]")
            List<Double> bounds,

            @Setting(value = "least and greatest weight: [low, high]; none if empty", defaultsTo = "[]")
            List<Double> weightBounds,

            @Setting(value = "relative error at which a target is met", defaultsTo = "0.01", min = 1e-14, max = 1)
            double tolerance,

            @Setting(
                    value = "epochs between two writes of the state that a stopped run is resumed from",
                    defaultsTo = "50",
                    min = 1,
                    max = 1_000_000)
            int checkpointEvery,

            @Setting(
                    value = "whether the stage fails when a target is not met; if not, the column is weight_unverified",
                    defaultsTo = "false")
            boolean requireConverged)
            implements WeighingTables {}

    /// What comes out.
    public record Weights(
            @Artefact("a row for each unit: key, design_weight, weight, ratio, at_bound")
            Frame weights,

            @Artefact("key and weight for each row of the persons, or of the sample if there are none")
            Frame members,

            @Artefact("a row for each target: before, after, errors, support")
            Frame diagnostics,

            @Artefact("a row for each epoch: loss, errors, learning rate, active rows")
            Frame epochs,

            @Artefact("how the weights came about; what uses them goes by it")
            CalibrationRecord calibration) {}

    @Override
    public String kind() {
        return "weigh.gradient";
    }

    @Override
    public String summary() {
        return "find weights that come near contradictory or very many totals, by gradient";
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
        Weighing weighing = Weighing.of(input, input.targets(), context);
        Bounds bounds = Descents.bounds(input.bounds(), input.weightBounds());
        GradientSettings settings = new GradientSettings(
                input.epochs(),
                input.learningRate(),
                input.distancePrice(),
                bounds,
                input.tolerance(),
                weighing.targets().batches(),
                weighing.targets().groups());
        List<Epoch> epochs = new ArrayList<>();
        CalibrationResult result = GradientCalibration.solve(
                settings,
                weighing.calibration(),
                context.engine(),
                context.progress("epochs"),
                epochs::add,
                Descents.checkpointing(context, input.checkpointEvery()));
        CalibrationReport report = new CalibrationReport(
                result, weighing.calibration(), CalibrationSettings.raking().withBounds(bounds), weighing.targets());
        weighing.tell(context, report, result, input.requireConverged());
        Frame weights = report.weights(weighing.keys());
        return new Weights(
                weights,
                weighing.members(result, weights),
                report.diagnostics(),
                Descents.epochs(epochs),
                Descents.record(
                        input,
                        weighing,
                        CalibrationChoices.of(CalibrateStage.DistanceName.RAKING)
                                .within(input.bounds(), input.weightBounds()),
                        result,
                        context));
    }
}
