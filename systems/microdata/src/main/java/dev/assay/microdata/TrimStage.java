package dev.assay.microdata;

import dev.assay.frame.Frame;
import dev.assay.microdata.internal.CalibrationReport;
import dev.assay.microdata.internal.HandedTables;
import dev.assay.microdata.internal.HandedWeights;
import dev.assay.microdata.internal.Weighing;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.Trimming;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `weigh.trim`: weights cut to limits, with what was cut off spread evenly; shows what that does to the
/// targets.
public final class TrimStage implements Stage<TrimStage.Settings, TrimStage.Trimmed> {
    /// The sample, the targets, and how to go about it.
    public record Settings(
            @Input(
                    "weights of the sample, brought together with it by 'key', with a column weight, such as those of weigh.calibrate")
            Frame weights,

            @Input(
                    value = "how the weights were calibrated, as the stage that made them leaves it beside them",
                    beside = "weights")
            Optional<CalibrationRecord> calibration,

            @Input("the sample: a row for each unit that gets a weight, such as a household")
            Frame sample,

            @Input("rows that belong to units of the sample, such as persons; they share its weight")
            Optional<Frame> persons,

            @Input("a table above the sample, such as regions: filters may name its columns")
            Optional<Frame> regions,

            @Input(
                    "the targets, if no record has them: CSV, Parquet or JSON Lines with the columns table, variable, filter, value and, if wanted, tolerance, cost, floor, name")
            Optional<Path> targets,

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

            @Setting(value = "least weight", min = -1e300, max = 1e300)
            double least,

            @Setting(value = "greatest weight", min = -1e300, max = 1e300)
            double most,

            @Setting(
                    value = "stop after one round, which may leave some weights a little outside the limits",
                    defaultsTo = "false")
            boolean once)
            implements HandedTables {}

    /// What comes out.
    public record Trimmed(
            @Artefact("a row for each unit: key, design_weight, weight_unverified, ratio, at_bound")
            Frame trimmed,

            @Artefact("a row for each target: before, after, errors")
            Frame diagnostics) {}

    @Override
    public String kind() {
        return "weigh.trim";
    }

    @Override
    public String summary() {
        return "cut weights outside limits and spread what was cut off";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Trimmed> output() {
        return Trimmed.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Trimmed run(Settings input, StageContext context) {
        HandedWeights handed =
                HandedWeights.of(input, CalibrationChoices.of(CalibrateStage.DistanceName.LINEAR), context);
        handed.requireKeys();
        Weighing weighing = handed.weighing();
        CalibrationProblem problem = handed.model().problem();
        CalibrationResult result = Trimming.trim(
                problem,
                handed.weights(),
                input.least(),
                input.most(),
                input.once() ? Trimming.Rounds.ONCE : Trimming.Rounds.STRICT,
                context.engine());
        CalibrationReport report = new CalibrationReport(
                result,
                problem,
                CalibrationSettings.raking().withBounds(Bounds.ofWeight(input.least(), input.most())),
                weighing.targets());
        weighing.tell(context, report, result, false);
        return new Trimmed(report.weights(weighing.keys()), report.diagnostics());
    }
}
