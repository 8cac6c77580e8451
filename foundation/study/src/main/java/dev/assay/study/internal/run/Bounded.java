package dev.assay.study.internal.run;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a stage shows to people, of a size that people can look at: records, events and reports hold
/// no table of the data. What is left out is told with its count; whoever needs the whole has it in
/// the artefacts.
final class Bounded {
    /// Rows of a table.
    static final int ROWS = 1_000;
    /// Groups of a bar or interval chart.
    static final int GROUPS = 500;
    /// Marks of a series in the plane, or points of a line.
    static final int MARKS = 2_000;

    private Bounded() {}

    /// The table, or its first rows.
    static Listing of(Listing listing) {
        int rows = listing.rows().size();
        return rows <= ROWS
                ? listing
                : new Listing(
                        listing.title(),
                        note(listing.note(), "These are the first " + ROWS + " of " + rows + " rows."),
                        listing.columns(),
                        listing.rows().subList(0, ROWS));
    }

    /// The chart, or its first groups, or marks taken evenly from all.
    static Figure of(Figure figure) {
        return switch (figure) {
            case Figure.Bars f ->
                f.categories().size() <= GROUPS
                        ? f
                        : new Figure.Bars(
                                f.title(),
                                note(f.note(), groups(f.categories().size())),
                                f.xLabel(),
                                f.yLabel(),
                                first(f.categories()),
                                f.series().stream()
                                        .map(s -> new Figure.Series(s.name(), first(s.values())))
                                        .toList());
            case Figure.Intervals f ->
                f.categories().size() <= GROUPS
                        ? f
                        : new Figure.Intervals(
                                f.title(),
                                note(f.note(), groups(f.categories().size())),
                                f.yLabel(),
                                first(f.categories()),
                                f.series().stream()
                                        .map(s -> new Figure.IntervalSeries(
                                                s.name(), first(s.values()), first(s.low()), first(s.high())))
                                        .toList());
            case Figure.Lines f ->
                f.x().size() <= MARKS
                        ? f
                        : new Figure.Lines(
                                f.title(),
                                note(f.note(), marks(f.x().size())),
                                f.xLabel(),
                                f.yLabel(),
                                f.logY(),
                                evenly(f.x()),
                                f.series().stream()
                                        .map(s -> new Figure.Series(s.name(), evenly(s.values())))
                                        .toList());
            case Figure.Points f -> points(f);
            case Figure.Histogram f -> f;
            case Figure.Flow f -> f;
        };
    }

    private static Figure points(Figure.Points f) {
        int most = f.series().stream().mapToInt(s -> s.x().size()).max().orElse(0);
        return most <= MARKS
                ? f
                : new Figure.Points(
                        f.title(),
                        note(f.note(), marks(most)),
                        f.xLabel(),
                        f.yLabel(),
                        f.logX(),
                        f.logY(),
                        f.series().stream()
                                .map(s -> new Figure.PointSeries(
                                        s.name(), evenly(s.x()), evenly(s.y()), evenly(s.labels())))
                                .toList());
    }

    private static String groups(int all) {
        return "These are the first " + GROUPS + " of " + all + ".";
    }

    private static String marks(int all) {
        return "Of " + all + " marks " + MARKS + " are shown, taken evenly.";
    }

    private static String note(String before, String more) {
        return before.isEmpty() ? more : before + " " + more;
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(GROUPS, all.size()));
    }

    /// The first, the last, and those between at equal steps.
    private static <T> List<T> evenly(List<T> all) {
        if (all.size() <= MARKS) {
            return all;
        }
        List<T> some = new ArrayList<>(MARKS);
        IntStream.range(0, MARKS)
                .map(i -> (int) ((long) i * (all.size() - 1) / (MARKS - 1)))
                .forEach(i -> some.add(all.get(i)));
        return some;
    }
}
