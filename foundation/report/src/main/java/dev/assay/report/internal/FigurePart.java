package dev.assay.report.internal;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes charts: a title, a legend, an empty box that the page's script draws into, a caption, and the numbers.
/// Remembers the data of all charts for the page's one block of data.
final class FigurePart {
    /// Categories beyond which a chart takes the width of the page.
    static final int SMALL_CATEGORIES = 20;

    private final Palette palette;
    private final List<Map<String, @Nullable Object>> data = new ArrayList<>();

    FigurePart(Palette palette) {
        this.palette = palette;
    }

    /// The data of the charts written so far, in order.
    List<Map<String, @Nullable Object>> data() {
        return data;
    }

    /// Writes the charts of a stage in their order. Small ones in a row stand in columns; one that would
    /// stand alone takes the width of the page, as large ones do.
    void write(Html html, List<Figure> figures) {
        int next = 0;
        while (next < figures.size()) {
            int end = next;
            while (end < figures.size() && small(figures.get(end))) {
                end++;
            }
            if (end - next >= 2) {
                html.open("div", "class", "charts");
                figures.subList(next, end).forEach(figure -> chart(html, figure, false));
                html.close("div");
                next = end;
            } else {
                chart(html, figures.get(next), true);
                next++;
            }
        }
    }

    private void chart(Html html, Figure figure, boolean wide) {
        Thinned drawn = Thinned.of(figure);
        List<Integer> slots = palette.slots(figure);
        int number = data.size();
        data.add(ChartData.of(
                drawn.figure(), slots, figure instanceof Figure.Flow flow ? palette.places(flow) : Map.of()));
        html.open("figure", "class", wide ? "wide" : "small", "id", "chart-" + number);
        html.leaf("h4", figure.title());
        legend(html, Palette.names(figure), slots);
        Axes axes = Axes.of(figure);
        html.leaf("p", unlessTitle(axes.y(), figure), "class", "axis-y");
        String label = figure.note().isEmpty() ? figure.title() : figure.title() + ". " + figure.note();
        html.open("div", "class", "chart", "role", "img", "aria-label", label, "data-chart", String.valueOf(number))
                .close("div");
        html.leaf("p", unlessTitle(axes.x(), figure), "class", "axis-x");
        html.open("figcaption");
        if (!figure.note().isEmpty()) {
            html.leaf("p", figure.note());
        }
        drawn.notes().forEach(note -> html.leaf("p", note, "class", "cut"));
        html.close("figcaption");
        Listing table = ChartTable.of(figure);
        html.open("details", "class", "numbers");
        html.leaf(
                "summary",
                "The numbers (" + Numbers.count(table.rows().size())
                        + (table.rows().size() == 1 ? " row)" : " rows)"));
        Cells.table(html, table);
        html.close("details").close("figure").line();
    }

    /// A chart of one column is often called by the column's name, which then need not stand at its axis again.
    private static String unlessTitle(String label, Figure figure) {
        return label.equals(figure.title()) ? "" : label;
    }

    private static void legend(Html html, List<String> names, List<Integer> slots) {
        if (names.size() < 2) {
            return;
        }
        html.open("ul", "class", "legend");
        for (int s = 0; s < names.size(); s++) {
            html.open("li").open("button", "type", "button", "aria-pressed", "true", "data-series", String.valueOf(s));
            html.open("svg", "class", "mark slot-" + slots.get(s), "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            html.empty("path", "d", Marks.path(slots.get(s))).own("</path>").close("svg");
            html.leaf("span", names.get(s).isEmpty() ? "value" : names.get(s))
                    .close("button")
                    .close("li");
        }
        html.close("ul");
    }

    private boolean small(Figure figure) {
        return switch (figure) {
            case Figure.Bars bars ->
                bars.categories().size() <= SMALL_CATEGORIES
                        && (bars.series().size() <= 2
                                || palette.slots(bars).contains(0)
                                || bars.series().size() * bars.categories().size() <= 2 * SMALL_CATEGORIES);
            case Figure.Histogram _ -> true;
            case Figure.Intervals intervals ->
                intervals.categories().size() * intervals.series().size() <= SMALL_CATEGORIES / 2;
            case Figure.Flow _, Figure.Lines _, Figure.Points _ -> false;
        };
    }

    /// What stands at a chart's axes. The script turns bars and intervals on their side where names are long,
    /// and swaps these with them.
    private record Axes(String x, String y) {
        static Axes of(Figure figure) {
            return switch (figure) {
                case Figure.Bars bars -> new Axes(bars.xLabel(), bars.yLabel());
                case Figure.Flow flow -> new Axes("", flow.unit());
                case Figure.Histogram histogram -> new Axes(histogram.xLabel(), histogram.yLabel());
                case Figure.Intervals intervals -> new Axes("", intervals.yLabel());
                case Figure.Lines lines -> new Axes(lines.xLabel(), lines.yLabel());
                case Figure.Points points -> new Axes(points.xLabel(), points.yLabel());
            };
        }
    }
}
