package dev.assay.report.internal;

import dev.assay.report.ClaimRow;
import dev.assay.report.PlanRow;
import dev.assay.report.Report;
import dev.assay.report.StageSection;
import dev.assay.report.StageStatus;
import dev.assay.report.Verdict;
import dev.assay.study.Metric;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Writes what a reader wants first: how the run ended, what was claimed and whether it holds, and the main
/// numbers.
final class VerdictPart {
    /// Headline numbers: as many as two rows on a wide page hold.
    static final int HEADLINES = 8;

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
        html.open("div").leaf("p", outcome(report));
        for (int i = 0; i < report.plan().size(); i++) {
            PlanRow row = report.plan().get(i);
            boolean ended = row.status() == StageStatus.FAILED || row.status() == StageStatus.INTERRUPTED;
            if (ended && !row.reason().isEmpty()) {
                html.open("p")
                        .leaf("a", row.stage(), "href", "#stage-" + i)
                        .text(": " + row.reason())
                        .close("p");
            }
        }
        html.close("div").close("div");
        html.open("dl", "class", "facts");
        fact(html, "Study", report.studyName());
        fact(html, "Run", report.runId());
        fact(html, "Started", WHEN.format(report.startedAt()));
        fact(html, "Took", Numbers.duration(report.seconds()));
        fact(html, "Seed", Long.toString(report.seed()).replace('-', '\u2212'));
        fact(html, "Program", report.programVersion());
        html.close("dl").close("header").line();
        claims(html, report.claims());
        writeHeadlines(html, report);
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close("div");
    }

    private static String outcome(Report report) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                report.plan().isEmpty()
                        ? "Nothing was planned."
                        : Words.many(report.plan().size(), "stage", "stages") + ": "
                                + tally(
                                        StageStatus.values(),
                                        Words::word,
                                        s -> report.plan().stream()
                                                .filter(row -> row.status() == s)
                                                .count())
                                + ".");
        if (!report.claims().isEmpty()) {
            sentences.add(Words.many(report.claims().size(), "claim", "claims") + ": "
                    + tally(
                            Verdict.values(),
                            Words::word,
                            v -> report.claims().stream()
                                    .filter(claim -> claim.verdict() == v)
                                    .count())
                    + ".");
        }
        long warnings =
                report.stages().stream().mapToLong(s -> s.warnings().size()).sum();
        if (warnings > 0) {
            sentences.add(Words.many(warnings, "warning", "warnings") + ".");
        }
        return String.join(" ", sentences);
    }

    private static <T> String tally(T[] states, Function<T, String> word, ToLongFunction<T> count) {
        return tally(states, (state, _) -> word.apply(state), count);
    }

    private static <T> String tally(T[] states, BiFunction<T, Long, String> word, ToLongFunction<T> count) {
        return Arrays.stream(states)
                .filter(state -> count.applyAsLong(state) > 0)
                .map(state ->
                        Numbers.count(count.applyAsLong(state)) + " " + word.apply(state, count.applyAsLong(state)))
                .collect(Collectors.joining(", "));
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

    private record Headline(int place, String stage, Metric metric) {}

    /// The numbers that stages call their headlines. Stages take turns, a number each, those whose results no
    /// other stage uses first. What a claim is about stands above already, and the same number of the same
    /// name is shown once. Written in the order of the plan.
    private static List<Headline> headlines(Report report) {
        Set<String> used = new HashSet<>();
        report.plan().forEach(row -> used.addAll(row.dependsOn()));
        List<List<Headline>> stages = new ArrayList<>();
        for (boolean end : new boolean[] {true, false}) {
            for (StageSection stage : report.stages()) {
                if (used.contains(stage.stage()) != end) {
                    stages.add(candidates(report, stage));
                }
            }
        }
        Set<List<Object>> seen = new HashSet<>();
        List<Headline> chosen = new ArrayList<>();
        int most = stages.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < most; turn++) {
            for (List<Headline> stage : stages) {
                if (turn < stage.size() && chosen.size() < HEADLINES) {
                    Metric metric = stage.get(turn).metric();
                    String name = metric.name().substring(metric.name().lastIndexOf('.') + 1);
                    if (seen.add(List.of(name, metric.value(), metric.low(), metric.high(), metric.n()))) {
                        chosen.add(stage.get(turn));
                    }
                }
            }
        }
        chosen.sort(Comparator.comparingInt(Headline::place));
        return chosen;
    }

    private static List<Headline> candidates(Report report, StageSection stage) {
        int place = report.stages().indexOf(stage);
        return stage.headlines().stream()
                .distinct()
                .filter(name -> report.claims().stream()
                        .noneMatch(claim -> claim.metric().equals(stage.stage() + "." + name)))
                .flatMap(name -> stage.metrics().stream()
                        .filter(metric ->
                                metric.name().equals(name) && metric.value().isPresent())
                        .limit(1))
                .map(metric -> new Headline(place, stage.stage(), metric))
                .toList();
    }

    private static void writeHeadlines(Html html, Report report) {
        List<Headline> headlines = headlines(report);
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
        return reason + "; n\u00A0=\u00A0" + n;
    }
}
