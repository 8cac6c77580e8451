package dev.assay.report.internal;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import java.util.ArrayList;
import java.util.List;

/// A figure's numbers as a table, for those who would rather read them and for paper.
final class ChartTable {
    private ChartTable() {}

    static Listing of(Figure figure) {
        List<String> columns = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        switch (figure) {
            case Figure.Bars bars -> {
                columns.add(orElse(bars.xLabel(), "category"));
                fill(columns, rows, bars.categories(), bars.series());
            }
            case Figure.Flow flow -> {
                columns.addAll(List.of("from", "to", orElse(flow.unit(), "amount")));
                flow.links().forEach(link -> rows.add(List.of(link.from(), link.to(), link.amount())));
            }
            case Figure.Histogram histogram -> {
                columns.add("from");
                columns.add("below");
                histogram.series().forEach(s -> columns.add(orElse(s.name(), "value")));
                for (int bin = 0; bin + 1 < histogram.edges().size(); bin++) {
                    List<Object> row = new ArrayList<>();
                    row.add(histogram.edges().get(bin));
                    row.add(histogram.edges().get(bin + 1));
                    for (Figure.Series s : histogram.series()) {
                        row.add(at(s.values(), bin));
                    }
                    rows.add(row);
                }
            }
            case Figure.Intervals intervals -> {
                columns.addAll(List.of("category", "series", orElse(intervals.yLabel(), "value"), "low", "high"));
                for (int c = 0; c < intervals.categories().size(); c++) {
                    for (Figure.IntervalSeries s : intervals.series()) {
                        rows.add(List.of(
                                intervals.categories().get(c),
                                s.name(),
                                at(s.values(), c),
                                at(s.low(), c),
                                at(s.high(), c)));
                    }
                }
            }
            case Figure.Lines lines -> {
                columns.add(orElse(lines.xLabel(), "x"));
                fill(columns, rows, lines.x(), lines.series());
            }
            case Figure.Points points -> {
                columns.addAll(List.of("series", "label", orElse(points.xLabel(), "x"), orElse(points.yLabel(), "y")));
                for (Figure.PointSeries s : points.series()) {
                    for (int i = 0; i < s.x().size(); i++) {
                        String label = i < s.labels().size() ? s.labels().get(i) : "";
                        rows.add(List.of(s.name(), label, at(s.x(), i), at(s.y(), i)));
                    }
                }
            }
        }
        return new Listing(figure.title(), "", columns, rows);
    }

    private static void fill(
            List<String> columns, List<List<Object>> rows, List<?> groups, List<Figure.Series> series) {
        series.forEach(s -> columns.add(orElse(s.name(), "value")));
        for (int i = 0; i < groups.size(); i++) {
            List<Object> row = new ArrayList<>();
            row.add(groups.get(i));
            for (Figure.Series s : series) {
                row.add(at(s.values(), i));
            }
            rows.add(row);
        }
    }

    private static Object at(List<Double> values, int i) {
        return i < values.size() && !Double.isNaN(values.get(i)) ? (Object) values.get(i) : "";
    }

    private static String orElse(String name, String otherwise) {
        return name.isEmpty() ? otherwise : name;
    }
}
