package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.internal.CalibrationReport;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Distance;
import dev.assay.weigh.HouseholdProblem;
import dev.assay.weigh.HouseholdTables;
import dev.assay.weigh.TargetTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `weigh.calibrate`: weights close to the design weights that reproduce published totals, with one weight for all
/// persons of a household.
public final class CalibrateStage implements Stage<CalibrateStage.Settings, CalibrateStage.Weights> {
    /// What closeness means.
    public enum DistanceName {
        /// Chi-square; weights may become negative without bounds.
        LINEAR,
        /// Entropy; weights stay positive.
        RAKING,
        /// Between two ratio bounds, smoothly.
        LOGIT
    }

    /// The sample, the targets, and what the weights may be.
    public record Settings(
            @Input("the sample: a row for each unit that gets a weight, such as a household")
            Frame sample,

            @Input("rows that belong to units of the sample, such as persons; they share its weight")
            Optional<Frame> persons,

            @Input(
                    "the targets: CSV, Parquet or JSON Lines with the columns table, variable, filter, value, tolerance, name")
            Path targets,

            @Setting(value = "what the targets call the sample", defaultsTo = "sample")
            String sampleTable,

            @Setting(value = "what the targets call the persons", defaultsTo = "persons")
            String personsTable,

            @Setting(
                    "the column that identifies a unit, in the sample and in the persons; without one units are numbered")
            Optional<String> key,

            @Setting("the column with the design weights; without one all rows weigh 1")
            Optional<String> weight,

            @Setting(value = "what closeness to the design weights means", defaultsTo = "raking")
            DistanceName distance,

            @Setting(
                    value = "least and greatest ratio of weight to design weight: [low, high]; none if empty",
                    defaultsTo = "[]")
            List<Double> bounds,

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
            boolean requireConverged) {}

    /// The weights and how they came about.
    public record Weights(
            @Artefact("a row for each unit: key, design_weight, weight, ratio, at_bound")
            Frame weights,

            @Artefact("key and weight for each row of the persons, or of the sample if there are none")
            Frame members,

            @Artefact("a row for each target: before, after, errors, multiplier, support")
            Frame diagnostics) {}

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
    public Weights run(Settings input, StageContext context) {
        if (input.sample().rows() == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the sample is empty: there is nothing to weigh");
        }
        String key = input.key().orElse(ROW_KEY);
        if (input.key().isEmpty() && input.persons().isPresent()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'key' is needed with persons: the column that says to which row of the sample a person belongs");
        }
        Frame sample = input.key().isPresent() ? input.sample() : numbered(input.sample());
        TargetTable targets = readTargets(input.targets());
        HouseholdTables tables = HouseholdTables.of(input.sampleTable(), sample, key);
        if (input.persons().isPresent()) {
            tables = tables.with(input.personsTable(), input.persons().get());
        }
        HouseholdProblem problem = problem(tables, targets, input.targets());
        double[] design = input.weight().map(problem::designWeights).orElseGet(() -> ones(sample.rows()));
        double[] scales = input.personDistance() ? problem.memberScales(input.personsTable()) : ones(sample.rows());

        CalibrationResult result = Calibration.solve(
                settings(input),
                CalibrationProblem.of(problem.design(), design, problem.targets())
                        .withQ(scales),
                context.engine(),
                context.progress("Newton steps"));

        context.count("records_in", sample.rows());
        context.count("records_out", sample.rows());
        CalibrationReport report = new CalibrationReport(result, design, targets.unused());
        report.tell(context);
        if (!result.converged() && input.requireConverged()) {
            throw Fault.of(Fault.Kind.BAD_DATA, report.sentence());
        }
        Frame weights = report.weights(sample.select(List.of(key)));
        String column = result.status().weightColumn();
        Frame members = input.persons()
                .map(persons -> persons.select(List.of(key))
                        .with(column, Column.Doubles.of(problem.spread(result.weights(), input.personsTable()))))
                .orElseGet(() -> weights.select(List.of(key, column)));
        return new Weights(weights, members, report.diagnostics());
    }

    /// Targets are read as texts, so that a number that is none is told with its line instead of becoming missing.
    static TargetTable readTargets(Path file) {
        try {
            return TargetTable.of(Frames.read(file, ReadOptions.DEFAULTS));
        } catch (Fault fault) {
            throw fault.place().filter(p -> p.contains(ReadStage.name(file))).isPresent()
                    ? fault
                    : fault.at(ReadStage.name(file));
        }
    }

    /// Whatever is wrong with a target stands in the targets' file.
    private static HouseholdProblem problem(HouseholdTables tables, TargetTable targets, Path file) {
        try {
            return HouseholdProblem.of(tables, targets, Frames::conditions);
        } catch (Fault fault) {
            throw fault.at(ReadStage.name(file));
        }
    }

    private static CalibrationSettings settings(Settings input) {
        Distance distance = switch (input.distance()) {
            case LINEAR -> new Distance.Linear();
            case RAKING -> new Distance.Raking();
            case LOGIT -> new Distance.Logit();
        };
        return CalibrationSettings.of(distance, bounds(input))
                .withTolerance(input.tolerance())
                .withMaxNewton(input.maxNewton());
    }

    private static Bounds bounds(Settings input) {
        List<Double> given = input.bounds();
        if (given.isEmpty()) {
            return Bounds.none();
        }
        if (given.size() != 2 || !(given.get(0) < 1) || !(given.get(1) > 1)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "bounds are two numbers, one below and one above 1, such as [0.3, 3]; got " + given);
        }
        return Bounds.ofRatio(given.get(0), given.get(1));
    }

    private static Frame numbered(Frame sample) {
        long[] numbers = new long[sample.rows()];
        Arrays.setAll(numbers, i -> i + 1L);
        if (sample.schema().has(ROW_KEY)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "the sample has a column '" + ROW_KEY + "'; name it as 'key', or rename it");
        }
        return sample.with(ROW_KEY, Column.Longs.of(numbers));
    }

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }
}
