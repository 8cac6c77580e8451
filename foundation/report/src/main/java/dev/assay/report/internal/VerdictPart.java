package dev.assay.report.internal;

import dev.assay.report.ClaimRow;
import dev.assay.report.Report;
import dev.assay.report.StageSection;
import dev.assay.report.StageStatus;
import dev.assay.report.Verdict;
import dev.assay.study.Metric;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes what a reader wants first: how the run ended, what was claimed and whether it holds, and the main numbers.
final class VerdictPart {
    /// Headline numbers: as many as two rows on a wide page hold.
    static final int HEADLINES = 8;
    /// Headline numbers of one stage, so that one stage does not fill the page's head.
    static final int HEADLINES_OF_A_STAGE = 4;

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private VerdictPart() {}

    static void write(Html html, Report report) {
        html.open("header", "id", "verdict");
        html.leaf("p", "Study report", "class", "kicker");
        html.leaf("h1", report.title());
        if (!report.about().isEmpty()) {
            html.leaf("p", report.about(), "class", "about");
        }
        html.open("div", "class", "outcome " + Words.name(report.status()));
        Words.badge(html, report.status(), Words.sign(report.status()), Words.word(report.status()));
        html.leaf("p", outcome(report)).close("div");
        html.open("dl", "class", "facts");
        fact(html, "Study", report.studyName());
        fact(html, "Run", report.runId());
        fact(html, "Started", WHEN.format(report.startedAt()));
        fact(html, "Took", Numbers.duration(report.seconds()));
        fact(html, "Seed", Long.toString(report.seed()).replace('-', '\u2212'));
        fact(html, "Program", report.programVersion());
        html.close("dl").close("header").line();
        claims(html, report.claims());
        headlines(html, report.stages());
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close("div");
    }

    private static String outcome(Report report) {
        List<String> parts = new ArrayList<>();
        for (StageStatus status : StageStatus.values()) {
            long n = report.plan().stream().filter(r -> r.status() == status).count();
            if (n > 0) {
                parts.add(Words.many(n, "stage ", "stages ") + Words.word(status));
            }
        }
        for (Verdict verdict : Verdict.values()) {
            long n =
                    report.claims().stream().filter(c -> c.verdict() == verdict).count();
            if (n > 0) {
                parts.add(Words.many(n, "claim ", "claims ") + plural(verdict, n));
            }
        }
        long warnings =
                report.stages().stream().mapToLong(s -> s.warnings().size()).sum();
        if (warnings > 0) {
            parts.add(Words.many(warnings, "warning", "warnings"));
        }
        return parts.isEmpty() ? "Nothing was planned." : String.join(" \u00B7 ", parts);
    }

    private static String plural(Verdict verdict, long n) {
        return verdict == Verdict.HOLDS && n > 1 ? "hold" : Words.word(verdict);
    }

    private static void claims(Html html, List<ClaimRow> claims) {
        if (claims.isEmpty()) {
            return;
        }
        html.open("section", "id", "claims").leaf("h2", "Claims").open("ul", "class", "claims");
        for (ClaimRow claim : claims) {
            html.open("li", "class", "claim");
            html.open("div", "class", "verdict");
            Words.badge(html, claim.verdict(), Words.sign(claim.verdict()), Words.word(claim.verdict()));
            html.close("div").open("div", "class", "says");
            html.leaf("p", claim.says(), "class", "sentence");
            html.open("p", "class", "where").leaf("code", claim.metric()).text(" ");
            html.leaf("span", claim.threshold())
                    .text(" \u00B7 claim ")
                    .leaf("code", claim.id())
                    .close("p");
            if (!claim.reason().isEmpty()) {
                html.leaf("p", claim.reason(), "class", "reason");
            }
            html.close("div").open("div", "class", "measured");
            claim.measured().ifPresent(metric -> number(html, metric));
            html.close("div").close("li");
        }
        html.close("ul").close("section").line();
    }

    /// The first metrics of each stage that carry an interval; an exact number only where a stage has no other.
    private static void headlines(Html html, List<StageSection> stages) {
        record Headline(String stage, Metric metric) {}
        List<Headline> headlines = stages.stream()
                .flatMap(stage -> stage.metrics().stream()
                        .filter(m -> m.value().isPresent())
                        .filter(m -> m.low().isPresent()
                                || stage.metrics().stream()
                                        .allMatch(o -> o.low().isEmpty()))
                        .limit(HEADLINES_OF_A_STAGE)
                        .map(m -> new Headline(stage.stage(), m)))
                .limit(HEADLINES)
                .toList();
        if (headlines.isEmpty()) {
            return;
        }
        html.open("section", "id", "numbers").leaf("h2", "Main numbers").open("ul", "class", "tiles");
        for (Headline headline : headlines) {
            html.open("li")
                    .open("p", "class", "where")
                    .leaf("span", headline.stage())
                    .text(" \u00B7 ");
            html.leaf("span", headline.metric().name()).close("p");
            number(html, headline.metric());
            html.close("li");
        }
        html.close("ul").close("section").line();
    }

    private static void number(Html html, Metric metric) {
        html.leaf(
                "p",
                Numbers.value(metric) + (metric.unit().isEmpty() ? "" : "\u00A0" + metric.unit()),
                "class",
                "value");
        String interval = Numbers.interval(metric);
        if (!interval.isEmpty()) {
            html.leaf("p", interval, "class", "interval");
        }
        html.leaf("p", basis(metric), "class", "basis");
    }

    /// What a number rests on: `95 % interval over 3 016 households`.
    static String basis(Metric metric) {
        String n = Numbers.count(metric.n());
        if (metric.low().isPresent() && metric.high().isPresent()) {
            String units = metric.units().isEmpty() ? "units" : metric.units() + (metric.n() == 1 ? "" : "s");
            return Numbers.plain(Math.round(metric.level() * 1000) / 10.0) + "\u00A0% interval over " + n + " " + units;
        }
        String reason = metric.reason().isEmpty() ? "no interval" : metric.reason();
        return reason + "; n = " + n;
    }
}
