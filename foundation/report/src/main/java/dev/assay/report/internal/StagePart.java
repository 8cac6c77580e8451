package dev.assay.report.internal;

import dev.assay.report.PlanRow;
import dev.assay.report.Report;
import dev.assay.report.SettingRow;
import dev.assay.report.StageSection;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.util.List;
import java.util.Map;

/// Writes what one stage measured and showed, what it was given, and what became of its rows.
final class StagePart {
    private StagePart() {}

    /// Writes the stages in the order of the plan. A stage of the plan that has nothing to show keeps its
    /// heading and says why.
    static void write(Html html, Report report, FigurePart figures) {
        for (int i = 0; i < report.plan().size(); i++) {
            PlanRow row = report.plan().get(i);
            html.open("section", "id", "stage-" + i, "class", "stage");
            html.open("h2").leaf("span", row.stage(), "class", "name").text(" ");
            Words.badge(html, row.status(), Words.sign(row.status()), Words.word(row.status()));
            html.close("h2");
            html.open("p", "class", "summary")
                    .leaf("code", row.kind())
                    .text(" ")
                    .leaf("span", row.summary())
                    .close("p");
            if (!row.reason().isEmpty()) {
                html.leaf("p", row.reason(), "class", "reason");
            }
            report.stages().stream()
                    .filter(section -> section.stage().equals(row.stage()))
                    .findFirst()
                    .ifPresent(section -> section(html, section, figures));
            html.close("section").line();
        }
    }

    private static void section(Html html, StageSection section, FigurePart figures) {
        for (String warning : section.warnings()) {
            html.open("p", "class", "warning")
                    .leaf("strong", "Warning:")
                    .text(" " + warning)
                    .close("p");
        }
        section.notes().forEach(note -> html.leaf("p", note, "class", "note"));
        metrics(html, section.metrics());
        figures.write(html, section.figures());
        for (Listing listing : section.listings()) {
            html.open("div", "class", "listing").leaf("h3", listing.title());
            if (!listing.note().isEmpty()) {
                html.leaf("p", listing.note(), "class", "note");
            }
            Cells.table(html, listing);
            html.close("div");
        }
        if (!section.settings().isEmpty() || !section.counts().isEmpty()) {
            html.open("div", "class", "given");
            settings(html, section.settings());
            counts(html, section.counts());
            html.close("div");
        }
    }

    private static void metrics(Html html, List<Metric> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Measurements");
        html.open("table", "class", "metrics").open("thead").open("tr");
        html.leaf("th", "Measurement", "scope", "col", "class", "text");
        html.leaf("th", "Value", "scope", "col", "class", "number");
        html.leaf("th", "Interval", "scope", "col", "class", "text");
        html.leaf("th", "Basis", "scope", "col", "class", "text");
        html.close("tr").close("thead").open("tbody");
        for (Metric metric : metrics) {
            html.open("tr").leaf("th", metric.name(), "scope", "row", "class", "text");
            String unit = metric.unit().isEmpty() ? "" : "\u00A0" + metric.unit();
            html.leaf("td", Numbers.value(metric) + unit, "class", "number");
            html.leaf("td", Numbers.interval(metric), "class", "interval");
            html.leaf("td", VerdictPart.basis(metric), "class", "text basis")
                    .close("tr")
                    .line();
        }
        html.close("tbody").close("table").close("div");
    }

    private static void settings(Html html, List<SettingRow> settings) {
        if (settings.isEmpty()) {
            return;
        }
        html.open("div").leaf("h3", "Settings").open("dl", "class", "pairs");
        for (SettingRow setting : settings) {
            html.open("div").leaf("dt", setting.name()).open("dd").leaf("code", setting.value());
            if (setting.isDefault()) {
                html.text(" ").leaf("span", "default", "class", "kind");
            }
            html.close("dd").close("div");
        }
        html.close("dl").close("div");
    }

    private static void counts(Html html, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        html.open("div").leaf("h3", "Rows").open("dl", "class", "pairs");
        counts.forEach((name, rows) -> html.open("div")
                .leaf("dt", name)
                .leaf("dd", Numbers.count(rows), "class", "number")
                .close("div"));
        html.close("dl").close("div");
    }
}
