package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.Estimate;
import dev.assay.measure.Marginals;
import dev.assay.measure.RareCells;
import dev.assay.measure.ZeroRates;
import dev.assay.microdata.FidelityStage;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Scores of several methods as metrics, tables and charts.
public final class FidelityReport {
    private final FidelityStage.Settings input;
    private final List<FidelityScores> scores;
    private final FidelityScorer scorer;

    /// A measure that every method has, and how it is told.
    private record Measure(String name, String heading, Function<FidelityScores, Optional<Estimate>> of) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("precision", "precision", s -> Optional.of(s.intervals().precision())),
            new Measure("recall", "recall", s -> Optional.of(s.intervals().recall())),
            new Measure("density", "density", s -> Optional.of(s.intervals().density())),
            new Measure("coverage", "coverage", s -> Optional.of(s.intervals().coverage())),
            new Measure(
                    "coverage-of-rest",
                    "coverage, radius > 0",
                    s -> Optional.of(s.intervals().coverageOfRest())),
            new Measure("zero-rate-mae", "zero-rate error", s -> s.zeros().map(ZeroRates::meanAbsoluteError)),
            new Measure(
                    "association-difference",
                    "association difference",
                    s -> s.associations().map(a -> a.meanAbsoluteDifference())),
            new Measure("exact-copies", "exact copies", ofMade(s -> s.copies().exactCopies())),
            new Measure(
                    "closer-than-holdout", "too close", ofMade(s -> s.copies().closerThanHoldout())));

    /// Not of the second real sample: its rows are training rows.
    private static Function<FidelityScores, Optional<Estimate>> ofMade(Function<FidelityScores, Estimate> of) {
        return s -> s.reference() && s.name().equals(FidelityScorer.SECOND_SAMPLE)
                ? Optional.empty()
                : Optional.of(of.apply(s));
    }

    /// The report of these scores.
    public FidelityReport(FidelityStage.Settings input, List<FidelityScores> scores, FidelityScorer scorer) {
        this.input = input;
        this.scores = scores;
        this.scorer = scorer;
    }

    /// The method with the highest coverage; ties go to the one named first.
    public String best() {
        FidelityScores best = methods().getFirst();
        for (FidelityScores each : methods()) {
            if (each.prdc().coverageCount() > best.prdc().coverageCount()) {
                best = each;
            }
        }
        return best.name();
    }

    /// All synthetic rows of [#best()].
    public Frame bestRows() {
        return Objects.requireNonNull(input.synthetic().get(best()), "the best is one of the methods");
    }

    /// States metrics, tables and charts.
    public void tell(StageContext context) {
        context.count("records_in", input.real().rows());
        List<String> prefixes =
                Metric.apart(scores.stream().map(s -> Metric.part(s.name())).toList());
        for (int i = 0; i < scores.size(); i++) {
            FidelityScores each = scores.get(i);
            String prefix = prefixes.get(i);
            for (Measure measure : MEASURES) {
                measure.of().apply(each).ifPresent(e -> context.measured(metric(prefix + "." + measure.name(), e)));
            }
        }
        context.table(overview());
        context.table(differences(context));
        context.figure(prdc());
        if (scores.getFirst().zeros().isPresent()) {
            context.table(zeros());
        }
        if (!input.rare().isEmpty()) {
            context.table(rare());
            context.figure(rareFigure());
        }
        context.table(marginals());
        context.table(copies());
        MarginalFigures.of(scorer, input, methods()).forEach(context::figure);
        if (methods().size() > 1) {
            context.warn(
                    "Each method was run with one seed, and the best was chosen on the rows it is reported on: its "
                            + "own score is a little flattered. Say that one is better only where the interval of the "
                            + "difference leaves out 0.");
        }
    }

    /// Every score, a row each.
    public Frame frame() {
        List<String> methods = new ArrayList<>();
        List<String> measures = new ArrayList<>();
        List<String> subjects = new ArrayList<>();
        List<Estimate> estimates = new ArrayList<>();
        for (FidelityScores each : scores) {
            for (Measure measure : MEASURES) {
                measure.of().apply(each).ifPresent(e -> {
                    methods.add(each.name());
                    measures.add(measure.name());
                    subjects.add("");
                    estimates.add(e);
                });
            }
            for (Marginals.Marginal marginal : each.marginals()) {
                methods.add(each.name());
                subjects.add(marginal.column());
                switch (marginal) {
                    case Marginals.NumericMarginal numeric -> {
                        measures.add("w1");
                        estimates.add(numeric.w1());
                    }
                    case Marginals.CategoricalMarginal categorical -> {
                        measures.add("total-variation");
                        estimates.add(categorical.totalVariation());
                    }
                }
            }
            each.zeros()
                    .ifPresent(zeros -> zeros.columns().forEach(z -> {
                        methods.add(each.name());
                        measures.add("zero-rate-difference");
                        subjects.add(z.column());
                        estimates.add(z.absoluteDifference());
                    }));
            for (RareCells.RareCell cell : each.rare()) {
                methods.add(each.name());
                measures.add("rare-cell-ratio");
                subjects.add(cell.name());
                estimates.add(cell.ratio());
            }
        }
        return Frame.empty()
                .with("method", Column.Categories.of(methods.toArray(String[]::new)))
                .with("measure", Column.Categories.of(measures.toArray(String[]::new)))
                .with("subject", Column.Texts.of(subjects.toArray(String[]::new)))
                .with("value", column(estimates, e -> e.value().orElse(Double.NaN)))
                .with("low", column(estimates, e -> e.low().orElse(Double.NaN)))
                .with("high", column(estimates, e -> e.high().orElse(Double.NaN)))
                .with(
                        "rows",
                        Column.Longs.of(
                                estimates.stream().mapToLong(Estimate::n).toArray()))
                .with(
                        "resampled",
                        Column.Categories.of(
                                estimates.stream().map(Estimate::unitKind).toArray(String[]::new)))
                .with(
                        "reason",
                        Column.Texts.of(estimates.stream()
                                .map(e -> e.reason().orElse(""))
                                .toArray(String[]::new)));
    }

    private List<FidelityScores> methods() {
        return scores.stream().filter(s -> !s.reference()).toList();
    }

    private Listing overview() {
        List<String> columns = new ArrayList<>(List.of("rows of"));
        MEASURES.forEach(m -> columns.add(m.heading()));
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores each : scores) {
            List<Object> row = new ArrayList<>();
            row.add(each.name());
            MEASURES.forEach(
                    m -> row.add(m.of().apply(each).map(FidelityReport::shown).orElse("")));
            rows.add(row);
        }
        int n = scorer.size();
        double zero = scores.getFirst().prdc().zeroRadiusShare();
        return new Listing(
                "Methods side by side",
                "Against real rows held out: " + n + " rows a side, "
                        + scorer.columns().size() + " columns encoded as "
                        + scorer.width() + ", k = " + input.k() + ", cap " + input.cap() + ". " + percent(zero)
                        + " of the real rows have a radius of 0 because they occur more than k times and can never be "
                        + "covered. Intervals at 95 %, resampled over "
                        + scorer.nearUnits().kind()
                        + "s with the balls held fixed. Precision, recall, density and coverage do not use weights.",
                columns,
                rows);
    }

    /// The same draws of real units for all methods make the differences paired.
    private Listing differences(StageContext context) {
        FidelityScores best = scores.stream()
                .filter(s -> s.name().equals(best()))
                .findFirst()
                .orElseThrow(() -> Fault.of(Fault.Kind.BAD_DATA, "there is no method to compare"));
        int n = best.prdc().real();
        List<FidelityScores> others =
                scores.stream().filter(s -> !s.name().equals(best.name())).toList();
        double[][] differences = new double[others.size()][n];
        for (int m = 0; m < differences.length; m++) {
            for (int i = 0; i < n; i++) {
                differences[m][i] =
                        (best.prdc().covered(i) ? 1 : 0) - (others.get(m).prdc().covered(i) ? 1 : 0);
            }
        }
        List<List<Object>> rows = new ArrayList<>();
        if (differences.length > 0) {
            List<Estimate> estimates = scorer.cheap().means(scorer.nearUnits(), differences, context.engine());
            for (int m = 0; m < differences.length; m++) {
                Estimate e = estimates.get(m);
                boolean apart = e.low().isPresent()
                        && (e.low().getAsDouble() > 0 || e.high().orElse(0) < 0);
                rows.add(List.of(best.name() + " - " + others.get(m).name(), shown(e), apart ? "yes" : "no"));
            }
        }
        return new Listing(
                "Differences in coverage to the best",
                rows.size()
                        + " comparisons, each paired over the same real rows; intervals at 95 % each, not corrected "
                        + "for their number.",
                List.of("difference", "coverage", "interval leaves out 0"),
                rows);
    }

    private Figure prdc() {
        List<String> categories = scores.stream().map(FidelityScores::name).toList();
        List<Figure.IntervalSeries> series = new ArrayList<>();
        for (Measure measure : MEASURES.subList(0, 4)) {
            List<Double> values = new ArrayList<>();
            List<Double> low = new ArrayList<>();
            List<Double> high = new ArrayList<>();
            for (FidelityScores each : scores) {
                Estimate e = measure.of().apply(each).orElseThrow();
                values.add(e.value().orElse(Double.NaN));
                low.add(e.low().orElse(Double.NaN));
                high.add(e.high().orElse(Double.NaN));
            }
            series.add(new Figure.IntervalSeries(measure.name(), values, low, high));
        }
        return new Figure.Intervals(
                "Precision, recall, density and coverage",
                "By method, with 95 % intervals. The last two are reference lines: a second real sample, which no method can "
                        + "honestly beat, and columns shuffled independently, which every method must beat.",
                "score",
                categories,
                series);
    }

    private Listing zeros() {
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores each : scores) {
            for (ZeroRates.ZeroRate zero : each.zeros().map(ZeroRates::columns).orElse(List.of())) {
                rows.add(List.of(
                        each.name(),
                        zero.column(),
                        shown(zero.real()),
                        shown(zero.synthetic()),
                        shown(zero.absoluteDifference())));
            }
        }
        return new Listing(
                "Zero rates",
                "Weighted shares of zeros in amount columns.",
                List.of("rows of", "column", "real", "synthetic", "absolute difference"),
                rows);
    }

    private Listing rare() {
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores each : scores) {
            for (RareCells.RareCell cell : each.rare()) {
                rows.add(List.of(
                        each.name(),
                        cell.name(),
                        cell.realCount() + " of " + cell.realRows(),
                        cell.syntheticCount() + " of " + cell.syntheticRows(),
                        cell.ratio().value().isPresent()
                                ? shown(cell.ratio())
                                : cell.ratio().reason().orElse("")));
            }
        }
        return new Listing(
                "Rare combinations",
                "Ratio of the weighted synthetic share to the weighted real share; 1 is unbiased whatever the sizes.",
                List.of("rows of", "combination", "real rows", "synthetic rows", "ratio"),
                rows);
    }

    private Figure rareFigure() {
        List<String> names =
                scores.getFirst().rare().stream().map(RareCells.RareCell::name).toList();
        List<Figure.IntervalSeries> series = new ArrayList<>();
        for (FidelityScores each : scores) {
            series.add(new Figure.IntervalSeries(
                    each.name(),
                    each.rare().stream()
                            .map(c -> c.ratio().value().orElse(Double.NaN))
                            .toList(),
                    each.rare().stream()
                            .map(c -> c.ratio().low().orElse(Double.NaN))
                            .toList(),
                    each.rare().stream()
                            .map(c -> c.ratio().high().orElse(Double.NaN))
                            .toList()));
        }
        return new Figure.Intervals(
                "Rare combinations, synthetic over real",
                "1 is unbiased. Gaps: too few real rows for a ratio.",
                "ratio",
                names,
                series);
    }

    private Listing marginals() {
        List<String> columns = new ArrayList<>(List.of("column", "distance"));
        scores.forEach(s -> columns.add(s.name()));
        List<List<Object>> rows = new ArrayList<>();
        for (int c = 0; c < scores.getFirst().marginals().size(); c++) {
            List<Object> row = new ArrayList<>();
            Marginals.Marginal first = scores.getFirst().marginals().get(c);
            row.add(first.column());
            row.add(
                    switch (first) {
                        case Marginals.NumericMarginal numeric -> "W1 / sd";
                        case Marginals.CategoricalMarginal categorical -> "total variation";
                    });
            for (FidelityScores each : scores) {
                row.add(
                        switch (each.marginals().get(c)) {
                            case Marginals.NumericMarginal numeric ->
                                numeric.w1Scaled().map(FidelityReport::shown).orElse("constant");
                            case Marginals.CategoricalMarginal categorical -> shown(categorical.totalVariation());
                        });
            }
            rows.add(row);
        }
        return new Listing(
                "Marginal distances",
                "Weighted. 0 is the same distribution; read each beside the distance of the second real sample.",
                columns,
                rows);
    }

    private Listing copies() {
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores each : scores) {
            if (each.name().equals(FidelityScorer.SECOND_SAMPLE)) {
                continue;
            }
            rows.add(List.of(
                    each.name(),
                    shown(each.copies().exactCopies()),
                    shown(each.copies().exactCopiesHoldout()),
                    shown(each.copies().closerThanHoldout()),
                    shown(each.copies().medianDistance()),
                    shown(each.copies().medianDistanceHoldout())));
        }
        return new Listing(
                "Copies of training rows",
                "Synthetic rows should be about as far from the training rows as the held-out rows are. Too close: nearer than "
                        + "the nearest 1 % of them.",
                List.of(
                        "rows of",
                        "exact copies",
                        "held-out rows equal to a training row",
                        "too close",
                        "median distance",
                        "median distance of held-out rows"),
                rows);
    }

    private static Metric metric(String name, Estimate e) {
        if (e.value().isEmpty()) {
            return Metric.absent(name, e.n(), e.reason().orElse("it cannot be given"));
        }
        if (e.low().isEmpty() || e.high().isEmpty()) {
            return new Metric(
                    name,
                    Optional.of(e.value().getAsDouble()),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    e.n(),
                    "",
                    "",
                    e.reason().orElse("no interval"));
        }
        return Metric.estimate(
                name, e.value().getAsDouble(), e.low().getAsDouble(), e.high().getAsDouble(), e.n(), e.unitKind());
    }

    static String shown(Estimate e) {
        if (e.value().isEmpty()) {
            return "-";
        }
        String value = digits(e.value().getAsDouble());
        return e.low().isEmpty() || e.high().isEmpty()
                ? value
                : value + " [" + digits(e.low().getAsDouble()) + ", "
                        + digits(e.high().getAsDouble()) + "]";
    }

    private static String digits(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.2f" : "%.4f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static Column.Doubles column(List<Estimate> estimates, java.util.function.ToDoubleFunction<Estimate> of) {
        return Column.Doubles.of(estimates.stream().mapToDouble(of).toArray());
    }
}
