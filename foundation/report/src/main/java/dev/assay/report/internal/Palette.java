package dev.assay.report.internal;

import dev.assay.report.Report;
import dev.assay.study.Figure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Gives a series the same colour and mark in every chart of a page, by its name.
///
/// Slot 0 is the neutral one, for what others are held against; slots 1 to 8 are the colours of the style
/// sheet, which people with the common kinds of colour blindness can tell apart (Okabe and Ito 2008, the last
/// two after Paul Tol). Each slot has a mark of its own as well, so that colour is never the only difference.
final class Palette {
    /// Coloured slots; more series than these in one chart share them.
    static final int COLOURS = 8;

    private static final int NO_SLOT = -1;
    private static final Set<String> NEUTRAL =
            Set.of("real", "observed", "reference", "target", "published", "expected", "holdout", "before");

    private final Map<String, Integer> slots = new HashMap<>();

    /// Colours for the names that stand in several charts of a report, dealt out in the order in which they
    /// appear.
    static Palette of(Report report) {
        Map<String, Integer> charts = new LinkedHashMap<>();
        report.stages().stream()
                .flatMap(stage -> stage.figures().stream())
                .flatMap(figure -> names(figure).stream().distinct())
                .filter(name -> !neutral(name))
                .forEach(name -> charts.merge(name, 1, Integer::sum));
        // What a series is called keeps its colour as a place that something flows through.
        report.stages().stream()
                .flatMap(stage -> stage.figures().stream())
                .flatMap(figure -> places(figure).stream())
                .forEach(name -> charts.computeIfPresent(name, (_, times) -> times + 1));
        Palette palette = new Palette();
        charts.forEach((name, times) -> {
            if (times > 1) {
                palette.slots.put(name, palette.slots.size() % COLOURS + 1);
            }
        });
        return palette;
    }

    /// The slots of a chart's series, no two alike while there are enough. Names of this chart alone take
    /// what is left.
    List<Integer> slots(Figure figure) {
        List<String> names = names(figure);
        int[] taken = new int[names.size()];
        Arrays.fill(taken, NO_SLOT);
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < taken.length; i++) {
            int slot = neutral(names.get(i)) ? 0 : slots.getOrDefault(names.get(i), NO_SLOT);
            if (slot != NO_SLOT && used.add(slot)) {
                taken[i] = slot;
            }
        }
        for (int i = 0; i < taken.length; i++) {
            if (taken[i] == NO_SLOT) {
                int slot = 1;
                while (slot <= COLOURS && used.contains(slot)) {
                    slot++;
                }
                taken[i] = slot <= COLOURS ? slot : i % COLOURS + 1;
                used.add(taken[i]);
            }
        }
        return Arrays.stream(taken).boxed().toList();
    }

    /// The slot of each place of a flow. One that is called as a series elsewhere has its slot, the others are
    /// neutral; if none is, all have the first colour.
    Map<String, Integer> places(Figure.Flow flow) {
        Set<String> names = places((Figure) flow);
        boolean any = names.stream().anyMatch(slots::containsKey);
        Map<String, Integer> of = new LinkedHashMap<>();
        names.forEach(name -> of.put(name, any ? slots.getOrDefault(name, 0) : 1));
        return of;
    }

    private static Set<String> places(Figure figure) {
        Set<String> names = new LinkedHashSet<>();
        if (figure instanceof Figure.Flow flow) {
            flow.links().forEach(link -> {
                names.add(link.from());
                names.add(link.to());
            });
        }
        return names;
    }

    /// The names of a chart's series, in order.
    static List<String> names(Figure figure) {
        return switch (figure) {
            case Figure.Bars bars ->
                bars.series().stream().map(Figure.Series::name).toList();
            case Figure.Flow _ -> List.of();
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

    private static boolean neutral(String name) {
        return NEUTRAL.contains(name.toLowerCase(Locale.ROOT));
    }
}
