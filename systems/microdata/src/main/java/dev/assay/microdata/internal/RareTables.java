package dev.assay.microdata.internal;

import dev.assay.measure.RareCells;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.util.ArrayList;
import java.util.List;

/// Rare combinations as metrics, table and chart.
final class RareTables {
    private RareTables() {}

    /// The ratio of each combination, with its interval.
    static List<Metric> metrics(FidelityScores scores, String prefix) {
        List<String> names = Metric.apart(
                scores.rare().stream().map(cell -> Metric.part(cell.name())).toList());
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            metrics.add(FidelityReport.metric(
                    prefix + ".rare-ratio." + names.get(i), scores.rare().get(i).ratio()));
        }
        return metrics;
    }

    static Listing listing(List<FidelityScores> scores) {
        List<List<Object>> rows = new ArrayList<>();
        for (FidelityScores each : scores) {
            for (RareCells.RareCell cell : each.rare()) {
                rows.add(List.of(
                        each.name(),
                        cell.name(),
                        cell.realCount() + " of " + cell.realRows(),
                        cell.syntheticCount() + " of " + cell.syntheticRows(),
                        cell.ratio().value().isPresent()
                                ? FidelityReport.shown(cell.ratio())
                                : cell.ratio().reason().orElse("")));
            }
        }
        return new Listing(
                "Rare combinations",
                "Ratio of the weighted synthetic share to the weighted real share; 1 is unbiased whatever the sizes.",
                List.of("rows of", "combination", "real rows", "synthetic rows", "ratio"),
                rows);
    }

    static Figure figure(List<FidelityScores> scores) {
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
}
