package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.EstimateStage;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.Listing;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

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
        List<Statistic> statistics = statistics(input);
        SampleDesign design = design(input);
        List<Estimate> estimates = method == MethodName.LINEARISED
                ? Precision.ofCalibration(problem, weights, design, context.engine())
                        .estimates(statistics)
                : replicated(input, settings.get(), design, statistics);
        context.count("records_in", weights.length);
        tell(
                estimates,
                input.totals().size() + input.means().size() + input.ratios().size(),
                design);
        return frame(estimates);
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

    private List<Statistic> statistics(EstimateStage.Settings input) {
        List<Statistic> list = new ArrayList<>();
        for (String column : input.totals()) {
            list.add(Statistic.total("total " + column, weighing.variable(column)));
        }
        for (String column : input.means()) {
            list.add(Statistic.ratio("mean " + column, weighing.variable(column), weighing.counts(column)));
        }
        for (String ratio : input.ratios()) {
            String[] parts = ratio.split("/", -1);
            if (parts.length != 2) {
                throw Fault.of(Fault.Kind.BAD_SETTING, "a ratio is two columns as y/x, not '" + ratio + "'");
            }
            list.add(Statistic.ratio(
                    "ratio " + ratio, weighing.variable(parts[0].strip()), weighing.variable(parts[1].strip())));
        }
        if (input.by().isPresent()) {
            List<String> labels = weighing.labels(input.by().get());
            List<Statistic> whole = List.copyOf(list);
            for (String value : new TreeSet<>(labels)) {
                boolean[] domain = new boolean[labels.size()];
                for (int i = 0; i < domain.length; i++) {
                    domain[i] = labels.get(i).equals(value);
                }
                whole.forEach(
                        s -> list.add(s.within(s.name() + ", " + input.by().get() + " = " + value, domain)));
            }
        }
        return list;
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
        SampleDesign design = SampleDesign.clustered(
                strata,
                clusters,
                switch (input.lonely()) {
                    case ERROR -> LonelyUnits.ERROR;
                    case CENTRE -> LonelyUnits.CENTRE;
                    case DROP -> LonelyUnits.DROP;
                });
        if (input.fraction().isEmpty()) {
            return design;
        }
        double[] cells = weighing.variable(input.fraction().get());
        double[] fractions = new double[design.stratumNames().size()];
        Arrays.fill(fractions, Double.NaN);
        for (int i = 0; i < cells.length; i++) {
            int h = design.strata()[i];
            if (!Double.isNaN(fractions[h]) && fractions[h] != cells[i]) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "row " + i + " gives stratum '" + design.stratumNames().get(h)
                                + "' another sampling fraction than an earlier row; each stratum has one");
            }
            fractions[h] = cells[i];
        }
        return design.withFractions(fractions);
    }

    /// @param whole how many of them are of the whole population; the others are of domains, named after
    ///              values
    private void tell(List<Estimate> estimates, int whole, SampleDesign design) {
        int units = design.unitCount();
        List<List<Object>> rows = new ArrayList<>();
        // The case of letters and underscores stay: they tell variables and values apart.
        List<String> names = Metric.apart(
                estimates.stream().map(e -> e.name().replace(' ', '-')).toList());
        for (int i = 0; i < names.size(); i++) {
            Estimate e = estimates.get(i);
            Metric metric = Metric.estimate(names.get(i), e.value(), e.lower(), e.upper(), units, "primary unit");
            if (i < whole) {
                context.measured(metric);
            } else {
                context.measuredWithin(metric);
            }
            rows.add(List.of(
                    e.name(), e.value(), e.standardError(), e.lower(), e.upper(), e.variation(), e.designEffect()));
        }
        context.table(new Listing(
                "Estimates",
                "With 95 percent intervals. Standard errors: "
                        + method.name().toLowerCase(Locale.ROOT) + ", over " + units + " primary units in "
                        + design.stratumNames().size() + (design.stratumNames().size() == 1 ? " stratum." : " strata."),
                List.of("estimate", "value", "standard error", "lower", "upper", "variation", "design effect"),
                rows));
    }

    private static Frame frame(List<Estimate> all) {
        return Frame.empty()
                .with(
                        "estimate",
                        Column.Texts.of(all.stream().map(Estimate::name).toArray(String[]::new)))
                .with("value", column(all, Estimate::value))
                .with("standard_error", column(all, Estimate::standardError))
                .with("lower", column(all, Estimate::lower))
                .with("upper", column(all, Estimate::upper))
                .with("coefficient_of_variation", column(all, Estimate::variation))
                .with("design_effect", column(all, Estimate::designEffect));
    }

    private static Column column(List<Estimate> all, ToDoubleFunction<Estimate> value) {
        return Column.Doubles.of(all.stream().mapToDouble(value).toArray());
    }
}
