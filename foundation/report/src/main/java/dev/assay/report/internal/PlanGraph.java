package dev.assay.report.internal;

import dev.assay.report.PlanRow;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws the plan as boxes and lines from left to right. Each box says in words how its stage ended.
final class PlanGraph {
    private static final int BOX_WIDTH = 172;
    private static final int BOX_HEIGHT = 62;
    private static final int COLUMN_GAP = 44;
    private static final int ROW_GAP = 16;
    /// Height of a place that a line passes through.
    private static final int LANE = 10;
    private static final int MARGIN = 4;
    /// Letters of the name and of the kind that fit into a box in the widest of the usual fonts.
    private static final int NAME_LETTERS = 19;
    private static final int KIND_LETTERS = 24;
    /// Width from which the graph is shrunk to the page, so far as its letters stay readable.
    private static final int BROAD = 700;

    private record Box(double x, double y, double height) {}

    private final List<PlanRow> plan;
    private final Layers layers;
    private final Map<Layers.Place, Box> boxes = new HashMap<>();
    private final double width;
    private final double height;

    PlanGraph(List<PlanRow> plan) {
        this.plan = plan;
        this.layers = new Layers(plan);
        this.height =
                layers.layers().stream().mapToDouble(PlanGraph::heightOf).max().orElse(0) + 2 * MARGIN;
        this.width = layers.layers().size() * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2.0 * MARGIN;
        double x = MARGIN;
        for (List<Layers.Place> layer : layers.layers()) {
            double y = (height - heightOf(layer)) / 2;
            for (Layers.Place place : layer) {
                double own = place.stage() < 0 ? LANE : BOX_HEIGHT;
                boxes.put(place, new Box(x, y, own));
                y += own + ROW_GAP;
            }
            x += BOX_WIDTH + COLUMN_GAP;
        }
    }

    void write(Html html) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "The plan as a graph");
        html.open(
                "svg",
                "class",
                width > BROAD ? "plan broad" : "plan",
                "viewBox",
                "0 0 " + number(width) + " " + number(height),
                "width",
                number(width),
                "height",
                number(height),
                "role",
                "img",
                "aria-label",
                "Stages from left to right, each joined to those it depends on. The table below says the same.");
        layers.lines().forEach(line -> line(html, line));
        layers.layers()
                .forEach(layer -> layer.stream()
                        .filter(place -> place.stage() >= 0)
                        .forEach(place -> box(html, plan.get(place.stage()), place)));
        html.close("svg").close("div").line();
    }

    private void box(Html html, PlanRow row, Layers.Place place) {
        Box box = at(place);
        html.open("a", "href", "#stage-" + place.stage(), "class", "stage " + Words.name(row.status()));
        html.leaf("title", row.stage() + " (" + row.kind() + "): " + Words.word(row.status()));
        html.open(
                        "rect",
                        "x",
                        number(box.x()),
                        "y",
                        number(box.y()),
                        "width",
                        number(BOX_WIDTH),
                        "height",
                        number(BOX_HEIGHT),
                        "rx",
                        "6")
                .close("rect");
        String x = number(box.x() + 12);
        html.leaf("text", cut(row.stage(), NAME_LETTERS), "class", "name", "x", x, "y", number(box.y() + 20));
        html.leaf("text", cut(row.kind(), KIND_LETTERS), "class", "kind", "x", x, "y", number(box.y() + 36));
        String time = row.seconds().isPresent()
                ? " \u00B7 " + Numbers.duration(row.seconds().getAsDouble())
                : "";
        html.leaf(
                "text",
                Words.sign(row.status()) + " " + Words.word(row.status()) + time,
                "class",
                "status",
                "x",
                x,
                "y",
                number(box.y() + 53));
        html.close("a");
    }

    private void line(Html html, Layers.Line line) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < line.places().size(); i++) {
            Box from = at(line.places().get(i));
            Box to = at(line.places().get(i + 1));
            double x1 = from.x() + BOX_WIDTH;
            double y1 = from.y() + from.height() / 2;
            double y2 = to.y() + to.height() / 2;
            double middle = (x1 + to.x()) / 2;
            path.append(i == 0 ? "M" : "L").append(number(x1)).append(',').append(number(y1));
            path.append('C').append(number(middle)).append(',').append(number(y1));
            path.append(' ').append(number(middle)).append(',').append(number(y2));
            path.append(' ').append(number(to.x())).append(',').append(number(y2));
        }
        html.open("path", "class", "line", "d", path.toString()).close("path");
    }

    private Box at(Layers.Place place) {
        Box box = boxes.get(place);
        if (box == null) {
            throw new IllegalStateException("a line of the plan leads to a place that is in no layer");
        }
        return box;
    }

    private static double heightOf(List<Layers.Place> layer) {
        return layer.stream()
                        .mapToDouble(place -> (place.stage() < 0 ? LANE : BOX_HEIGHT) + ROW_GAP)
                        .sum()
                - ROW_GAP;
    }

    private static String cut(String text, int letters) {
        String shown = Shown.of(text);
        return shown.codePointCount(0, shown.length()) <= letters
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, letters - 1)) + "\u2026";
    }

    private static String number(double x) {
        return x == Math.rint(x) ? Long.toString((long) x) : String.format(Locale.ROOT, "%.1f", x);
    }
}
