package dev.assay.distil.internal.export;

import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.ExportKind;
import dev.assay.distil.ForbiddenCategory;
import dev.assay.distil.KtoSample;
import dev.assay.distil.PersonalData;
import dev.assay.distil.QuarantineReason;
import dev.assay.distil.RagSample;
import dev.assay.distil.RowProvenance;
import dev.assay.distil.SftSample;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.KeySet;
import dev.assay.distil.internal.export.JoinedRows.Joined;
import dev.assay.engine.Engine;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Samples of one row each: for retrieval, for supervised fine-tuning, marked desirable or not. Memory: three
/// batches, and 16 to 43 bytes a sample to know its content again.
final class RowExport {
    private static final int TITLE_CODE_POINTS = 120;

    private final ExportPlan plan;
    private final Firewall firewall;
    private final Filters filters;
    private final KeySet seen = new KeySet();
    private final KeySet desirable = new KeySet();
    private final KeySet undesirable = new KeySet();

    private final Ways ways;

    RowExport(ExportPlan plan, Firewall firewall, Ways ways) {
        this.ways = ways;
        this.plan = plan;
        this.firewall = firewall;
        this.filters = new Filters(plan);
    }

    /// What became of a row.
    private record Outcome(
            String stream,
            String category,
            String evidenceId,
            String runId,
            @Nullable RowProvenance provenance,
            @Nullable QuarantineReason reason,
            List<String> errors,
            KeySet.@Nullable Key content,
            @Nullable String contaminated,
            Survivors.@Nullable Sample sample,
            PersonalData.@Nullable Treated personal) {}

    /// @return what went in
    JoinedRows.Read run(
            EvidenceFolder evidence, Path scored, Survivors survivors, Journal journal, Found found, Engine engine) {
        if (plan.kind() == ExportKind.KTO) {
            JoinedRows.each(
                    evidence,
                    scored,
                    engine,
                    this::labelled,
                    labels -> labels.forEach(label ->
                            label.ifPresent(each -> (each.desirable() ? desirable : undesirable).add(each.content()))));
        }
        return JoinedRows.each(
                evidence,
                scored,
                engine,
                this::outcome,
                outcomes -> outcomes.forEach(outcome -> settle(outcome, survivors, journal, found)));
    }

    private record Label(KeySet.Key content, boolean desirable) {}

    /// Which content has which label, of rows that could be exported otherwise.
    private Optional<Label> labelled(Joined row) {
        boolean candidate =
                (row.category() == Category.ACCEPTED || row.category() == Category.REJECTED) && firstFault(row) == null;
        return candidate
                ? Optional.of(new Label(content(row.evidence()), row.category() == Category.ACCEPTED))
                : Optional.empty();
    }

    private static KeySet.Key content(EvidenceRecord evidence) {
        return NormalText.contentKey(
                evidence.prompt().orElse(""),
                evidence.context().orElse(""),
                evidence.text().orElse(""));
    }

    /// The first of the faults that a row has by itself.
    private @Nullable QuarantineReason firstFault(Joined row) {
        EvidenceRecord evidence = row.evidence();
        if (!evidence.provenance().isComplete()) {
            return QuarantineReason.MISSING_PROVENANCE;
        }
        if (evidence.runId().isBlank()) {
            return QuarantineReason.MISSING_SOURCE_RUN_ID;
        }
        Optional<QuarantineReason> refused = firewall.refuses(row.category());
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean promptNeeded = plan.kind() != ExportKind.RAG;
        if (evidence.text().orElse("").isBlank()
                || (promptNeeded && evidence.prompt().orElse("").isBlank())) {
            return QuarantineReason.EMPTY_CONTENT;
        }
        boolean looksAtFiles = plan.kind() == ExportKind.RAG || plan.kind() == ExportKind.SFT;
        if (looksAtFiles && plan.files().isPresent() && !exist(plan.files().get(), evidence.sourceFiles())) {
            return QuarantineReason.HALLUCINATED_FILE_PATH;
        }
        return null;
    }

