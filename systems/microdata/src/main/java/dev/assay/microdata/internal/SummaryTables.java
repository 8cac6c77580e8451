package dev.assay.microdata.internal;

import dev.assay.measure.Summaries;
import dev.assay.measure.Summaries.Summary;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Means, quantiles and shares of frequent values as metrics and as the table that leads a comparison.
final class SummaryTables {
    /// Rows of a method in the table.
    private static final int SHOWN = 12;

    private SummaryTables() {}

    /// For each kind the largest difference in standard deviations, and the differences of means and
    /// medians.
    static List<Metric> metrics(FidelityScores scores, String prefix) {
        List<Metric> metrics = new ArrayList<>();
        for (Summaries.Kind kind : Summaries.Kind.values()) {
            List<Summary> of = scores.summaries().stream()
                    .filter(s -> s.kind() == kind && !Double.isNaN(s.off()))
                    .toList();
            if (!of.isEmpty()) {
                Summary worst = of.getFirst();
                metrics.add(new Metric(
                        prefix + "." + kind.name().toLowerCase(Locale.ROOT) + "-off",
                        Optional.of(Math.abs(worst.off())),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        worst.difference().units(),
                        "",
                        "",
                        "the largest of " + of.size() + ", in standard deviations: " + subject(worst)));
            }
        }
        metrics.addAll(differences(scores, prefix + ".mean-difference.", Summaries.Kind.MEAN, ""));
        metrics.addAll(differences(scores, prefix + ".median-difference.", Summaries.Kind.QUANTILE, "0.5"));
        return metrics;
    }

    /// The differences of one kind with their intervals, of each column that is no constant.
    private static List<Metric> differences(FidelityScores scores, String prefix, Summaries.Kind kind, String of) {
        List<Summary> all = scores.summaries().stream()
                .filter(s -> s.kind() == kind && s.of().equals(of) && !Double.isNaN(s.off()))
                .sorted(Comparator.comparing(Summary::column))
                .toList();
        List<String> names =
                Metric.apart(all.stream().map(s -> Metric.part(s.column())).toList());
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            metrics.add(FidelityReport.metric(prefix + names.get(i), all.get(i).difference()));
        }
        return metrics;
    }

    /// What is furthest off, method by method.
    static Listing furthest(List<FidelityScores> scores) {
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores each : scores) {
            for (Summary summary : each.summaries().stream().limit(SHOWN).toList()) {
                rows.add(List.of(
                        each.name(),
                        measure(summary),
                        subject(summary),
                        FidelityReport.number(summary.real()),
                        FidelityReport.number(summary.synthetic()),
                        FidelityReport.shown(summary.difference()),
                        Double.isNaN(summary.off()) ? "-" : FidelityReport.number(summary.off())));
            }
        }
        return new Listing(
                "What is furthest off",
                "Weighted means, quantiles and shares of frequent values, synthetic less real with 95 % intervals, the "
                        + SHOWN
                        + " furthest off of each method, in standard deviations of the real column, or of the value's "
                        + "indicator for shares, averaged over both sides. The artefact `scores` has all of them.",
                List.of("rows of", "measure", "of", "real", "synthetic", "difference", "in sd"),
                rows);
    }

    static String measure(Summary summary) {
        return switch (summary.kind()) {
            case MEAN -> "mean-difference";
            case SHARE -> "share-difference";
            case QUANTILE -> "quantile-difference";
        };
    }

    static String subject(Summary summary) {
        return switch (summary.kind()) {
            case MEAN -> summary.column();
            case SHARE -> summary.column() + " = " + summary.of();
            case QUANTILE -> summary.column() + " at " + summary.of();
        };
    }
}
