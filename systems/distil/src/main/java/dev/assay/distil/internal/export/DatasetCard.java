package dev.assay.distil.internal.export;

import dev.assay.distil.PersonalData;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.Storage;
import dev.assay.receipt.MarkdownText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The page that goes with a dataset: what it holds, where that comes from, what was kept out.
final class DatasetCard {
    private DatasetCard() {}

    static void write(ExportPlan plan, EvidenceFolder evidence, Path scored, Exporter.Result result, Path dataset) {
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(plan.kind().text().toUpperCase(java.util.Locale.ROOT))
                .append(" samples\n\n");
        page.append(result.exported())
                .append(" samples of ")
                .append(result.rows())
                .append(" rows of evidence, made at ");
        page.append(plan.createdAt()).append(".\n\n## Sources\n\n");
        page.append(
                "| stream | class | licence | rows | evidence | rules | version of the rules |\n|---|---|---|--:|--:|---|---|\n");
        for (StreamInfo stream : evidence.streams().values()) {
            page.append("| ").append(MarkdownText.of(stream.stream()));
            page.append(" | ").append(MarkdownText.of(stream.streamClass()));
            page.append(" | ").append(stream.licence().isEmpty() ? "not stated" : MarkdownText.of(stream.licence()));
            page.append(" | ").append(stream.rows());
            page.append(" | ").append(stream.made());
            page.append(" | ").append(MarkdownText.of(stream.rules()));
            page.append(" | ")
                    .append(MarkdownText.of(result.versions().getOrDefault(stream.stream(), "none: no row was scored")))
                    .append(" |\n");
        }
        evidence.streams().values().stream()
                .filter(stream -> !stream.notice().isEmpty())
                .forEach(stream -> page.append("\n**")
                        .append(MarkdownText.of(stream.stream()))
                        .append("**: ")
                        .append(MarkdownText.of(stream.notice()))
                        .append('\n'));
        page.append("\n## What was kept out\n\n| why | how many |\n|---|--:|\n");
        rows(page, "quarantine: ", result.quarantined());
        rows(page, "filter: ", result.filtered());
        page.append("\n## Filters\n\n");
        page.append("- Benchmark questions: ")
                .append(plan.benchmark()
                        .map(b -> "samples with a run of tokens, or a whole short one, of " + b.questions()
                                + " questions are left out"
                                + (plan.textOnly() ? " (answers only)" : "")
                                + (b.onlyAlone().isEmpty()
                                        ? ""
                                        : "; " + b.onlyAlone().size()
                                                + " are so short that they are found only where they stand alone")
                                + (b.unfindable().isEmpty()
                                        ? ""
                                        : "; " + b.unfindable().size() + " are empty and cannot be found"))
                        .orElse("not looked for"))
                .append('\n');
        page.append("- Near duplicates: ")
                .append(plan.nearDuplicates()
                        .map(s -> "left out from a similarity of " + s.threshold() + " of each part on")
                        .orElse("not looked for"))
                .append('\n');
        page.append("- Personal data: policy ")
                .append(plan.personal().name().toLowerCase(java.util.Locale.ROOT))
                .append(" by the rules ")
                .append(PersonalData.RULE_SET)
                .append("; found in ")
                .append(result.found().samples())
                .append(" samples");
        result.found()
                .places()
                .forEach((kind, count) ->
                        page.append("; ").append(kind.text()).append(' ').append(count));
        page.append('\n');
        page.append("- Licences: ")
                .append(MarkdownText.of(String.join(", ", new java.util.TreeSet<>(plan.licences()))))
                .append('\n');
        page.append("\nScores: ")
                .append(MarkdownText.of(String.valueOf(scored.getFileName())))
                .append(". The version of the rules ends with the first 12 digits of the digest of their file.\n");
        try {
            Files.writeString(dataset.resolve("README.md"), page.toString());
        } catch (IOException e) {
            throw Storage.fault(dataset, e);
        }
    }

    private static void rows(StringBuilder page, String prefix, Map<String, Long> counts) {
        counts.forEach((name, count) -> page.append("| ")
                .append(prefix)
                .append(MarkdownText.of(name))
                .append(" | ")
                .append(count)
                .append(" |\n"));
    }
}
