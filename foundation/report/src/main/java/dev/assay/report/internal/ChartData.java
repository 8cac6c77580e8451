package dev.assay.report.internal;

import dev.assay.study.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A figure as the page's script draws it: a map that becomes JSON. Numbers that are none become null, which
/// leaves a gap.
final class ChartData {
    private ChartData() {}

    /// @param slots  of the series
    /// @param places slots of the places of a flow
    static Map<String, @Nullable Object> of(Figure figure, List<Integer> slots, Map<String, Integer> places) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        switch (figure) {
            case Figure.Bars bars -> {
                data.put("kind", "bars");
                data.put("categories", texts(bars.categories()));
                data.put("shares", areShares(bars));
                data.put("series", series(bars.series(), slots));
            }
            case Figure.Flow flow -> {
                data.put("kind", "flow");
                data.put("unit", Shown.of(flow.unit()));
                List<Map<String, @Nullable Object>> links = new ArrayList<>();
                for (Figure.Link link : flow.links()) {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("source", Shown.of(link.from()));
                    one.put("target", Shown.of(link.to()));
                    one.put("value", link.amount());
                    links.add(one);
                }
                data.put("links", links);
                List<Map<String, @Nullable Object>> all = new ArrayList<>();
                places.forEach((name, slot) -> all.add(named(name, slot)));
                data.put("places", all);
                data.put("series", List.of());
            }
            case Figure.Histogram histogram -> {
                data.put("kind", "histogram");
                data.put("edges", numbers(histogram.edges()));
                data.put("series", series(histogram.series(), slots));
            }
            case Figure.Intervals intervals -> {
                data.put("kind", "intervals");
                data.put("categories", texts(intervals.categories()));
                List<Map<String, @Nullable Object>> series = new ArrayList<>();
                for (int s = 0; s < intervals.series().size(); s++) {
                    Figure.IntervalSeries each = intervals.series().get(s);
                    Map<String, @Nullable Object> one = named(each.name(), slots.get(s));
                    one.put("values", numbers(each.values()));
                    one.put("low", numbers(each.low()));
                    one.put("high", numbers(each.high()));
                    series.add(one);
                }
                data.put("series", series);
            }
            case Figure.Lines lines -> {
                data.put("kind", "lines");
                data.put("logY", lines.logY());
                data.put("x", numbers(lines.x()));
                data.put("series", series(lines.series(), slots));
            }
            case Figure.Points points -> {
                data.put("kind", "points");
                data.put("logX", points.logX());
                data.put("logY", points.logY());
                List<Map<String, @Nullable Object>> series = new ArrayList<>();
                for (int s = 0; s < points.series().size(); s++) {
                    Figure.PointSeries each = points.series().get(s);
                    Map<String, @Nullable Object> one = named(each.name(), slots.get(s));
                    one.put("x", numbers(each.x()));
                    one.put("y", numbers(each.y()));
                    one.put("labels", texts(each.labels()));
                    series.add(one);
                }
                data.put("series", series);
            }
        }
        return data;
    }

    private static List<Map<String, @Nullable Object>> series(List<Figure.Series> series, List<Integer> slots) {
        List<Map<String, @Nullable Object>> out = new ArrayList<>();
        for (int s = 0; s < series.size(); s++) {
            Map<String, @Nullable Object> one = named(series.get(s).name(), slots.get(s));
            one.put("values", numbers(series.get(s).values()));
            out.add(one);
        }
        return out;
    }

    private static Map<String, @Nullable Object> named(String name, int slot) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("name", Shown.of(name));
        one.put("slot", slot);
        return one;
    }

    private static List<String> texts(List<String> texts) {
        return texts.stream().map(Shown::of).toList();
    }

    private static List<@Nullable Double> numbers(List<Double> values) {
        List<@Nullable Double> out = new ArrayList<>(values.size());
        for (double value : values) {
            out.add(Double.isFinite(value) ? value : null);
        }
        return out;
    }

    /// Whether bars are parts of a hundred.
    private static boolean areShares(Figure.Bars bars) {
        return bars.yLabel().startsWith("%")
                && bars.series().stream()
                        .flatMap(series -> series.values().stream())
                        .allMatch(value -> value == null || (value >= 0 && value <= 100));
    }
}
