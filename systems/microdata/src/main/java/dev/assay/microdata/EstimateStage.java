package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.internal.Confirmed;
import dev.assay.microdata.internal.Estimation;
import dev.assay.microdata.internal.HandedTables;
import dev.assay.microdata.internal.HandedWeights;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.MissingCells;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `weigh.estimate`: totals, means and ratios with the standard errors of their calibration.
public final class EstimateStage implements Stage<EstimateStage.Settings, EstimateStage.Estimates> {
    /// Where standard errors come from.
    public enum MethodName {
        /// Linearisation with the residuals of the calibration.
        LINEARISED,
        /// Leaving out one primary unit at a time, calibrated anew.
        JACKKNIFE,
        /// Primary units drawn with replacement, calibrated anew.
        BOOTSTRAP,
        /// Half samples of two primary units a stratum, calibrated anew.
        BALANCED
    }

    /// What to do with strata of one primary unit.
    public enum LonelyName {
        /// Fail and name the stratum.
        ERROR,
        /// Deviation from the mean of all primary units.
        CENTRE,
        /// No contribution.
        DROP
    }

    /// The sample, the targets, and how to go about it.
    public record Settings(
            @Input(
                    "calibrated weights of the sample, brought together with it by 'key', with a column weight, such as those of weigh.calibrate")
            Frame weights,

            @Input(
                    value =
                            "how the weights were calibrated, as the stage that made them leaves it beside them; without it the calibration has to be stated",
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

            @Setting(
                    value = "columns whose totals are estimated, of the sample or summed over persons",
                    defaultsTo = "[]")
            List<String> totals,

            @Setting(value = "columns whose means are estimated, over units or over persons", defaultsTo = "[]")
            List<String> means,

            @Setting(value = "ratios of totals to estimate, each as y/x", defaultsTo = "[]")
            List<String> ratios,

            @Setting(
                    "a column of the sample: everything is estimated for each of its values too; rows without one are in none")
            Optional<String> by,

            @Setting("the column of the sample with the strata in which it was drawn")
            Optional<String> strata,

            @Setting("the column of the sample with the primary units that were drawn; without one each row is one")
            Optional<String> clusters,

            @Setting("the column of the sample with the part of its stratum's primary units that was drawn")
            Optional<String> fraction,

            @Setting(value = "what to do with strata of one primary unit", defaultsTo = "error")
            LonelyName lonely,

            @Setting(value = "where standard errors come from", defaultsTo = "linearised")
            MethodName method,

            @Setting(value = "replicates of the bootstrap", defaultsTo = "200", min = 2, max = 100_000)
            int replicates,

            @Setting(value = "Fay's factor of balanced replicates", defaultsTo = "0", min = 0, max = 0.99)
            double fay,

            @Setting("without a record: the distance of the calibration")
            Optional<CalibrateStage.DistanceName> distance,

            @Setting(value = "without a record: its ratio bounds", defaultsTo = "[]")
            List<Double> bounds,

            @Setting(value = "without a record: its bounds on weights", defaultsTo = "[]")
            List<Double> weightBounds,

            @Setting("without a record: the column with each row's own least ratio")
            Optional<String> lowerBound,

            @Setting("without a record: the column with each row's own greatest ratio")
            Optional<String> upperBound,

            @Setting(
                    value = "without a record: how steep its sinh distance was",
                    defaultsTo = "1",
                    min = 1e-3,
                    max = 1e3)
            double alpha,

            @Setting("without a record: the column with each row's scale q")
            Optional<String> q,

            @Setting(
                    value = "without a record: whether its distances were between persons' weights",
                    defaultsTo = "false")
            boolean personDistance,

            @Setting("without a record: the column that numbers clusters whose units got one ratio")
            Optional<String> calibrationCluster,

            @Setting("without a record: what missing a target cost whose line gives no cost")
            Optional<Double> cost,

            @Setting(value = "without a record: what was done with targets of 0", defaultsTo = "error")
            CalibrateStage.ZeroTargetPolicy zeroTargets,

            @Setting(
                    value =
                            "take weights that meet the targets but that no calibration recorded or stated gives; their standard errors are then approximate",
                    defaultsTo = "false")
            boolean otherCalibration)
            implements HandedTables {}

    /// What comes out.
    public record Estimates(
            @Artefact(
                    "a row for each estimate: value, standard error, interval, coefficient of variation, design effect; rows"
                            + " it counts and rows without a value, primary units, degrees of freedom, the t quantile of the"
                            + " interval, replicates left out, and a remark why something is missing")
            Frame estimates) {}

    @Override
    public String kind() {
        return "weigh.estimate";
    }

    @Override
    public String summary() {
        return "estimate totals, means and ratios with the standard errors of their calibration";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Estimates> output() {
        return Estimates.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return settings.get("method") == MethodName.BOOTSTRAP;
    }

    @Override
    public Estimates run(Settings input, StageContext context) {
        if (input.totals().isEmpty()
                && input.means().isEmpty()
                && input.ratios().isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "say what to estimate: 'totals', 'means' or 'ratios'");
        }
        CalibrationChoices stated = stated(input);
        HandedWeights handed = HandedWeights.of(input, stated, context);
        Confirmed confirmed = Confirmed.of(handed, input.distance(), stated, input.otherCalibration(), context);
        return new Estimates(new Estimation(confirmed, input.method(), context).run(input));
    }

    private static CalibrationChoices stated(Settings input) {
        CalibrationChoices stated = new CalibrationChoices(
                input.distance().orElse(CalibrateStage.DistanceName.LINEAR),
                input.bounds(),
                input.weightBounds(),
                input.lowerBound(),
                input.upperBound(),
                input.alpha(),
                input.q(),
                input.personDistance(),
                input.calibrationCluster(),
                input.cost(),
                input.zeroTargets(),
                CalibrateStage.SolverName.AUTOMATIC,
                CalibrationSettings.DEFAULT_TOLERANCE,
                CalibrationSettings.DEFAULT_MAX_NEWTON);
        input.calibration().ifPresent(record -> requireSame(input, record.choices()));
        return stated;
    }

    /// What is stated beside a record has to be what the record says.
    private static void requireSame(Settings input, CalibrationChoices made) {
        boolean same = input.distance().map(made.distance()::equals).orElse(true)
                && (input.bounds().isEmpty() || input.bounds().equals(made.bounds()))
                && (input.weightBounds().isEmpty() || input.weightBounds().equals(made.weightBounds()))
                && (input.alpha() == 1 || input.alpha() == made.alpha())
                && (!input.personDistance() || made.personDistance())
                && (input.zeroTargets() == CalibrateStage.ZeroTargetPolicy.ERROR
                        || input.zeroTargets() == made.zeroTargets())
                && stated(input.lowerBound(), made.lowerBound())
                && stated(input.upperBound(), made.upperBound())
                && stated(input.q(), made.q())
                && stated(input.calibrationCluster(), made.cluster())
                && stated(input.cost(), made.cost());
        if (!same) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "the record of the calibration says how the weights were made, and something else is stated; leave out what"
                            + " states it again (distance, bounds, q and the like)");
        }
    }

    private static <T> boolean stated(Optional<T> given, Optional<T> made) {
        return given.isEmpty() || given.equals(made);
    }
}
