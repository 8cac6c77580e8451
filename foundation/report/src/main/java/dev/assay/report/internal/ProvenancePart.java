package dev.assay.report.internal;

import dev.assay.report.ArtefactRow;
import dev.assay.report.DistributionRow;
import dev.assay.report.DriftRow;
import dev.assay.report.DriftSummary;
import dev.assay.report.ReceiptRow;
import dev.assay.report.Report;
import dev.assay.report.StageSection;
import java.util.List;

/// Writes what lets somebody check the run: what changed since the earlier run, digests, receipts, and
/// the command that verifies them.
final class ProvenancePart {
    private ProvenancePart() {}

    static void write(Html html, Report report) {
        report.drift().ifPresent(drift -> drift(html, drift));
        html.open("section", "id", "provenance").leaf("h2", "Provenance");
        html.leaf(
                "p",
                "Every stage left a receipt that binds its settings, seed and program to the digests of what it read "
                        + "and wrote. This command recomputes the digests and says whether anything was changed since:");
        html.open("pre")
                .leaf("code", "./assay receipts verify " + quoted(report.runId()))
                .close("pre");
        html.leaf(
                "p",
                "A last statement, run.intoto.json, names the run, its stages with their outcome, and every file of its "
                        + "folder with its digest, this page included. A signature covers what is signed: with "
                        + "--key the command demands that the last statement and all others are signed by that key. "
                        + "Without a signature the run may be changed together with its statements. Names, tags and notes "
                        + "that people give to a run later lie outside its folder and are covered by nothing.");
        html.leaf(
                "p",
                "A receipt discloses the settings, the names, sizes and digests of files, numbers of rows, and of each "
                        + "column of a table its range, mean and most frequent values; of what is marked confidential none "
                        + "but keyed digests, rounded counts and coarse estimates.");
        artefacts(html, report.stages());
        files(html, report.files());
        html.close("section").line();
    }

    private static void drift(Html html, DriftSummary drift) {
        html.open("section", "id", "drift").open("h2").text("Changes since the earlier run ");
        Words.badge(html, drift.severity(), Words.sign(drift.severity()), Words.word(drift.severity()));
        html.close("h2");
        if (drift.priorRunId().isEmpty()) {
            html.leaf("p", "There is no earlier run of this study to compare with.");
        } else {
            html.open("p")
                    .text("Compared with run ")
                    .leaf("code", drift.priorRunId())
                    .text(".")
                    .close("p");
            if (drift.rows().isEmpty()) {
                html.leaf("p", "Nothing that was compared has changed.");
            }
        }
        if (!drift.rows().isEmpty()) {
            start(html, "Changes", "", "Check", "What", "Before", "Now");
            for (DriftRow row : drift.rows()) {
                html.open("tr").open("td", "class", "text");
                Words.badge(html, row.severity(), Words.sign(row.severity()), Words.word(row.severity()));
                html.close("td").leaf("td", row.check(), "class", "text").open("td", "class", "text");
                html.leaf("span", row.subject());
                if (!row.text().isEmpty()) {
                    html.leaf("span", row.text(), "class", "reason");
                }
                html.close("td").leaf("td", row.before(), "class", "text");
                html.leaf("td", row.now(), "class", "text").close("tr").line();
            }
            end(html);
        }
        distributions(html, drift.columns());
        html.close("section").line();
    }

