package dev.assay.microdata;

import dev.assay.frame.Frame;
import dev.assay.microdata.internal.CalibrationReport;
import dev.assay.microdata.internal.Descents;
import dev.assay.microdata.internal.Weighing;
import dev.assay.microdata.internal.WeighingTables;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Metric;
import dev.assay.study.Removed;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.SelectionResult;
import dev.assay.weigh.SparseSelection;
import dev.assay.weigh.SparseSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// `weigh.sparse`: few rows whose weights reproduce the targets (HardConcrete gates, then the exact
/// method).
public final class SparseStage implements Stage<SparseStage.Settings, SparseStage.Weights> {
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

            @Setting(value = "reads of the data in each run", defaultsTo = "1000", min = 10, max = 1_000_000)
            int epochs,

            @Setting(value = "Adam's first step size", defaultsTo = "0.15", min = 1e-6, max = 1)
            double learningRate,

            @Setting("how many rows to keep; the price of rows is then searched for in at most 12 runs")
            Optional<Integer> targetRows,

            @Setting(
                    value = "the price of keeping all rows, in units of the mean squared relative error",
                    defaultsTo = "1e-3",
                    min = 0,
                    max = 1e9)
            double sparsity,

            @Setting(value = "fewer rows than this stop a run", defaultsTo = "0", min = 0, max = 2e9)
            int minRows,

            @Setting(value = "how soft gates are", defaultsTo = "0.35", min = 0.01, max = 0.99)
            double temperature,

            @Setting(
                    value =
                            "ratio bounds around the selected weights within which the totals are then met exactly; empty for no such polish",
                    defaultsTo = "[0.1, 10]")
            List<Double> polish,

            @Setting(value = "relative error at which a target is met", defaultsTo = "1e-9", min = 1e-14, max = 1)
            double tolerance,

            @Setting(
                    value = "epochs between two writes of the state that a stopped run is resumed from",
                    defaultsTo = "50",
                    min = 1,
                    max = 1_000_000)
            int checkpointEvery,

            @Setting(
                    value = "whether the stage fails when a target is not met; if not, the column is weight_unverified",
                    defaultsTo = "true")
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

            @Artefact("a row for each price of rows that was tried: rows left, error, why it stopped")
            Frame trials,

            @Artefact("how the weights came about; what uses them goes by it")
            CalibrationRecord calibration) {}

    @Override
    public String kind() {
        return "weigh.sparse";
    }

    @Override
    public String summary() {
        return "choose few rows whose weights reproduce the totals";
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
    public Weights run(Settings input, StageContext context) {
        Weighing weighing = Weighing.of(input, input.targets(), context);
        SparseSettings settings = new SparseSettings(
                input.epochs(),
                input.learningRate(),
                input.sparsity(),
                input.targetRows().map(OptionalInt::of).orElse(OptionalInt.empty()),
                input.minRows(),
                input.temperature(),
                SparseSettings.defaults().keep(),
                SparseSettings.defaults().shrinkage(),
                Descents.bounds(input.polish(), List.of()),
                input.tolerance(),
                weighing.targets().batches(),
                weighing.targets().groups());
        SelectionResult chosen = SparseSelection.select(
                settings,
                weighing.calibration(),
                context.seed().child("gates"),
                context.engine(),
                context.progress("epochs"),
                epoch -> {},
                Descents.checkpointing(context, input.checkpointEvery()));
        context.measured(Metric.exact(
                "active-rows", chosen.activeRows(), weighing.sample().rows()));
        context.measured(
                Metric.exact("sparsity", chosen.sparsity(), chosen.trials().size()));
        context.table(Descents.listing(chosen.trials()));
        CalibrationReport report = new CalibrationReport(
                chosen.result(),
                weighing.calibration(),
                CalibrationSettings.raking().withBounds(Bounds.none()),
                weighing.targets());
        weighing.tell(context, report, chosen.result(), input.requireConverged());
        Frame weights = report.weights(weighing.keys());
        return new Weights(
                weights,
                weighing.members(chosen.result(), weights),
                report.diagnostics(),
                Descents.epochs(chosen.epochs()),
                Descents.trials(chosen.trials()),
                Descents.record(input, weighing, chosen.result()));
    }
}
