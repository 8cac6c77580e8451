package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.CalibrationChoices;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationModel;
import dev.assay.weigh.CalibrationResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Weights and the calibration of which it is certain that it made them.
///
/// @param handed the weights
/// @param model  what made them
/// @param full   its result, where it was made again
public record Confirmed(HandedWeights handed, CalibrationModel model, Optional<CalibrationResult> full) {
    /// Weights that a calibration made again differ from those given by less than this part.
    private static final double SAME = 1e-6;
    /// Tried where nothing is stated: they need no bounds, and the first takes one step.
    private static final List<DistanceName> USUAL =
            List.of(DistanceName.LINEAR, DistanceName.RAKING, DistanceName.SINH);

    /// Goes by the record, or calibrates as stated and compares.
    ///
    /// @param stated   the distance stated, if one was
    /// @param choices  what else was stated
    /// @param anyway   whether weights are taken that no calibration stated here gives
    /// @throws Fault (BAD_DATA) if a target is missed; (BAD_SETTING) if the weights do not come about as
    ///     stated, or their record says that no calibration alone makes them
    public static Confirmed of(
            HandedWeights handed,
            Optional<DistanceName> stated,
            CalibrationChoices choices,
            boolean anyway,
            StageContext context) {
        handed.requireMet();
        handed.requireKeys();
        if (handed.caveat().isPresent()) {
            if (!anyway) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "no formula gives standard errors for these weights, as "
                                + handed.caveat().get()
                                + "; accept approximate ones, as if each row had been calibrated by itself to these targets,"
                                + " with 'other-calibration', or calibrate with weigh.calibrate");
            }
            context.warn(
                    "standard errors are approximate, as if each row had been calibrated by itself to the targets: "
                            + handed.caveat().get());
        }
        if (handed.recorded()) {
            return new Confirmed(handed, handed.model(), Optional.empty());
        }
        for (DistanceName distance : stated.map(List::of).orElse(USUAL)) {
            CalibrationModel model = Choices.model(handed.weighing(), choices.withDistance(distance));
            CalibrationResult result = model.solve(context.engine(), context.progress("Newton steps"));
            if (same(result, handed.weights())) {
                context.warn("no record says how the weights were made; calibrating by the " + word(distance)
                        + " distance gives them, and standard errors are those of that calibration");
                return new Confirmed(handed, model, Optional.of(result));
            }
        }
        String tried = stated.map(
                        d -> "calibrating with this distance and these bounds does not give the weights given")
                .orElse("calibrating by the usual distances without bounds does not give the weights given");
        if (!anyway) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    tried
                            + "; give 'calibration', the record beside them, or state all settings of their calibration, or"
                            + " accept residuals of single rows with 'other-calibration'");
        }
        context.warn(tried + "; standard errors are approximate, as if each row had been calibrated by itself");
        return new Confirmed(handed, handed.model(), Optional.empty());
    }

    /// The calibration's own result, made again if it was not yet.
    ///
    /// @throws Fault (BAD_SETTING) if it does not give the weights, so that replicates of it would not
    ///     be theirs
    public CalibrationResult full(StageContext context) {
        CalibrationResult result =
                full.orElseGet(() -> model.solve(context.engine(), context.progress("Newton steps")));
        if (!same(result, handed.weights())) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "calibrating anew does not give the weights given, so its replicates would be those of other weights; use"
                            + " the linearised method");
        }
        return result;
    }

    private static boolean same(CalibrationResult result, double[] weights) {
        boolean same = result.converged();
        for (int i = 0; same && i < weights.length; i++) {
            same = Math.abs(result.weights()[i] - weights[i]) <= SAME * Math.max(1, Math.abs(weights[i]));
        }
        return same;
    }

    private static String word(DistanceName distance) {
        return distance.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
