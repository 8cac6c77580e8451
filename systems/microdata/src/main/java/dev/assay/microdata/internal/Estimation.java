package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.EstimateStage;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Estimate;
import dev.assay.weigh.Precision;
import dev.assay.weigh.ReplicateEstimates;
import dev.assay.weigh.Replication;
import dev.assay.weigh.SampleDesign;
import dev.assay.weigh.SampleDesign.LonelyUnits;
import dev.assay.weigh.Statistic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Estimates with their precision, from weights and a sample design.
public final class Estimation {
    /// Weights that a calibration made again differ from those given by less than this part.
    private static final double SAME = 1e-6;

    private final Weighing weighing;
    private final CalibrationProblem problem;
    private final double[] weights;
    private final MethodName method;
    private final StageContext context;

    /// @param weights a row for each row of the sample, in its order
    public Estimation(
            Weighing weighing, CalibrationProblem problem, Frame weights, MethodName method, StageContext context) {
        if (!weights.schema().has("weight")) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the weights have no column 'weight'"
                            + (weights.schema().has("weight_unverified")
                                    ? "; they did not meet their targets, so no standard error is right for them"
                                    : ""));
        }
        if (weights.rows() != weighing.sample().rows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there are " + weights.rows() + " weights for "
                            + weighing.sample().rows() + " rows of the sample; give the weights of this sample");
        }
        this.weighing = weighing;
        this.problem = problem;
        this.weights = weights.numbers("weight");
        this.method = method;
        this.context = context;
    }

    /// Estimates everything and tells it.
    ///
    /// @param settings with which replicates are calibrated
    public Frame run(EstimateStage.Settings input, Supplier<CalibrationSettings> settings) {
        Analysis analysis = Analysis.of(weighing, input, context);
        List<Statistic> statistics = analysis.statistics();
        SampleDesign design = design(input);
        List<Estimate> estimates = method == MethodName.LINEARISED
                ? Precision.ofCalibration(problem, weights, design, context.engine())
                        .estimates(statistics)
                : replicated(input, settings.get(), design, statistics);
        context.count("records_in", weights.length);
        EstimateTable table = new EstimateTable(estimates, analysis.items());
        table.tell(context, analysis.whole(), note(design));
        return table.frame();
    }

    private String note(SampleDesign design) {
        return "Standard errors: " + method.name().toLowerCase(Locale.ROOT) + ", over " + design.unitCount()
                + " primary units in " + design.stratumNames().size()
                + (design.stratumNames().size() == 1 ? " stratum" : " strata") + ", "
                + design.degreesOfFreedom() + " degrees of freedom in all.";
    }

    private List<Estimate> replicated(
            EstimateStage.Settings input,
            CalibrationSettings settings,
            SampleDesign design,
            List<Statistic> statistics) {
        Replication replication = switch (method) {
            case JACKKNIFE -> Replication.jackknife(design);
            case BOOTSTRAP ->
                Replication.bootstrap(design, input.replicates(), context.seed().child("replicates"));
            case BALANCED -> Replication.balanced(design, input.fay());
            case LINEARISED -> throw new IllegalStateException("not replicated");
        };
        CalibrationResult full =
                Calibration.solve(settings, problem, context.engine(), context.progress("Newton steps"));
        for (int i = 0; i < weights.length; i++) {
            if (!full.converged()
                    || Math.abs(full.weights()[i] - weights[i]) > SAME * Math.max(1, Math.abs(weights[i]))) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "calibrating with this distance and these bounds does not give the weights given (first on row "
                                + i + "); give replicates the settings of the calibration");
            }
        }
        ReplicateEstimates replicates = ReplicateEstimates.ofCalibration(
                settings,
                problem,
                full,
                replication,
                statistics,
                context.engine(),
                context.progress("replicates"),
                (w, r) -> {});
        context.measured(Metric.exact("replicates", replicates.replicates(), replicates.replicates()));
        context.measured(Metric.exact("replicates-failed", replicates.failed().size(), replicates.replicates()));
        if (!replicates.failed().isEmpty()) {
            context.warn(replicates.failed().size() + " of " + replicates.replicates()
                    + " replicates could not be calibrated and are left out, the first of them number "
                    + replicates.failed().getFirst().replicate() + " ("
                    + replicates
                            .failed()
                            .getFirst()
                            .status()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' ')
                    + "); standard errors without them may be too small");
        }
        return replicates.estimates();
    }

    private SampleDesign design(EstimateStage.Settings input) {
        int rows = weighing.sample().rows();
        List<String> strata = input.strata().map(weighing::labels).orElseGet(() -> Collections.nCopies(rows, "all"));
        List<String> clusters = input.clusters().map(weighing::labels).orElseGet(() -> {
            List<String> numbers = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                numbers.add(Integer.toString(i));
            }
            return numbers;
        });
        return SampleDesign.clustered(
                strata,
                clusters,
                input.fraction().map(weighing::variable).orElseGet(() -> new double[rows]),
                switch (input.lonely()) {
                    case ERROR -> LonelyUnits.ERROR;
                    case CENTRE -> LonelyUnits.CENTRE;
                    case DROP -> LonelyUnits.DROP;
                });
    }
}
