package dev.assay.report;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reports for tests: one with given charts and nothing else, and one in which every text is an attack.
public final class Reports {
    /// Texts that would run, end their place, or rearrange the page if they were taken for anything but text.
    static final List<String> HOSTILE = List.of(
            "</script><script>window.broken = 1</script>",
            "<img src=\"https://example.invalid/x.png\" onerror=\"window.broken = 2\">",
            "\"><svg onload='window.broken = 3'>",
            "<!--<script>",
            "]]></style><style>body{background:url(https://example.invalid/y)}</style>",
            "{a|b}{{c}} ${window.broken = 4} {@x}",
            "line\u2028end\u2029and \u202Eoverride",
            "&lt;b&gt; &#x3c; '\" ` \\u003c",
            "javascript:window.broken=5");

    private Reports() {}

    /// A report of one stage that shows these charts.
    public static Report of(List<Figure> figures) {
        return report(
                "title",
                List.of(row("stage", List.of())),
                List.of(),
                List.of(new StageSection(
                        "stage", "kind", List.of(), List.of(), List.of(), List.of(), figures, List.of(), List.of(),
                        Map.of(), List.of(), List.of())));
    }

    /// A stage that measured something.
    static StageSection measured(String stage, List<String> headlines, Metric... metrics) {
        return new StageSection(
                stage,
                "kind",
                List.of(),
                List.of(metrics),
                headlines,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    /// A report of these stages, each using the one before, and a claim about a metric.
    static Report of(List<StageSection> stages, String claimed) {
        List<PlanRow> plan = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            plan.add(row(
                    stages.get(i).stage(),
                    i == 0 ? List.of() : List.of(stages.get(i - 1).stage())));
        }
        ClaimRow claim = new ClaimRow("c", "says", claimed, "above 1", Verdict.HOLDS, Optional.empty(), "");
        return report("title", plan, List.of(claim), stages);
    }

    /// A report with nothing in it.
    static Report empty() {
        return report("", List.of(), List.of(), List.of());
    }

    /// A report in which every text is one of the hostile ones.
    static Report hostile() {
        List<PlanRow> plan = HOSTILE.stream().map(text -> row(text, HOSTILE)).toList();
        List<ClaimRow> claims = HOSTILE.stream()
                .map(text -> new ClaimRow(text, text, text, text, Verdict.UNDECIDED, Optional.of(metric(text)), text))
                .toList();
        List<StageSection> stages = HOSTILE.stream().map(Reports::section).toList();
        Report plain = report(String.join(" ", HOSTILE), plan, claims, stages);
        String text = HOSTILE.getFirst();
        return new Report(
                plain.title(),
                text,
                text,
                "run '" + text,
                plain.startedAt(),
                1,
                RunStatus.FAILED,
                -1,
                text,
                plan,
                claims,
                stages,
                Optional.of(new DriftSummary(
                        text,
                        DriftSummary.Severity.ALERT,
                        List.of(new DriftRow(text, text, text, text, DriftSummary.Severity.ALERT, text)),
                        List.of(new DistributionRow(
                                text,
                                text,
                                text,
                                0.5,
                                OptionalDouble.of(0.01),
                                0.05,
                                OptionalDouble.empty(),
                                Optional.of(true),
                                1,
                                2)))),
                List.of(new ReceiptRow(text, text, text, 1)));
    }

    private static StageSection section(String text) {
        List<Double> two = List.of(1.0, 2.0);
        List<String> names = List.of(text, HOSTILE.getFirst());
        List<Figure.Series> series = List.of(new Figure.Series(text, two), new Figure.Series("real", two));
        return new StageSection(
                text,
                text,
                List.of(new SettingRow(text, text, true)),
                List.of(metric(text)),
                List.of(text),
                List.of(new Listing(text, text, List.of(text), List.of(List.of(text)))),
                List.of(
                        new Figure.Bars(text, text, text, text, names, series),
                        new Figure.Histogram(text, text, text, text, List.of(0.0, 1.0, 3.0), series),
                        new Figure.Intervals(
                                text, text, text, names, List.of(new Figure.IntervalSeries(text, two, two, two))),
                        new Figure.Lines(text, text, text, text, true, two, series),
                        new Figure.Points(
                                text,
                                text,
                                text,
                                text,
                                false,
                                true,
                                List.of(new Figure.PointSeries(text, two, two, names)))),
                List.of(text),
                List.of(text),
                Map.of(text, 1L),
                List.of(new ArtefactRow(text, text, text, OptionalLong.of(1), OptionalLong.empty())),
                List.of());
    }

    private static Metric metric(String text) {
        return new Metric(text, Optional.of(1.0), Optional.of(0.5), Optional.of(2.0), 0.95, 9, text, text, text);
    }

    private static PlanRow row(String stage, List<String> needs) {
        return new PlanRow(
                stage,
                stage,
                stage,
                StageStatus.FAILED,
                stage,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                needs);
    }

    private static Report report(String title, List<PlanRow> plan, List<ClaimRow> claims, List<StageSection> stages) {
        return new Report(
                title,
                "",
                "study",
                "run-1",
                Instant.EPOCH,
                0,
                RunStatus.PASSED,
                1,
                "0",
                plan,
                claims,
                stages,
                Optional.empty(),
                List.of());
    }
}
