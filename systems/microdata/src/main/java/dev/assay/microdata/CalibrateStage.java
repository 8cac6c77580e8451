package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.internal.CalibrationRecords;
import dev.assay.microdata.internal.CalibrationReport;
import dev.assay.microdata.internal.Choices;
import dev.assay.microdata.internal.Weighing;
import dev.assay.microdata.internal.WeighingTables;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationModel;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.TightestBounds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `weigh.calibrate`: weights close to the design weights that reproduce published totals, with one weight
/// for all persons of a household.
@Headline({
    "exact-targets-missed",
    "penalised-targets-missed",
    "boundary-solution",
    "max-relative-error",
    "design-effect",
    "effective-sample-size"
})
public final class CalibrateStage implements Stage<CalibrateStage.Settings, CalibrateStage.Weights> {
    /// What closeness means.
    public enum DistanceName {
        /// Chi-square; weights may become negative without bounds.
        LINEAR,
        /// Entropy; weights stay above 0, but come as close to it as the targets force them to.
        RAKING,
        /// Between two ratio bounds, smoothly.
        LOGIT,
        /// Hyperbolic sine: weights stay above 0, as with raking, and far ones cost more on both sides.
        SINH,
        /// Chi-square between bounds, which have to be given.
        TRUNCATED_LINEAR
    }

    /// What to do with a target of 0 that only weights of 0 can meet.
    public enum ZeroTargetPolicy {
        /// Fail and name the target.
        ERROR,
        /// Set the weights of those rows to exactly 0.
        ZERO_ROWS,
        /// Miss it at a cost.
        PENALISE
    }

    /// Whether to look for the narrowest ratio bounds.
    public enum TightestName {
        /// No: the bounds are as given.
        NONE,
        /// The least delta with ratios between 1 - delta and 1 + delta.
        SYMMETRIC,
        /// The least difference of upper and lower bound.
        RANGE
    }

    /// How Newton's equations are solved.
    public enum SolverName {
        /// By the number of targets.
        AUTOMATIC,
        /// With the matrix formed.
        EXPLICIT,
        /// By conjugate gradients, the matrix never formed.
        CONJUGATE_GRADIENT
    }

    /// The sample, the targets, and what the weights may be.
    public record Settings(
            @Input("the sample: a row for each unit that gets a weight, such as a household")
            Frame sample,

            @Input("rows that belong to units of the sample, such as persons; they share its weight")
            Optional<Frame> persons,

            @Input("a table above the sample, such as regions: filters may name its columns")
            Optional<Frame> regions,

            @Input(
                    "the targets: CSV, Parquet or JSON Lines with the columns table, variable, filter, value and, if wanted, tolerance, cost, floor, name")
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

            @Setting(value = "what closeness to the design weights means", defaultsTo = "raking")
            DistanceName distance,

            @Setting(
                    value = "least and greatest ratio of weight to design weight: [low, high]; none if empty",
                    defaultsTo = "[]")
            List<Double> bounds,

            @Setting(value = "least and greatest weight: [low, high]; none if empty", defaultsTo = "[]")
            List<Double> weightBounds,

            @Setting("the column with each row's own least ratio of weight to design weight")
            Optional<String> lowerBound,

            @Setting("the column with each row's own greatest ratio of weight to design weight")
            Optional<String> upperBound,

            @Setting(
                    value = "look for the narrowest ratio bounds that the targets allow, and use them, widened",
                    defaultsTo = "none")
            TightestName tightest,

            @Setting(
                    value = "how much wider than the narrowest bounds to calibrate, as a part of their distance from 1",
                    defaultsTo = "0.05",
                    min = 0,
                    max = 10)
            double widen,

            @Setting(value = "how steeply the sinh distance grows", defaultsTo = "1", min = 1e-3, max = 1e3)
            double alpha,

            @Setting(
                    "the column with each row's scale q: the greater, the farther its weight may move; without one all 1")
            Optional<String> q,

            @Setting("the column that numbers clusters whose units get one ratio of weight to design weight")
            Optional<String> cluster,

            @Setting("what missing a target costs whose line gives no cost; without it such targets must be met")
            Optional<Double> cost,

            @Setting(value = "what to do with a target of 0 that only weights of 0 can meet", defaultsTo = "error")
            ZeroTargetPolicy zeroTargets,

            @Setting(value = "how Newton's equations are solved", defaultsTo = "automatic")
            SolverName solver,

            @Setting(
                    value =
                            "whether distances are between persons' weights instead of households' (Lemaitre and Dufour 1987)",
                    defaultsTo = "false")
            boolean personDistance,

            @Setting(value = "relative error at which a target is met", defaultsTo = "1e-9", min = 1e-14, max = 0.1)
            double tolerance,

            @Setting(value = "most Newton steps", defaultsTo = "50", min = 1, max = 10_000)
            int maxNewton,

            @Setting(
                    value = "whether the stage fails when a target is not met; if not, the column is weight_unverified",
                    defaultsTo = "true")
            boolean requireConverged)
            implements WeighingTables {}

    /// The weights and how they came about.
    public record Weights(
            @Artefact("a row for each unit: key, design_weight, weight, ratio, at_bound")
            Frame weights,

            @Artefact("key and weight for each row of the persons, or of the sample if there are none")
            Frame members,

            @Artefact("a row for each target: before, after, errors, multiplier, support")
            Frame diagnostics,

            @Artefact("a row for each step of the solve: passes, dual objective, errors, step length")
            Frame history,

            @Artefact("how the weights came about; what uses them goes by it")
            CalibrationRecord calibration) {}

    @Override
    public String kind() {
        return "weigh.calibrate";
    }

    @Override
    public String summary() {
        return "find weights close to the design weights that reproduce published totals";
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
        CalibrationChoices choices = choices(input);
        if (input.tightest() != TightestName.NONE) {
            TightestBounds found = TightestBounds.search(
                    input.tightest() == TightestName.SYMMETRIC
                            ? TightestBounds.Kind.SYMMETRIC
                            : TightestBounds.Kind.RANGE,
                    Choices.problem(weighing, choices),
                    context.engine(),
                    context.progress("feasibility problems"));
            CalibrationReport.tell(context, found);
            Bounds wider = found.widened(input.widen());
            choices = choices.withBounds(wider.lower(), wider.upper());
        }
        CalibrationModel model = Choices.model(weighing, choices);
        CalibrationResult result = model.solve(context.engine(), context.progress("Newton steps"));

        CalibrationReport report = new CalibrationReport(result, model.problem(), model.settings(), weighing.targets());
        weighing.tell(context, report, result, input.requireConverged());
        Frame weights = report.weights(weighing.keys());
        return new Weights(
                weights,
                weighing.members(result, weights),
                report.diagnostics(),
                report.history(),
                CalibrationRecords.of(input, weighing, choices, model, result, Optional.empty()));
    }

    private static CalibrationChoices choices(Settings input) {
        boolean searched = input.tightest() != TightestName.NONE;
        if (searched
                && (!input.bounds().isEmpty()
                        || input.lowerBound().isPresent()
                        || input.upperBound().isPresent())) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "'tightest' looks for ratio bounds; leave those given out, or 'tightest'");
        }
        return new CalibrationChoices(
                input.distance(),
                input.bounds(),
                input.weightBounds(),
                input.lowerBound(),
                input.upperBound(),
                input.alpha(),
                input.q(),
                input.personDistance(),
                input.cluster(),
                input.cost(),
                input.zeroTargets(),
                input.solver(),
                input.tolerance(),
                input.maxNewton());
    }
}
