package dev.assay.study.internal.stored;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.assay.study.Figure;
import java.util.List;

/// A chart on disk. Numbers that are none are the text `NaN`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "figure")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StoredFigure.Bars.class, name = "bars"),
    @JsonSubTypes.Type(value = StoredFigure.Flow.class, name = "flow"),
    @JsonSubTypes.Type(value = StoredFigure.Histogram.class, name = "histogram"),
    @JsonSubTypes.Type(value = StoredFigure.Intervals.class, name = "intervals"),
    @JsonSubTypes.Type(value = StoredFigure.Lines.class, name = "lines"),
    @JsonSubTypes.Type(value = StoredFigure.Points.class, name = "points")
})
sealed interface StoredFigure {
    Figure view();

    static StoredFigure of(Figure figure) {
        return switch (figure) {
            case Figure.Bars f ->
                new Bars(f.title(), f.note(), f.xLabel(), f.yLabel(), f.categories(), Series.of(f.series()));
            case Figure.Flow f ->
                new Flow(
                        f.title(),
                        f.note(),
                        f.unit(),
                        f.links().stream()
                                .map(l -> new Link(l.from(), l.to(), l.amount()))
                                .toList());
            case Figure.Histogram f ->
                new Histogram(f.title(), f.note(), f.xLabel(), f.yLabel(), f.edges(), Series.of(f.series()));
            case Figure.Intervals f ->
                new Intervals(
                        f.title(),
                        f.note(),
                        f.yLabel(),
                        f.categories(),
                        f.series().stream()
                                .map(s -> new IntervalSeries(s.name(), s.values(), s.low(), s.high()))
                                .toList());
            case Figure.Lines f ->
                new Lines(f.title(), f.note(), f.xLabel(), f.yLabel(), f.logY(), f.x(), Series.of(f.series()));
            case Figure.Points f ->
                new Points(
                        f.title(),
                        f.note(),
                        f.xLabel(),
                        f.yLabel(),
                        f.logX(),
                        f.logY(),
                        f.series().stream()
                                .map(s -> new PointSeries(s.name(), s.x(), s.y(), s.labels()))
                                .toList());
        };
    }

    record Series(String name, List<Double> values) {
        static List<Series> of(List<Figure.Series> all) {
            return all.stream().map(s -> new Series(s.name(), s.values())).toList();
        }

        static List<Figure.Series> views(List<Series> all) {
            return all.stream().map(s -> new Figure.Series(s.name, s.values)).toList();
        }
    }

    record IntervalSeries(String name, List<Double> values, List<Double> low, List<Double> high) {}

    record PointSeries(String name, List<Double> x, List<Double> y, List<String> labels) {}

    record Link(String from, String to, long amount) {}

    record Bars(String title, String note, String xLabel, String yLabel, List<String> categories, List<Series> series)
            implements StoredFigure {
        @Override
        public Figure view() {
            return new Figure.Bars(title, note, xLabel, yLabel, categories, Series.views(series));
        }
    }

    record Histogram(String title, String note, String xLabel, String yLabel, List<Double> edges, List<Series> series)
            implements StoredFigure {
        @Override
        public Figure view() {
            return new Figure.Histogram(title, note, xLabel, yLabel, edges, Series.views(series));
        }
    }

    record Intervals(String title, String note, String yLabel, List<String> categories, List<IntervalSeries> series)
            implements StoredFigure {
        @Override
        public Figure view() {
            return new Figure.Intervals(
                    title,
                    note,
                    yLabel,
                    categories,
                    series.stream()
                            .map(s -> new Figure.IntervalSeries(s.name(), s.values(), s.low(), s.high()))
                            .toList());
        }
    }

    record Lines(
            String title, String note, String xLabel, String yLabel, boolean logY, List<Double> x, List<Series> series)
            implements StoredFigure {
        @Override
        public Figure view() {
            return new Figure.Lines(title, note, xLabel, yLabel, logY, x, Series.views(series));
        }
    }

    record Points(
            String title,
            String note,
            String xLabel,
            String yLabel,
            boolean logX,
            boolean logY,
            List<PointSeries> series)
            implements StoredFigure {
        @Override
        public Figure view() {
            return new Figure.Points(
                    title,
                    note,
                    xLabel,
                    yLabel,
                    logX,
                    logY,
                    series.stream()
                            .map(s -> new Figure.PointSeries(s.name(), s.x(), s.y(), s.labels()))
                            .toList());
        }
    }

    record Flow(String title, String note, String unit, List<Link> links) implements StoredFigure {
        @Override
        public Figure view() {
            return new Figure.Flow(
                    title,
                    note,
                    unit,
                    links.stream()
                            .map(l -> new Figure.Link(l.from(), l.to(), l.amount()))
                            .toList());
        }
    }
}
