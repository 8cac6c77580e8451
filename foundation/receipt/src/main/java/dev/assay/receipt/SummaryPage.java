package dev.assay.receipt;

import java.util.Locale;

/// A run summary as a page for people.
final class SummaryPage {
    private SummaryPage() {}

    static String of(RunSummary summary) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(MarkdownText.of(summary.pipeline())).append("\n\n");
        page.append("Run `").append(summary.runId()).append("`, recorded at ").append(summary.recordedAt());
        page.append(": **")
                .append(summary.overallPassed() ? "passed" : "did not pass")
                .append("**.\n");
        page.append("Made: `").append(summary.runDigest().shorter()).append("` (equal for runs that made the same).\n");
        summary.priorRunId()
                .ifPresent(id -> page.append("Compared with run `").append(id).append("`.\n"));
        page.append("\n| stage | status | record |\n|---|---|---|\n");
        for (RunSummary.StageLine line : summary.stages()) {
            page.append("| ").append(MarkdownText.of(line.stage())).append(" | ");
            page.append(line.status().name().toLowerCase(Locale.ROOT)).append(" | `");
            page.append(line.recordSha256().shorter()).append("` |\n");
        }
        Stats totals = summary.totals();
        page.append("\n| rows | in | out | accepted | quarantined | filtered | skipped | deduped |\n");
        page.append("|---|--:|--:|--:|--:|--:|--:|--:|\n| all stages |");
        for (long n : new long[] {
            totals.recordsIn(),
            totals.recordsOut(),
            totals.accepted(),
            totals.quarantined(),
            totals.filtered(),
            totals.skipped(),
            totals.deduped()
        }) {
            page.append(' ').append(n).append(" |");
        }
        page.append('\n');
        if (!summary.datasets().isEmpty()) {
            page.append("\n| data set | rows | sha256 |\n|---|--:|---|\n");
            summary.datasets()
                    .forEach((name, data) -> page.append("| ")
                            .append(MarkdownText.of(name))
                            .append(" | ")
                            .append(data.rows())
                            .append(" | `")
                            .append(data.sha256().shorter())
                            .append("` |\n"));
        }
        return page.toString();
    }
}
