package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import dev.assay.microdata.EstimateStage;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
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

/// Estimates with their precision, from weights and a sample design.
public final class Estimation {
    private final Weighing weighing;
    private final Confirmed confirmed;
    private final double[] weights;
    private final MethodName method;
    private final StageContext context;

    /// Estimates from these weights.
    public Estimation(Confirmed confirmed, MethodName method, StageContext context) {
        this.confirmed = confirmed;
        this.weighing = confirmed.handed().weighing();
        this.weights = confirmed.handed().weights();
        this.method = method;
        this.context = context;
    }

    /// Estimates everything and tells it.
    public Frame run(EstimateStage.Settings input) {
        Analysis analysis = Analysis.of(weighing, input, context);
        List<Statistic> statistics = analysis.statistics();
        SampleDesign design = design(input);
        List<Estimate> estimates = method == MethodName.LINEARISED
                ? Precision.ofCalibration(confirmed.model(), weights, design, context.engine())
                        .estimates(statistics)
                : replicated(input, design, statistics);
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

    private List<Estimate> replicated(EstimateStage.Settings input, SampleDesign design, List<Statistic> statistics) {
        Replication replication = switch (method) {
            case JACKKNIFE -> Replication.jackknife(design);
            case BOOTSTRAP ->
                Replication.bootstrap(design, input.replicates(), context.seed().child("replicates"));
            case BALANCED -> Replication.balanced(design, input.fay());
            case LINEARISED -> throw new IllegalStateException("not replicated");
        };
        ReplicateEstimates replicates = ReplicateEstimates.ofCalibration(
                confirmed.model(),
                confirmed.full(context),
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
