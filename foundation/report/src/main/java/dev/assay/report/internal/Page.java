package dev.assay.report.internal;

import dev.assay.report.PlanRow;
import dev.assay.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// The page as a whole: head, contents, parts in reading order, and at the end data and scripts.
public final class Page {
    private final Report report;
    private final Html html = new Html();

    public Page(Report report) {
        this.report = report;
    }

    /// The page's HTML.
    public String html() {
        FigurePart figures = new FigurePart(Palette.of(report));
        html.own("<!doctype html>").line();
        html.open("html", "lang", "en");
        head();
        html.open("body");
        html.leaf("a", "To the report", "class", "skip", "href", "#verdict");
        html.open("div", "class", "page");
        contents();
        html.open("main");
        html.open("noscript")
                .leaf(
                        "p",
                        "Charts are drawn by this page's own script, which is off here. Their numbers are below each.")
                .close("noscript");
        VerdictPart.write(html, report);
        PlanPart.write(html, report);
        StagePart.write(html, report, figures);
        ProvenancePart.write(html, report);
        html.close("main").close("div");
        data(figures);
        html.open("script").own(Asset.CHARTS.source()).close("script").line();
        html.open("script").own(Asset.SCRIPT.source()).close("script").line();
        html.close("body").close("html").line();
        return html.finish();
    }

    private void head() {
        html.open("head").empty("meta", "charset", "utf-8").line();
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy())
                .line();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.empty("meta", "name", "color-scheme", "content", "light dark").line();
        html.empty("meta", "name", "referrer", "content", "no-referrer").line();
        // An empty icon, or a browser would ask the server for one.
        html.empty("link", "rel", "icon", "href", "data:,").line();
        html.leaf("title", report.title() + " \u00B7 " + report.runId()).line();
        html.open("style")
                .own(Asset.STYLE.source())
                .close("style")
                .close("head")
                .line();
    }

    /// Nothing is loaded, and nothing runs but the page's own two scripts. Style attributes are allowed since
    /// the chart library sets fonts by them; they cannot load anything either.
    static String policy() {
        return "default-src 'none'; script-src " + Asset.CHARTS.policy() + " " + Asset.SCRIPT.policy()
                + "; style-src " + Asset.STYLE.policy()
                + "; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private void contents() {
        html.open("nav", "aria-label", "Contents").open("ul");
        entry("verdict", "Verdict");
        if (!report.claims().isEmpty()) {
            entry("claims", "Claims");
        }
        entry("plan", "Plan");
        for (int i = 0; i < report.plan().size(); i++) {
            PlanRow row = report.plan().get(i);
            html.open("li", "class", "stage").open("a", "href", "#stage-" + i);
            html.leaf(
                    "span",
                    Words.sign(row.status()),
                    "class",
                    "sign " + Words.name(row.status()),
                    "aria-hidden",
                    "true");
            html.text(" ").leaf("span", row.stage(), "class", "name").close("a").close("li");
        }
        if (report.drift().isPresent()) {
            entry("drift", "Changes");
        }
        entry("provenance", "Provenance");
        html.close("ul").close("nav").line();
    }

    private void entry(String id, String name) {
        html.open("li").leaf("a", name, "href", "#" + id).close("li");
    }

    private void data(FigurePart figures) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("marks", Marks.all());
        data.put("charts", figures.data());
        html.open("script", "type", "application/json", "id", "charts");
        html.own(DataBlock.of(data)).close("script").line();
    }
}
