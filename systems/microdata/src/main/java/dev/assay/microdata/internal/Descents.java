package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.CalibrationChoices;
import dev.assay.microdata.CalibrationRecord;
import dev.assay.study.Listing;
import dev.assay.study.StageContext;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationModel;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Checkpointing;
import dev.assay.weigh.Epoch;
import dev.assay.weigh.SelectionResult.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the stages that weigh by epochs have in common.
public final class Descents {
    /// Weights that differ from those of raking by less than this part have its standard errors.
    private static final double NEAR = 1e-3;
    /// The greatest tolerance that a calibration takes.
    private static final double LOOSEST = 0.99;

    private Descents() {}

    /// Bounds from two pairs, each of which may be empty.
    public static Bounds bounds(List<Double> ratios, List<Double> weights) {
        Bounds bounds = Bounds.none();
        if (!ratios.isEmpty()) {
            if (ratios.size() != 2 || !(ratios.get(0) <= 1) || !(ratios.get(1) >= 1)) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "ratio bounds are two numbers, one of at most and one of at least 1, such as [0.3, 3]; got "
                                + ratios);
            }
            bounds = Bounds.ofRatio(ratios.get(0), ratios.get(1));
        }
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

    /// Where a stage keeps its epochs, so that one that was stopped goes on. What is damaged there is written
    /// over: no user put it there.
    ///
    /// @param every epochs between two writes, at least 1
    public static Optional<Checkpointing> checkpointing(StageContext context, int every) {
        return Optional.of(
                new Checkpointing(context.resumable().resolve("epochs.checkpoint"), every).writingOverOthers());
    }

    /// The record of weights found by gradient. Where calibrating by raking gives them too, its standard errors are
    /// theirs; a warning and the record say so where it does not.
    public static CalibrationRecord record(
            WeighingTables tables,
            Weighing weighing,
            CalibrationChoices choices,
            CalibrationResult result,
            StageContext context) {
        CalibrationModel exact = Choices.model(weighing, choices);
        Optional<String> caveat = Optional.of("the gradient did not meet every target");
        if (result.converged()) {
            CalibrationResult raked = exact.solve(context.engine(), context.progress("Newton steps"));
            caveat = near(raked, result.weights())
                    ? Optional.empty()
                    : Optional.of("the gradient met the targets by other weights than a calibration by raking");
            caveat.ifPresent(why -> context.warn(why + ", so their standard errors are not known; for those use"
                    + " weigh.calibrate, or more epochs and a distance price that is not too low"));
        }
        return noted(tables, weighing, choices, result, caveat);
    }

    /// The record of weights of selected rows.
    public static CalibrationRecord record(WeighingTables tables, Weighing weighing, CalibrationResult result) {
        return noted(
                tables,
                weighing,
                CalibrationChoices.of(DistanceName.RAKING),
                result,
                Optional.of("their rows were selected by chance and by the targets before they were weighted"));
    }

    private static CalibrationRecord noted(
            WeighingTables tables,
            Weighing weighing,
            CalibrationChoices choices,
            CalibrationResult result,
            Optional<String> caveat) {
        // What counts as met when the weights are used is what they themselves miss.
        CalibrationChoices met =
                choices.withTolerance(Math.clamp(result.maxError(), CalibrationSettings.DEFAULT_TOLERANCE, LOOSEST));
        return CalibrationRecords.of(tables, weighing, met, Choices.model(weighing, met), result, caveat);
    }

    private static boolean near(CalibrationResult raked, double[] weights) {
        boolean near = raked.converged();
        for (int i = 0; near && i < weights.length; i++) {
            near = Math.abs(raked.weights()[i] - weights[i]) <= NEAR * Math.max(raked.weights()[i], weights[i]);
        }
        return near;
    }

    /// A row an epoch.
    public static Frame epochs(List<Epoch> all) {
        return Frame.empty()
                .with(
                        "batch",
                        Column.Longs.of(all.stream().mapToLong(Epoch::batch).toArray()))
                .with(
                        "epoch",
                        Column.Longs.of(all.stream().mapToLong(Epoch::epoch).toArray()))
                .with(
                        "loss",
                        Decimals.column(all.stream().mapToDouble(Epoch::loss).toArray()))
                .with(
                        "max_rel_error",
                        Decimals.column(
                                all.stream().mapToDouble(Epoch::maxError).toArray()))
                .with(
                        "mean_rel_error",
                        Decimals.column(
                                all.stream().mapToDouble(Epoch::meanError).toArray()))
                .with(
                        "learning_rate",
                        Decimals.column(
                                all.stream().mapToDouble(Epoch::learningRate).toArray()))
                .with(
                        "sparsity",
                        Decimals.column(
                                all.stream().mapToDouble(Epoch::sparsity).toArray()))
                .with(
                        "active_rows",
                        Column.Longs.of(
                                all.stream().mapToLong(Epoch::activeRows).toArray()));
    }

    /// A row a run.
    public static Frame trials(List<Trial> all) {
        return Frame.empty()
                .with(
                        "sparsity",
                        Decimals.column(
                                all.stream().mapToDouble(Trial::sparsity).toArray()))
                .with(
                        "active_rows",
                        Column.Longs.of(
                                all.stream().mapToLong(Trial::activeRows).toArray()))
                .with(
                        "max_rel_error",
                        Decimals.column(
                                all.stream().mapToDouble(Trial::maxError).toArray()))
                .with(
                        "stopped",
                        Column.Texts.of(all.stream().map(Trial::stopped).toArray(String[]::new)));
    }

    /// The runs as a table for people.
    public static Listing listing(List<Trial> all) {
        List<List<Object>> rows = new ArrayList<>();
        all.forEach(t -> rows.add(List.of(t.sparsity(), t.activeRows(), t.maxError(), t.stopped())));
        return new Listing(
                "Prices of rows tried",
                "Rows left and the greatest relative error of a target before the exact method met the targets with them.",
                List.of("price", "rows left", "greatest error", "stopped because"),
                rows);
    }
}
