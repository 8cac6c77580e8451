package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.internal.CalibrationReport;
import dev.assay.microdata.internal.Weighing;
import dev.assay.microdata.internal.WeighingTables;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Clustered;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBounds;
import dev.assay.weigh.Solver;
import dev.assay.weigh.Targets;
import dev.assay.weigh.TightestBounds;
import dev.assay.weigh.ZeroTargets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// `weigh.calibrate`: weights close to the design weights that reproduce published totals, with one weight
/// for all persons of a household.
@Headline({"max-relative-error", "design-effect", "effective-sample-size"})
public final class CalibrateStage implements Stage<CalibrateStage.Settings, CalibrateStage.Weights> {
    /// What closeness means.
    public enum DistanceName {
        /// Chi-square; weights may become negative without bounds.
        LINEAR,
        /// Entropy; weights stay positive.
        RAKING,
        /// Between two ratio bounds, smoothly.
        LOGIT,
        /// Hyperbolic sine: weights stay positive, and far ones cost more on both sides.
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
            Frame history) {}

    private static final String ROW_KEY = "row";

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
        Weighing weighing = Weighing.of(input);
        CalibrationProblem calibration = calibration(input, weighing);
        Bounds bounds = bounds(input);
        if (input.tightest() != TightestName.NONE) {
            TightestBounds found = TightestBounds.search(
                    input.tightest() == TightestName.SYMMETRIC
                            ? TightestBounds.Kind.SYMMETRIC
                            : TightestBounds.Kind.RANGE,
                    calibration,
                    context.engine(),
                    context.progress("feasibility problems"));
            CalibrationReport.tell(context, found);
            Bounds wider = found.widened(input.widen());
            bounds = new Bounds(wider.lower(), wider.upper(), bounds.least(), bounds.most());
        }
        CalibrationSettings settings = settings(input, bounds);
        CalibrationResult result = input.cluster().isPresent()
                ? Clustered.solve(
                        settings,
                        calibration,
                        weighing.codes(input.cluster().get()),
                        context.engine(),
                        context.progress("Newton steps"))
                : Calibration.solve(settings, calibration, context.engine(), context.progress("Newton steps"));

        CalibrationReport report = new CalibrationReport(result, calibration, settings, weighing.targets());
        weighing.tell(context, report, result, input.requireConverged());
        Frame weights = report.weights(weighing.keys());
        return new Weights(weights, weighing.members(result, weights), report.diagnostics(), report.history());
    }

    private static CalibrationProblem calibration(Settings input, Weighing weighing) {
        if (input.q().isPresent() && input.personDistance()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'q' and 'person-distance' both set the scale of a row; leave one of them out");
        }
        Frame sample = weighing.sample();
        Targets targets = weighing.problem().targets();
        if (input.cost().isPresent()) {
            targets = new Targets(targets.list().stream()
                    .map(t -> t.isExact() ? t.withCost(input.cost().get()) : t)
                    .toList());
        }
        CalibrationProblem calibration = weighing.calibration().withTargets(targets);
        if (input.personDistance()) {
            calibration = calibration.withQ(weighing.problem().memberScales(input.personsTable()));
        } else if (input.q().isPresent()) {
            calibration = calibration.withQ(numbers(sample, input.q().get(), v -> v > 0, "finite numbers above 0"));
        }
        if (input.lowerBound().isPresent() || input.upperBound().isPresent()) {
            double[] lower = input.lowerBound()
                    .map(c -> numbers(sample, c, v -> v <= 1, "numbers of at most 1"))
                    .orElseGet(() -> filled(sample.rows(), Double.NEGATIVE_INFINITY));
            double[] upper = input.upperBound()
                    .map(c -> numbers(sample, c, v -> v >= 1, "numbers of at least 1"))
                    .orElseGet(() -> filled(sample.rows(), Double.POSITIVE_INFINITY));
            calibration = calibration.withRowBounds(new RowBounds(lower, upper));
        }
        return calibration;
    }

    private static double[] numbers(Frame sample, String column, DoublePredicate allowed, String what) {
        double[] numbers = sample.numbers(column);
        for (int i = 0; i < numbers.length; i++) {
            if (!allowed.test(numbers[i]) || !Double.isFinite(numbers[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Column '" + column + "' of the sample must hold " + what + "; row " + i + " does not.");
            }
        }
        return numbers;
    }

    private static CalibrationSettings settings(Settings input, Bounds bounds) {
        Distance distance = switch (input.distance()) {
            case LINEAR, TRUNCATED_LINEAR -> new Distance.Linear();
            case RAKING -> new Distance.Raking();
            case LOGIT -> new Distance.Logit();
            case SINH -> new Distance.Sinh(input.alpha());
        };
        return CalibrationSettings.of(distance, bounds)
                .withTolerance(input.tolerance())
                .withMaxNewton(input.maxNewton())
                .withZeroTargets(
                        switch (input.zeroTargets()) {
                            case ERROR -> ZeroTargets.ERROR;
                            case ZERO_ROWS -> ZeroTargets.ZERO_ROWS;
                            case PENALISE -> ZeroTargets.PENALISE;
                        })
                .withSolver(
                        switch (input.solver()) {
                            case AUTOMATIC -> Solver.AUTOMATIC;
                            case EXPLICIT -> Solver.EXPLICIT;
                            case CONJUGATE_GRADIENT -> Solver.CONJUGATE_GRADIENT;
                        });
    }

    private static Bounds bounds(Settings input) {
        boolean byRow = input.lowerBound().isPresent() || input.upperBound().isPresent();
        boolean searched = input.tightest() != TightestName.NONE;
        if (searched && (!input.bounds().isEmpty() || byRow)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "'tightest' looks for ratio bounds; leave those given out, or 'tightest'");
        }
        if (input.distance() == DistanceName.TRUNCATED_LINEAR
                && input.bounds().isEmpty()
                && input.weightBounds().isEmpty()
                && !searched
                && !byRow) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "the truncated linear distance needs bounds, such as --bounds 0.3,3");
        }
        Bounds bounds = Bounds.none();
        List<Double> ratios = input.bounds();
        if (!ratios.isEmpty()) {
            if (ratios.size() != 2 || !(ratios.get(0) < 1) || !(ratios.get(1) > 1)) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "bounds are two numbers, one below and one above 1, such as [0.3, 3]; got " + ratios);
            }
            bounds = Bounds.ofRatio(ratios.get(0), ratios.get(1));
        }
        List<Double> weights = input.weightBounds();
        if (!weights.isEmpty()) {
            if (weights.size() != 2 || !(weights.get(0) <= weights.get(1))) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "weight-bounds are the least and the greatest weight, such as [50, 3000]; got " + weights);
            }
            bounds = bounds.andWeight(weights.get(0), weights.get(1));
        }
        return bounds;
    }

    private static double[] filled(int rows, double value) {
        double[] filled = new double[rows];
        Arrays.fill(filled, value);
        return filled;
    }
}
