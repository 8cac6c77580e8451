package dev.assay.report.internal;

import dev.assay.study.Figure;
import java.util.ArrayList;
import java.util.List;

/// A figure with no more marks than can be told apart, and a sentence for the reader about what is not drawn.
///
/// @param figure the figure to draw
/// @param notes  one sentence for each thing left out; empty if nothing was
record Thinned(Figure figure, List<String> notes) {
    /// Marks drawn of one series. A chart is some thousand pixels wide; more marks only hide each other.
    static final int MOST_MARKS = 2_000;

    static Thinned of(Figure figure) {
        List<String> notes = new ArrayList<>();
        return switch (figure) {
            case Figure.Lines lines -> {
                int step = step(lines.x().size());
                if (lines.logY()) {
                    long hidden = lines.series().stream()
                            .mapToLong(s -> notPositive(s.values()))
                            .sum();
                    noteHidden(notes, hidden);
                }
                if (step == 1) {
                    yield new Thinned(lines, notes);
                }
                notes.add(everyNth(step, lines.x().size(), "points"));
                yield new Thinned(
                        new Figure.Lines(
                                lines.title(),
                                lines.note(),
                                lines.xLabel(),
                                lines.yLabel(),
                                lines.logY(),
                                every(lines.x(), step),
                                lines.series().stream()
                                        .map(s -> new Figure.Series(s.name(), every(s.values(), step)))
                                        .toList()),
                        notes);
            }
            case Figure.Points points -> {
                int size = points.series().stream()
                        .mapToInt(s -> s.x().size())
                        .max()
                        .orElse(0);
                int step = step(size);
                long hidden = points.series().stream()
                        .mapToLong(s -> hidden(s, points.logX(), points.logY()))
                        .sum();
                noteHidden(notes, hidden);
                if (step == 1) {
                    yield new Thinned(points, notes);
                }
                notes.add(everyNth(step, size, "marks of a series"));
                yield new Thinned(
                        new Figure.Points(
                                points.title(),
                                points.note(),
                                points.xLabel(),
                                points.yLabel(),
                                points.logX(),
                                points.logY(),
                                points.series().stream()
                                        .map(s -> new Figure.PointSeries(
                                                s.name(),
                                                every(s.x(), step),
                                                every(s.y(), step),
                                                every(s.labels(), step)))
                                        .toList()),
                        notes);
            }
            case Figure.Bars bars -> new Thinned(bars, notes);
            case Figure.Flow flow -> new Thinned(flow, notes);
            case Figure.Histogram histogram -> new Thinned(histogram, notes);
            case Figure.Intervals intervals -> new Thinned(intervals, notes);
        };
    }

    private static int step(int size) {
        return Math.max(1, Math.ceilDiv(size, MOST_MARKS));
    }

    private static <T> List<T> every(List<T> all, int step) {
        List<T> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }

    private static String everyNth(int step, int size, String what) {
        return "One in " + step + " of " + Numbers.count(size) + " " + what + " is drawn.";
    }

    private static void noteHidden(List<String> notes, long hidden) {
        if (hidden > 0) {
            notes.add(Numbers.count(hidden) + (hidden == 1 ? " value" : " values")
                    + " at or below zero cannot be drawn on the logarithmic axis.");
        }
    }

    private static long notPositive(List<Double> values) {
        return values.stream().filter(v -> v <= 0).count();
    }

    private static long hidden(Figure.PointSeries series, boolean logX, boolean logY) {
        long hidden = 0;
        for (int i = 0; i < Math.min(series.x().size(), series.y().size()); i++) {
            if ((logX && series.x().get(i) <= 0) || (logY && series.y().get(i) <= 0)) {
                hidden++;
            }
        }
        return hidden;
    }
}
