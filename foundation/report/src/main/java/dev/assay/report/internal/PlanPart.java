package dev.assay.report.internal;

import dev.assay.report.PlanRow;
import dev.assay.report.Report;
import java.util.OptionalLong;

/// Writes the plan: as a graph, and as a table with what each stage took.
final class PlanPart {
    private PlanPart() {}

    static void write(Html html, Report report) {
        html.open("section", "id", "plan").leaf("h2", "Plan");
        if (report.plan().isEmpty()) {
            html.leaf("p", "No stage was planned.").close("section");
            return;
        }
        new PlanGraph(report.plan()).write(html);
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "The plan as a table");
        html.open("table").open("thead").open("tr");
        for (String heading : new String[] {"Stage", "What it does", "Status"}) {
            html.leaf("th", heading, "scope", "col");
        }
        for (String heading : new String[] {"Time", "Memory", "Rows in", "Rows out"}) {
            html.leaf("th", heading, "scope", "col", "class", "number");
        }
        html.close("tr").close("thead").open("tbody");
        for (int i = 0; i < report.plan().size(); i++) {
            row(html, report.plan().get(i), i);
        }
        html.close("tbody").close("table").close("div").close("section").line();
    }

    private static void row(Html html, PlanRow row, int number) {
        html.open("tr").open("th", "scope", "row", "class", "text");
        html.leaf("a", row.stage(), "href", "#stage-" + number);
        html.leaf("span", row.kind(), "class", "kind").close("th");
        html.open("td", "class", "text").leaf("span", row.summary());
        if (!row.reason().isEmpty()) {
            html.leaf("span", row.reason(), "class", "reason");
        }
        html.close("td").open("td", "class", "text");
        Words.badge(html, row.status(), Words.sign(row.status()), Words.word(row.status()));
        html.close("td");
        html.leaf(
                "td",
                row.seconds().isPresent() ? Numbers.duration(row.seconds().getAsDouble()) : Numbers.NONE,
                "class",
                "number");
        html.leaf(
                "td",
                row.peakMemoryBytes().isPresent()
                        ? Numbers.bytes(row.peakMemoryBytes().getAsLong())
                        : Numbers.NONE,
                "class",
                "number");
        html.leaf("td", rows(row.rowsIn()), "class", "number");
        html.leaf("td", rows(row.rowsOut()), "class", "number").close("tr").line();
    }

    private static String rows(OptionalLong rows) {
        return rows.isPresent() ? Numbers.count(rows.getAsLong()) : Numbers.NONE;
    }
}
