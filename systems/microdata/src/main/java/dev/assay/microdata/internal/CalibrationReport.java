package dev.assay.microdata.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.CalibrationStatus;
import dev.assay.weigh.DependentTarget;
import dev.assay.weigh.Infeasibility;
import dev.assay.weigh.Iteration;
import dev.assay.weigh.TargetDiagnostic;
import dev.assay.weigh.TargetTable;
import dev.assay.weigh.TightestBounds;
import dev.assay.weigh.WeightDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// A calibration's result as tables, charts and metrics.
public final class CalibrationReport {
    private static final int RATIO_BINS = 40;
    private static final int NAMED = 8;
    private static final double SMALLEST_SHOWN = 1e-16;

    private final CalibrationResult result;
    private final CalibrationProblem problem;
    private final CalibrationSettings settings;
    private final double[] design;
    private final List<String> unused;
    private final Map<String, Integer> lines = new HashMap<>();

    /// The report of a result.
    ///
    /// @param targets as they were read
    public CalibrationReport(
            CalibrationResult result, CalibrationProblem problem, CalibrationSettings settings, TargetTable targets) {
        this.result = result;
        this.problem = problem;
        this.settings = settings;
        this.design = problem.designWeights();
        this.unused = targets.unused();
        targets.rows().forEach(row -> lines.put(row.name(), row.line()));
    }

