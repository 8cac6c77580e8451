package dev.assay.report.internal;

import dev.assay.report.Report;
import dev.assay.study.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Gives a series the same colour and mark in every chart of a page, by its name.
///
/// Slot 0 is the neutral one, for what others are held against; slots 1 to 8 are the colours of the style sheet, which
/// people with the common kinds of colour blindness can tell apart (Okabe and Ito 2008, the last two after Paul Tol).
/// Each slot has a mark of its own as well, so that colour is never the only difference.
final class Palette {
    /// Coloured slots; more series than these in one chart share them.
    static final int COLOURS = 8;

    private static final Set<String> NEUTRAL =
            Set.of("real", "observed", "reference", "target", "published", "expected", "holdout", "before");

    private final Map<String, Integer> slots = new HashMap<>();

    /// Colours for the series of a report, dealt out in the order in which the names appear.
    static Palette of(Report report) {
        Palette palette = new Palette();
        report.stages().stream()
                .flatMap(stage -> stage.figures().stream())
                .flatMap(figure -> names(figure).stream())
                .forEach(palette::slot);
        return palette;
    }

    /// The slots of a chart's series, no two alike while there are enough.
    List<Integer> slots(Figure figure) {
        List<Integer> taken = new ArrayList<>();
        for (String name : names(figure)) {
            int slot = slot(name);
            for (int tried = 0; taken.contains(slot) && tried <= COLOURS; tried++) {
                slot = slot % COLOURS + 1;
            }
            taken.add(slot);
        }
        return taken;
    }

    /// The names of a chart's series, in order.
    static List<String> names(Figure figure) {
        return switch (figure) {
            case Figure.Bars bars ->
                bars.series().stream().map(Figure.Series::name).toList();
            case Figure.Histogram histogram ->
                histogram.series().stream().map(Figure.Series::name).toList();
            case Figure.Intervals intervals ->
                intervals.series().stream().map(Figure.IntervalSeries::name).toList();
            case Figure.Lines lines ->
                lines.series().stream().map(Figure.Series::name).toList();
            case Figure.Points points ->
                points.series().stream().map(Figure.PointSeries::name).toList();
        };
    }

    private int slot(String name) {
        if (NEUTRAL.contains(name.toLowerCase(Locale.ROOT))) {
            return 0;
        }
        int next = slots.size() % COLOURS + 1;
        return slots.computeIfAbsent(name, n -> next);
    }
}