    /// Whether all these files exist below a folder. Names come from logs: nothing but existence below the
    /// folder is asked, and what leads out of it does not exist.
    private static boolean exist(Path root, List<String> names) {
        for (String name : names) {
            try {
                Path path = root.resolve(name).normalize();
                if (name.startsWith("/")
                        || !path.startsWith(root.normalize())
                        || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
            } catch (InvalidPathException e) {
                return false;
            }
        }
        return true;
    }

    private Outcome outcome(Joined row) {
        EvidenceRecord evidence = row.evidence();
        QuarantineReason fault = firstFault(row);
        if (fault != null) {
            return refused(row, fault, List.of("category " + row.category().text()), null);
        }
        KeySet.Key content = content(evidence);
        if (plan.kind() == ExportKind.KTO && desirable.has(content) && undesirable.has(content)) {
            return refused(
                    row,
                    QuarantineReason.INVALID_PREFERENCE_PAIRING,
                    List.of("the same content is both accepted and rejected"),
                    null);
        }
        String prompt = evidence.prompt().orElse("");
        String text = evidence.text().orElse("");
        PersonalData.Treated treated =
                filters.personal(List.of(prompt, evidence.context().orElse(""), text));
        byte[] line;
        try {
            line = line(
                    row,
                    treated.fields().get(0),
                    treated.fields().get(1),
                    treated.fields().get(2));
        } catch (ForbiddenCategory e) {
            // The firewall let through what the record type cannot hold: never to be quarantined in silence.
            throw e;
        } catch (IllegalArgumentException e) {
            return refused(row, QuarantineReason.SCHEMA_VIOLATION, List.of(String.valueOf(e.getMessage())), content);
        }
        Survivors.Sample sample = new Survivors.Sample(
                plan.kind().id(evidence.id()),
                evidence.runId(),
                evidence.id(),
                compared(row, prompt, text),
                line,
                filters.later(treated, List.of(row.stream())),
                row.stream().stream(),
                words(row.category()));
        return new Outcome(
                row.stream().stream(),
                words(row.category()),
                evidence.id(),
                evidence.runId(),
                evidence.provenance(),
                null,
                List.of(),
                content,
                filters.contaminated(prompt, evidence.context().orElse(""), List.of(text))
                        .orElse(null),
                sample,
                treated);
    }

    private static Outcome refused(
            Joined row, QuarantineReason reason, List<String> errors, KeySet.@Nullable Key content) {
        EvidenceRecord evidence = row.evidence();
        return new Outcome(
                row.stream().stream(),
                words(row.category()),
                evidence.id(),
                evidence.runId(),
                evidence.provenance(),
                reason,
                errors,
                content,
                null,
                null,
                null);
    }

    /// What makes two samples the same: all that they hold. Of what is retrieved that is title and
    /// content; passages that its run was given are no part of it.
    private List<String> compared(Joined row, String prompt, String text) {
        EvidenceRecord evidence = row.evidence();
        String context = evidence.context().orElse("");
        return switch (plan.kind()) {
            case RAG -> List.of(title(prompt, evidence.taskId()), text);
            case SFT -> List.of(prompt, context, text);
            case KTO -> List.of(prompt, context, text, String.valueOf(KtoSample.label(row.category())));
            case PREFERENCE -> throw new IllegalStateException("pairs are made of two rows");
        };
    }

    private static String words(Category category) {
        return category.text().replace('_', ' ');
    }

    private byte[] line(Joined row, String prompt, String context, String text) {
        EvidenceRecord evidence = row.evidence();
        Category category = row.category();
        String id = plan.kind().id(evidence.id());
        return switch (plan.kind()) {
            case RAG ->
                new RagSample(
                                id,
                                title(prompt, evidence.taskId()),
                                text,
                                Stream.concat(Stream.of(evidence.stream()), evidence.modelName().stream())
                                        .sorted()
                                        .toList(),
                                evidence.runId(),
                                RagSample.Score.of(category),
                                evidence.stream(),
                                Optional.empty(),
                                plan.createdAt(),
                                evidence.provenance())
                        .line();
            case SFT ->
                new SftSample(
                                id,
                                prompt,
                                context,
                                text,
                                evidence.runId(),
                                SftSample.Quality.of(category),
                                plan.createdAt(),
                                evidence.provenance())
                        .line();
            case KTO ->
                new KtoSample(
                                id,
                                prompt,
                                context,
                                text,
                                KtoSample.label(category),
                                evidence.runId(),
                                plan.createdAt(),
                                evidence.provenance())
                        .line();
            case PREFERENCE -> throw new IllegalStateException("pairs are made of two rows");
        };
    }

    /// The first line that says something, cut.
    static String title(String prompt, String otherwise) {
        String line = prompt.lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse(otherwise);
        return line.codePointCount(0, line.length()) <= TITLE_CODE_POINTS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE_CODE_POINTS));
    }

    private void quarantine(Journal journal, Outcome row, QuarantineReason reason, List<String> errors) {
        ways.add(row.stream(), row.category(), reason.text());
        journal.quarantine(reason, errors, row.evidenceId(), row.runId(), row.provenance());
    }

    private void settle(Outcome row, Survivors survivors, Journal journal, Found found) {
        if (row.reason() != null && row.reason() != QuarantineReason.SCHEMA_VIOLATION) {
            quarantine(journal, row, row.reason(), row.errors());
            return;
        }
        if (row.content() != null && !seen.add(row.content())) {
            quarantine(journal, row, QuarantineReason.DUPLICATE_ID, List.of("the same content is exported already"));
            return;
        }
        if (row.reason() != null || row.sample() == null || row.personal() == null) {
            quarantine(journal, row, QuarantineReason.SCHEMA_VIOLATION, row.errors());
            return;
        }
        found.add(row.personal());
        if (row.personal().removed() && plan.personal() == PersonalData.Policy.QUARANTINE) {
            quarantine(journal, row, QuarantineReason.PERSONAL_DATA, List.of(Filters.described(row.personal())));
        } else if (row.contaminated() != null) {
            ways.add(row.stream(), row.category(), "filter: contaminated");
            journal.filter("contaminated", row.evidenceId(), row.contaminated());
        } else {
            survivors.add(row.sample(), journal);
        }
    }
}