    private static void distributions(Html html, List<DistributionRow> columns) {
        if (columns.isEmpty()) {
            return;
        }
        html.leaf("h3", "Distributions");
        html.leaf(
                "p",
                "A column drifts when its p value, corrected for all columns tested, is at most the threshold and its "
                        + "samples lie at least so far apart. PSI, the population stability index, is for information.");
        start(html, "Distributions", "", "Column", "Statistic", "p", "Threshold", "PSI", "Values before", "Now");
        for (DistributionRow row : columns) {
            html.open("tr").open("td", "class", "text");
            if (row.drifted().isEmpty()) {
                html.text("not judged");
            } else if (row.drifted().get()) {
                DriftSummary.Severity warn = DriftSummary.Severity.WARN;
                Words.badge(html, warn, Words.sign(warn), "drifted");
            } else {
                DriftSummary.Severity ok = DriftSummary.Severity.OK;
                Words.badge(html, ok, Words.sign(ok), Words.word(ok));
            }
            html.close("td").open("th", "scope", "row", "class", "text");
            html.leaf("span", row.column())
                    .leaf("span", row.kind(), "class", "kind")
                    .close("th");
            html.open("td", "class", "text")
                    .leaf("span", Numbers.plain(row.statistic()))
                    .leaf("span", row.method(), "class", "kind")
                    .close("td");
            html.leaf("td", row.p().isPresent() ? Numbers.plain(row.p().getAsDouble()) : Numbers.NONE, "class", "text");
            html.leaf("td", Numbers.plain(row.threshold()), "class", "text");
            html.leaf(
                    "td",
                    row.psi().isPresent() ? Numbers.plain(row.psi().getAsDouble()) : Numbers.NONE,
                    "class",
                    "text");
            html.leaf("td", Numbers.count(row.before()), "class", "text");
            html.leaf("td", Numbers.count(row.now()), "class", "text")
                    .close("tr")
                    .line();
        }
        end(html);
    }

    private static void artefacts(Html html, List<StageSection> stages) {
        if (stages.stream().allMatch(s -> s.inputs().isEmpty() && s.outputs().isEmpty())) {
            return;
        }
        html.leaf("h3", "What was read and written");
        start(html, "What was read and written", "Stage", "Artefact", "Rows", "Size", "Digest");
        for (StageSection stage : stages) {
            stage.inputs().forEach(row -> artefact(html, stage.stage(), "reads", row));
            stage.outputs().forEach(row -> artefact(html, stage.stage(), "writes", row));
        }
        end(html);
    }

    private static void artefact(Html html, String stage, String verb, ArtefactRow row) {
        html.open("tr").open("th", "scope", "row", "class", "text").leaf("span", stage);
        html.leaf("span", verb, "class", "kind").close("th");
        html.open("td", "class", "text")
                .leaf("span", row.name())
                .leaf("span", row.where(), "class", "kind")
                .close("td");
        String rows = row.rows().isPresent() ? Numbers.count(row.rows().getAsLong()) : Numbers.NONE;
        String bytes = row.bytes().isPresent() ? Numbers.bytes(row.bytes().getAsLong()) : Numbers.NONE;
        html.leaf("td", rows, "class", "text").leaf("td", bytes, "class", "text");
        html.open("td", "class", "digest")
                .leaf("code", row.digest())
                .close("td")
                .close("tr")
                .line();
    }

    private static void files(Html html, List<ReceiptRow> files) {
        if (files.isEmpty()) {
            return;
        }
        html.leaf("h3", "Files of the run");
        start(html, "Files of the run", "File", "Size", "Digest");
        for (ReceiptRow row : files) {
            html.open("tr").open("th", "scope", "row", "class", "text").leaf("span", row.path());
            html.leaf("span", row.what(), "class", "kind").close("th");
            html.leaf("td", Numbers.bytes(row.bytes()), "class", "text");
            html.open("td", "class", "digest")
                    .leaf("code", row.digest())
                    .close("td")
                    .close("tr")
                    .line();
        }
        end(html);
    }

    private static void start(Html html, String what, String... headings) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", what);
        html.open("table").open("thead").open("tr");
        for (String heading : headings) {
            html.leaf("th", heading, "scope", "col", "class", "text");
        }
        html.close("tr").close("thead").open("tbody");
    }

    private static void end(Html html) {
        html.close("tbody").close("table").close("div");
    }

    /// The run's name as a shell takes it; a name of letters, digits and `._-` needs no quotes.
    static String quoted(String runId) {
        return runId.matches("[A-Za-z0-9._-]+") ? runId : "'" + runId.replace("'", "'\\''") + "'";
    }
}
