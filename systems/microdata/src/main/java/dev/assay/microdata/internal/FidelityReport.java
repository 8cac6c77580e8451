package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.measure.Marginals;
import dev.assay.measure.PrdcIntervals;
import dev.assay.measure.PrdcScores;
import dev.assay.measure.RareCells;
import dev.assay.measure.Summaries;
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

    /// The method that is best by the criterion; ties go to the one named first.
    public String best() {
        List<FidelityScores> methods = methods();
        double[] marginals =
                methods.stream().mapToDouble(FidelityScores::marginalDistance).toArray();
        double[] associations = methods.stream()
                .mapToDouble(FidelityScores::associationDifference)
                .toArray();
        double[] uncovered = methods.stream().mapToDouble(s -> -s.coverage()).toArray();
        double[] loss = switch (input.criterion()) {
            case MARGINALS -> marginals;
            case ASSOCIATIONS -> associations;
            case COVERAGE -> uncovered;
            case RANKS -> {
                double[] sum = new double[methods.size()];
                for (double[] each : List.of(marginals, associations, uncovered)) {
                    for (int m = 0; m < sum.length; m++) {
                        sum[m] += rank(each, m);
                    }
                }
                yield sum;
            }
        };
        int best = 0;
        for (int m = 1; m < loss.length; m++) {
            best = loss[m] < loss[best] ? m : best;
        }
        return methods.get(best).name();
    }

    /// How many are better, ties counting half.
    private static double rank(double[] losses, int of) {
        double rank = 0;
        for (double loss : losses) {
            rank += loss < losses[of] ? 1 : loss == losses[of] ? 0.5 : 0;
        }
        return rank;
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
            SummaryTables.metrics(each, prefix).forEach(context::measured);
            RareTables.metrics(each, prefix).forEach(context::measured);
        }
        context.table(SummaryTables.furthest(scores));
        context.table(overview());
        context.table(differences());
        context.figure(prdc());
        if (scores.getFirst().zeros().isPresent()) {
            context.table(zeros());
        }
        if (!input.rare().isEmpty()) {
            context.table(RareTables.listing(scores));
            context.figure(RareTables.figure(scores));
        }
        context.table(marginals());
        context.table(copies());
        MarginalFigures.draw(scorer, input, methods(), context);
        if (methods().size() > 1) {
            context.warn("Each method was run with one seed, and the best (" + best() + ", by "
                    + input.criterion().name().toLowerCase(Locale.ROOT)
                    + ") was chosen on the rows it is reported on: its own score is a little flattered. Say that "
                    + "one is better only where the interval of the difference leaves out 0.");
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
            for (Summaries.Summary summary : each.summaries()) {
                methods.add(each.name());
                measures.add(SummaryTables.measure(summary));
                subjects.add(SummaryTables.subject(summary));
                estimates.add(summary.difference());
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
                        "units",
                        Column.Longs.of(
                                estimates.stream().mapToLong(Estimate::units).toArray()))
                .with(
                        "resampled",
                        Column.Categories.of(
                                estimates.stream().map(Estimate::unitKind).toArray(String[]::new)))
                .with(
                        "interval",
                        Column.Categories.of(estimates.stream()
                                .map(e -> e.hasInterval() ? e.interval().title() : "none")
                                .toArray(String[]::new)))
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
        double zero = scores.getFirst().prdc().stream()
                .mapToDouble(PrdcScores::zeroRadiusShare)
                .average()
                .orElse(0);
        return new Listing(
                "Methods side by side",
                "Against real rows held out: " + n + " rows a side, "
                        + scorer.columns().size() + " columns encoded as "
                        + scorer.width() + ", k = " + input.k() + ", cap " + input.cap() + ". " + percent(zero)
                        + " of the real rows have a radius of 0 because they occur more than k times and can never be "
                        + "covered. Intervals at 95 % over "
                        + scorer.realUnits().count() + " " + scorer.realUnits().kind()
                        + "s of the real rows; those of precision, recall, density and coverage are for other samples "
                        + "of these sizes from both laws, balls computed anew. "
                        + (scorer.weighted()
                                ? "Rows of these four are drawn by weight, so that all measures refer to the weighted "
                                        + "population; the scores are means of " + scorer.draws() + " draws."
                                : "All rows weigh the same."),
                columns,
                rows);
    }

    /// The same groups of real units for all methods make the differences paired.
    private Listing differences() {
        FidelityScores best = scores.stream()
                .filter(s -> s.name().equals(best()))
                .findFirst()
                .orElseThrow(() -> Fault.of(Fault.Kind.BAD_DATA, "there is no method to compare"));
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores other : scores) {
            if (other.name().equals(best.name())) {
                continue;
            }
            Estimate e = PrdcIntervals.difference(
                    best.prdc(),
                    other.prdc(),
                    PrdcScores.Score.COVERAGE,
                    scorer.realUnits(),
                    scorer.units(other.rows()),
                    Bootstrap.DEFAULT_LEVEL);
            boolean apart = e.low().isPresent()
                    && (e.low().getAsDouble() > 0 || e.high().orElse(0) < 0);
            rows.add(List.of(
                    best.name() + " - " + other.name(),
                    number(other.marginalDistance() - best.marginalDistance()),
                    number(other.associationDifference() - best.associationDifference()),
                    shown(e),
                    apart ? "yes" : "no"));
        }
        return new Listing(
                "Differences to the best",
                "The best by " + input.criterion().name().toLowerCase(Locale.ROOT) + ". " + rows.size()
                        + " comparisons, each over the same real rows; intervals at 95 % each, both samples drawn anew, "
                        + "not corrected for their number. Marginals and associations: by how much the other is further "
                        + "off.",
                List.of("difference", "marginals", "associations", "coverage", "interval leaves out 0"),
                rows);
    }

    static String number(double value) {
        return digits(value);
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

    static Metric metric(String name, Estimate e) {
        if (e.value().isEmpty()) {
            return Metric.absent(name, e.units(), e.reason().orElse("it cannot be given"));
        }
        if (e.low().isEmpty() || e.high().isEmpty()) {
            return new Metric(
                    name,
                    Optional.of(e.value().getAsDouble()),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    e.units(),
                    "",
                    "",
                    e.reason().orElse("no interval"));
        }
        return Metric.estimate(
                name, e.value().getAsDouble(), e.low().getAsDouble(), e.high().getAsDouble(), e.units(), e.unitKind());
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
        return Decimals.column(estimates.stream().mapToDouble(of).toArray());
    }
}