    /// How it ended, before anything else.
    private Listing verdict() {
        WeightDistribution spread = result.distribution();
        long exact = result.targets().size() - result.penalised();
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of("targets that must be met", exact, "missed", result.exactMissed()));
        rows.add(List.of(
                "targets that may be missed at a cost", result.penalised(), "missed", result.penalisedMissed()));
        rows.add(List.of("weights", (long) result.weights().length, "nearly 0", (long) spread.nearlyZero()));
        rows.add(List.of("weights", (long) result.weights().length, "at a bound", (long) spread.nearlyAtBound()));
        rows.add(List.of("weights", (long) result.weights().length, "negative", (long) spread.negative()));
        String status = result.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Listing(
                "Verdict: " + status,
                placed(result.explanation()),
                List.of("of these", "there are", "of which", "number"),
                rows);
    }

    /// How the calibration ended if not plainly, with the targets to blame: one sentence.
    public String sentence() {
        StringBuilder text = new StringBuilder("the calibration is ")
                .append(result.status().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(": ")
                .append(placed(result.explanation()));
        result.infeasibility()
                .filter(i -> !i.conflict().isEmpty())
                .ifPresent(i -> text.append(i.minimal() ? " Smallest conflicting set: " : " Conflicting set: ")
                        .append(named(i.conflict()))
                        .append('.'));
        return text.toString();
    }

    /// A sentence with the line of each target that it names in quotes.
    private String placed(String sentence) {
        String text = sentence;
        for (Map.Entry<String, Integer> line : lines.entrySet()) {
            String quoted = "'" + line.getKey() + "'";
            text = text.replace(quoted, quoted + " (line " + line.getValue() + ")");
        }
        return text;
    }

    /// States metrics, tables and charts.
    public void tell(StageContext context) {
        WeightDistribution spread = result.distribution();
        int n = result.weights().length;
        int k = result.targets().size();
        context.measured(Metric.exact("converged", result.isPlain() ? 1 : 0, k));
        context.measured(Metric.exact("exact-targets-missed", result.exactMissed(), k));
        context.measured(Metric.exact("penalised-targets-missed", result.penalisedMissed(), k));
        context.measured(Metric.exact(
                "boundary-solution", result.status() == CalibrationStatus.CONVERGED_AT_BOUNDARY ? 1 : 0, k));
        context.measured(Metric.exact("weights-nearly-zero", spread.nearlyZero(), n));
        context.measured(Metric.exact("weights-at-bounds", spread.nearlyAtBound(), n));
        context.measured(Metric.exact("max-relative-error", result.maxError(), k));
        context.measured(Metric.exact("newton-steps", result.newtonSteps(), k));
        context.measured(Metric.exact("passes", result.passes(), k));
        context.measured(Metric.exact("targets", k, k));
        context.measured(Metric.exact("min-ratio", spread.ratio().min(), n));
        context.measured(Metric.exact("max-ratio", spread.ratio().max(), n));
        context.measured(Metric.exact("effective-sample-size", spread.effectiveSize(), n));
        context.measured(Metric.exact("design-effect", spread.designEffect(), n));
        context.measured(Metric.exact("negative-weights", spread.negative(), n));
        context.measured(Metric.exact("sum-of-weights", spread.sum(), n));
        if (!result.converged() || result.status() == CalibrationStatus.CONVERGED_AT_BOUNDARY) {
            context.warn(sentence());
        }
        if (result.converged() && result.penalisedMissed() > 0) {
            context.warn(result.penalisedMissed() + " of " + result.penalised()
                    + " targets that may be missed at a cost are missed by more than the tolerance");
        }
        context.table(verdict());
        if (!result.dropped().isEmpty()) {
            context.warn("targets without any row and with value 0 took no part: " + named(result.dropped()));
        }
        if (!unused.isEmpty()) {
            context.warn("targets without a value were not used: " + named(unused));
        }
        result.infeasibility().ifPresent(i -> infeasible(context, i));
        context.table(targets());
        if (!result.dependent().isEmpty()) {
            context.table(dependent());
        }
        context.table(distribution());
        context.figure(errors());
        context.figure(ratios());
        if (!result.history().isEmpty()) {
            context.figure(convergence());
        }
    }

    /// States the narrowest bounds found.
    public static void tell(StageContext context, TightestBounds found) {
        context.measured(Metric.exact("tightest-lower-bound", found.lower(), found.solves()));
        context.measured(Metric.exact("tightest-upper-bound", found.upper(), found.solves()));
        context.table(new Listing(
                "Narrowest bounds",
                "Weights that meet the targets exist within these ratios of weight to design weight; that none exist"
                        + " within narrower ones is proved up to the gap.",
                List.of("what is least", "lower", "upper", "gap", "problems solved"),
                List.of(List.of(
                        found.kind() == TightestBounds.Kind.SYMMETRIC ? "distance from 1" : "upper - lower",
                        found.lower(),
                        found.upper(),
                        found.gap(),
                        found.solves()))));
    }

    /// A row a step.
    public Frame history() {
        List<Iteration> all = result.history();
        return Frame.empty()
                .with("step", whole(all, Iteration::step))
                .with("passes", whole(all, Iteration::passes))
                .with("dual_objective", decimal(all, Iteration::potential))
                .with("max_rel_error", decimal(all, Iteration::maxError))
                .with("mean_rel_error", decimal(all, Iteration::meanError))
                .with("step_length", decimal(all, Iteration::stepLength))
                .with("cg_steps", whole(all, Iteration::cgSteps));
    }

    private static Column.Longs whole(List<Iteration> all, ToLongFunction<Iteration> value) {
        return Column.Longs.of(all.stream().mapToLong(value).toArray());
    }

    private static Column.Doubles decimal(List<Iteration> all, ToDoubleFunction<Iteration> value) {
        return Decimals.column(all.stream().mapToDouble(value).toArray());
    }

    /// The weights: key, design weight, weight (or `weight_unverified`), ratio, and whether at a bound.
    public Frame weights(Frame keys) {
        double[] ratio = new double[design.length];
        String[] bound = new String[design.length];
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] = design[i] == 0 ? Double.NaN : result.weights()[i] / design[i];
            double weight = result.weights()[i];
            boolean low = design[i] > 0 && weight <= problem.leastWeight(settings, i);
            boolean high = design[i] > 0 && weight >= problem.greatestWeight(settings, i);
            bound[i] = weight == 0 ? "zero" : low ? "lower" : high ? "upper" : "none";
        }
        return keys.with("design_weight", Column.Doubles.of(design.clone()))
                .with(
                        result.status().weightColumn(),
                        Column.Doubles.of(result.weights().clone()))
                .with("ratio", Column.Doubles.of(ratio))
                .with("at_bound", Column.Categories.of(bound));
    }

    /// A row a target.
    public Frame diagnostics() {
        List<TargetDiagnostic> all = result.targets();
        String[] names = all.stream().map(TargetDiagnostic::name).toArray(String[]::new);
        String[] parts =
                all.stream().map(t -> t.part().name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
        boolean[] within = new boolean[names.length];
        for (int j = 0; j < within.length; j++) {
            within[j] = all.get(j).withinTolerance();
        }
        return Frame.empty()
                .with("name", Column.Texts.of(names))
                .with("target", column(TargetDiagnostic::target))
                .with("before", column(TargetDiagnostic::before))
                .with("after", column(TargetDiagnostic::after))
                .with("rel_error_before", column(TargetDiagnostic::errorBefore))
                .with("rel_error_after", column(TargetDiagnostic::errorAfter))
                .with("multiplier", column(TargetDiagnostic::multiplier))
                .with("nonzero_rows", column(TargetDiagnostic::nonzeroRows))
                .with("effective_rows", column(TargetDiagnostic::effectiveRows))
                .with("share_of_largest_row", column(TargetDiagnostic::largestShare))
                .with("weight_at_bound_share", column(TargetDiagnostic::atBoundShare))
                .with("cost", column(TargetDiagnostic::cost))
                .with("within_tolerance", Column.Booleans.of(within))
                .with("part", Column.Categories.of(parts));
    }

    private Column.Doubles column(ToDoubleFunction<TargetDiagnostic> value) {
        return Decimals.column(result.targets().stream().mapToDouble(value).toArray());
    }

    private Listing targets() {
        List<List<Object>> rows = new ArrayList<>();
        result.targets().stream()
                .sorted(Comparator.comparingDouble((TargetDiagnostic t) -> -Math.abs(t.errorBefore())))
                .forEach(t -> rows.add(List.of(
                        t.name(),
                        t.target(),
                        t.before(),
                        t.after(),
                        t.errorBefore(),
                        t.errorAfter(),
                        t.multiplier(),
                        t.nonzeroRows(),
                        t.effectiveRows(),
                        t.withinTolerance() ? "yes" : "no")));
        return new Listing(
                "Targets",
                "Sorted by the error before. Errors are relative to the target; effective rows = (sum w x)^2 / sum (w x)^2.",
                List.of(
                        "target",
                        "value",
                        "before",
                        "after",
                        "error before",
                        "error after",
                        "multiplier",
                        "rows",
                        "effective rows",
                        "met"),
                rows);
    }

    private Listing dependent() {
        List<List<Object>> rows = new ArrayList<>();
        for (DependentTarget each : result.dependent()) {
            rows.add(List.of(each.name(), each.combination(), each.predicted(), each.agrees() ? "yes" : "no"));
        }
        return new Listing(
                "Targets that follow from others",
                "They take no part in the solve and are met if the others are and the values agree.",
                List.of("target", "is", "which gives", "agrees"),
                rows);
    }

    private Listing distribution() {
        WeightDistribution.Quantiles r = result.distribution().ratio();
        WeightDistribution.Quantiles w = result.distribution().weight();
        List<List<Object>> rows = List.of(
                List.of("minimum", r.min(), w.min()),
                List.of("0.1 %", r.p0001(), w.p0001()),
                List.of("1 %", r.p001(), w.p001()),
                List.of("5 %", r.p005(), w.p005()),
                List.of("25 %", r.p025(), w.p025()),
                List.of("median", r.p050(), w.p050()),
                List.of("75 %", r.p075(), w.p075()),
                List.of("95 %", r.p095(), w.p095()),
                List.of("99 %", r.p099(), w.p099()),
                List.of("99.9 %", r.p0999(), w.p0999()),
                List.of("maximum", r.max(), w.max()));
        return new Listing(
                "Weights", "Quantiles over all units.", List.of("quantile", "weight / design weight", "weight"), rows);
    }

    private Figure errors() {
        List<Double> x = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<TargetDiagnostic> sorted = result.targets().stream()
                .sorted(Comparator.comparingDouble((TargetDiagnostic t) -> Math.abs(t.errorBefore())))
                .toList();
        for (TargetDiagnostic t : sorted) {
            x.add((double) x.size() + 1);
            before.add(Math.max(Math.abs(t.errorBefore()), SMALLEST_SHOWN));
            after.add(Math.max(Math.abs(t.errorAfter()), SMALLEST_SHOWN));
            names.add(t.name());
        }
        return new Figure.Points(
                "Errors of the targets before and after",
                "Absolute relative errors on a logarithmic axis, targets sorted by the error before; 1e-16 stands for 0.",
                "target",
                "absolute relative error",
                false,
                true,
                List.of(
                        new Figure.PointSeries("before", x, before, names),
                        new Figure.PointSeries("after", x, after, names)));
    }

    private Figure ratios() {
        double[] ratios = new double[design.length];
        int n = 0;
        for (int i = 0; i < design.length; i++) {
            if (design[i] > 0) {
                ratios[n++] = result.weights()[i] / design[i];
            }
        }
        ratios = Arrays.copyOf(ratios, n);
        double min = Arrays.stream(ratios).min().orElse(0);
        double max = Arrays.stream(ratios).max().orElse(1);
        if (max <= min) {
            max = min + 1;
        }
        List<Double> edges = new ArrayList<>();
        for (int b = 0; b <= RATIO_BINS; b++) {
            edges.add(min + (max - min) * b / RATIO_BINS);
        }
        double[] counts = new double[RATIO_BINS];
        for (double ratio : ratios) {
            counts[Math.min(RATIO_BINS - 1, (int) ((ratio - min) / (max - min) * RATIO_BINS))]++;
        }
        return new Figure.Histogram(
                "Weight ratios",
                "How far the weights moved: weight over design weight.",
                "weight / design weight",
                "units",
                edges,
                List.of(new Figure.Series("units", Arrays.stream(counts).boxed().toList())));
    }

    private Figure convergence() {
        List<Double> steps = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (Iteration each : result.history()) {
            steps.add((double) each.step());
            errors.add(Math.max(each.maxError(), SMALLEST_SHOWN));
        }
        return new Figure.Lines(
                "Convergence",
                "The greatest relative error of a target after each Newton step, on a logarithmic axis.",
                "step",
                "greatest relative error",
                true,
                steps,
                List.of(new Figure.Series("greatest error", errors)));
    }

    private static void infeasible(StageContext context, Infeasibility why) {
        if (!why.conflict().isEmpty()) {
            List<List<Object>> rows = new ArrayList<>();
            why.conflict().forEach(name -> rows.add(List.of(name)));
            context.table(new Listing(
                    why.minimal() ? "Smallest conflicting set of targets" : "Conflicting targets",
                    why.minimal()
                            ? "No weights meet all of these together; leave out any one and the rest can be met."
                            : "No weights meet all of these together.",
                    List.of("target"),
                    rows));
        }
        if (!why.impossible().isEmpty()) {
            List<List<Object>> rows = new ArrayList<>();
            why.impossible().forEach(r -> rows.add(List.of(r.name(), r.value(), r.least(), r.most())));
            context.table(new Listing(
                    "Targets out of reach on their own",
                    "The least and the greatest total that weights within the bounds can give.",
                    List.of("target", "value", "least", "greatest"),
                    rows));
        }
        why.smallestMiss().ifPresent(miss -> {
            List<List<Object>> rows = new ArrayList<>();
            miss.misses().forEach(m -> rows.add(List.of(m.name(), m.relative())));
            context.table(new Listing(
                    "What to relax",
                    (miss.optimal() ? "The least sum of relative misses is " : "The sum of relative misses is at most ")
                            + String.format(Locale.ROOT, "%.6g", miss.sum()) + "; targets missed there:",
                    List.of("target", "relative miss"),
                    rows));
        });
        why.workable()
                .ifPresent(bounds -> context.table(new Listing(
                        "Bounds that would do",
                        "The narrowest ratio bounds at equal distance from 1 within which weights meet every target.",
                        List.of("lower", "upper"),
                        List.of(List.of(bounds.lower(), bounds.upper())))));
    }

    private static String named(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }
}
