package dev.assay.distil.internal.export;

import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.ExportKind;
import dev.assay.distil.PersonalData;
import dev.assay.distil.PreferenceSample;
import dev.assay.distil.QuarantineReason;
import dev.assay.distil.RowProvenance;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.KeySet;
import dev.assay.distil.internal.SpillSort;
import dev.assay.distil.internal.export.JoinedRows.Joined;
import dev.assay.engine.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Pairs of answers to one task, one accepted and one not, from whatever streams. Memory: 64 MiB to bring
/// tasks together, and the rows of one task.
final class PairExport {
    private static final long SORT_BYTES = 64L << 20;

    /// Beyond so many combinations of a task only as many are looked at as are needed for its pairs.
    private static final long ALL_COMBINATIONS = 10_000;

    private final ExportPlan plan;
    private final Firewall firewall;
    private final Filters filters;
    private final KeySet seen = new KeySet();
    private final Map<String, StreamInfo> streams;
    private final Ways ways = new Ways();
    private long withContrast;
    private long withoutContrast;
    private long fallback;
    private long pairs;

    PairExport(ExportPlan plan, Firewall firewall, Map<String, StreamInfo> streams) {
        this.plan = plan;
        this.firewall = firewall;
        this.filters = new Filters(plan);
        this.streams = streams;
    }

    /// What came of it.
    ///
    /// @param read            rows in, and by which rules they were scored
    /// @param candidates      rows that could stand in a pair
    /// @param withContrast    tasks with both sides
    /// @param withoutContrast tasks with one side only
    /// @param fallback        tasks paired with what was right in part
    /// @param pairs           sound pairs before filters
    /// @param ways            which way each row went: into a pair or not
    record Result(
            JoinedRows.Read read,
            long candidates,
            long withContrast,
            long withoutContrast,
            long fallback,
            long pairs,
            Ways ways) {}

    private record Prepared(
            EvidenceRecord evidence,
            Category category,
            boolean candidate,
            @Nullable QuarantineReason reason,
            byte[] key,
            byte[] value) {}

    Result run(
            EvidenceFolder evidence,
            Path scored,
            Survivors survivors,
            Journal journal,
            Found found,
            Path scratch,
            Engine engine) {
        try (SpillSort byTask = new SpillSort(scratch, "tasks", SORT_BYTES)) {
            JoinedRows.Read read = JoinedRows.each(
                    evidence,
                    scored,
                    engine,
                    this::prepared,
                    all -> all.forEach(row -> {
                        if (row.reason() != null) {
                            went(row.evidence(), row.category(), row.reason().text());
                            RowProvenance provenance = row.evidence().provenance();
                            journal.quarantine(
                                    row.reason(),
                                    List.of("category " + row.category().text()),
                                    row.evidence().id(),
                                    row.evidence().runId(),
                                    provenance);
                        } else if (row.candidate()) {
                            byTask.add(row.key(), row.value());
                        } else {
                            went(row.evidence(), row.category(), "neither better nor worse");
                        }
                    }));
            Group group = new Group();
            byTask.forEach(row -> {
                EvidenceRecord record = EvidenceRecord.read(Arrays.copyOfRange(row.value(), 1, row.value().length));
                if (!record.taskId().equals(group.task)) {
                    settle(group, survivors, journal, found);
                    group.start(record.taskId());
                }
                group.of(Category.values()[row.value()[0]]).add(record);
            });
            settle(group, survivors, journal, found);
            return new Result(read, byTask.rows(), withContrast, withoutContrast, fallback, pairs, ways);
        }
    }

    private void went(EvidenceRecord row, Category category, String end) {
        ways.add(row.stream(), category.text().replace('_', ' '), end);
    }

    /// The rows of a task, those of each category in byte order of their runs.
    private static final class Group {
        private @Nullable String task;
        private final List<List<EvidenceRecord>> byCategory =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        private void start(String next) {
            task = next;
            byCategory.forEach(List::clear);
        }

        private List<EvidenceRecord> of(Category category) {
            return byCategory.get(category.ordinal());
        }
    }

    private Prepared prepared(Joined row) {
        EvidenceRecord evidence = row.evidence();
        Category category = row.category();
        QuarantineReason reason = null;
        boolean candidate = firewall.refuses(category).isEmpty();
        if (candidate) {
            if (!evidence.provenance().isComplete()) {
                reason = QuarantineReason.MISSING_PROVENANCE;
            } else if (evidence.runId().isBlank()) {
                reason = QuarantineReason.MISSING_SOURCE_RUN_ID;
            } else if (evidence.text().orElse("").isBlank()
                    || evidence.prompt().orElse("").isBlank()) {
                reason = QuarantineReason.EMPTY_CONTENT;
            }
        }
        if (!candidate || reason != null) {
            return new Prepared(evidence, category, candidate, reason, new byte[0], new byte[0]);
        }
        byte[] line = evidence.bytes();
        byte[] value = new byte[line.length + 1];
        value[0] = (byte) category.ordinal();
        System.arraycopy(line, 0, value, 1, line.length);
        byte[] key = (evidence.taskId() + "\u0000" + evidence.runId() + "\u0000" + evidence.id())
                .getBytes(StandardCharsets.UTF_8);
        return new Prepared(evidence, category, true, null, key, value);
    }

    private void settle(Group group, Survivors survivors, Journal journal, Found found) {
        if (group.task == null) {
            return;
        }
        List<EvidenceRecord> good = group.of(Category.ACCEPTED);
        List<EvidenceRecord> bad = group.of(Category.REJECTED);
        Category worse = Category.REJECTED;
        if (bad.isEmpty() && !good.isEmpty()) {
            bad = group.of(Category.PARTIALLY_ACCEPTED);
            worse = Category.PARTIALLY_ACCEPTED;
            fallback += bad.isEmpty() ? 0 : 1;
        }
        if (good.isEmpty() || bad.isEmpty()) {
            withoutContrast++;
            each(group, (row, category) -> went(row, category, "nothing to set it against"));
            return;
        }
        withContrast++;
        Set<EvidenceRecord> paired = Collections.newSetFromMap(new IdentityHashMap<>());
        pairs(good, bad, worse, paired, survivors, journal, found);
        each(
                group,
                (row, category) ->
                        went(row, category, paired.contains(row) ? "in a sound pair" : "not taken for a pair"));
    }

    private static void each(Group group, BiConsumer<EvidenceRecord, Category> action) {
        for (Category category : Category.values()) {
            group.of(category).forEach(row -> action.accept(row, category));
        }
    }

    private void pairs(
            List<EvidenceRecord> good,
            List<EvidenceRecord> bad,
            Category worse,
            Set<EvidenceRecord> paired,
            Survivors survivors,
            Journal journal,
            Found found) {
        List<String> goodPrompts = normal(good, true);
        List<String> badPrompts = normal(bad, true);
        List<String> goodTexts = normal(good, false);
        List<String> badTexts = normal(bad, false);
        boolean all = (long) good.size() * bad.size() <= ALL_COMBINATIONS;
        int kept = 0;
        for (int sum = 0; sum <= good.size() + bad.size() - 2; sum++) {
            for (int i = Math.max(0, sum - bad.size() + 1); i <= Math.min(sum, good.size() - 1); i++) {
                if (!all && kept >= plan.maxPairsPerTask()) {
                    return;
                }
                int j = sum - i;
                EvidenceRecord chosen = good.get(i);
                EvidenceRecord rejected = bad.get(j);
                if (!goodPrompts.get(i).equals(badPrompts.get(j))) {
                    refuse(journal, QuarantineReason.INVALID_PREFERENCE_PAIRING, "prompts differ", chosen, rejected);
                } else if (chosen.runId().equals(rejected.runId())
                        || goodTexts.get(i).equals(badTexts.get(j))) {
                    refuse(journal, QuarantineReason.SELF_PAIRING, "both sides are one", chosen, rejected);
                } else if (kept < plan.maxPairsPerTask() && pair(chosen, rejected, worse, survivors, journal, found)) {
                    kept++;
                    paired.add(chosen);
                    paired.add(rejected);
                }
            }
        }
    }

    private static List<String> normal(List<EvidenceRecord> rows, boolean prompts) {
        return rows.stream()
                .map(row -> NormalText.of((prompts ? row.prompt() : row.text()).orElse("")))
                .toList();
    }

    private static void refuse(
            Journal journal, QuarantineReason reason, String why, EvidenceRecord chosen, EvidenceRecord rejected) {
        journal.quarantine(
                reason,
                List.of(why, "rejected run " + rejected.runId()),
                chosen.id(),
                chosen.runId(),
                chosen.provenance());
    }

    private static KeySet.Key content(EvidenceRecord chosen, EvidenceRecord rejected) {
        return KeySet.Key.of(
                NormalText.contentKey(
                        chosen.prompt().orElse(""),
                        chosen.context().orElse(""),
                        chosen.text().orElse("")),
                NormalText.contentKey(
                        rejected.prompt().orElse(""),
                        rejected.context().orElse(""),
                        rejected.text().orElse("")));
    }

    private boolean pair(
            EvidenceRecord chosen,
            EvidenceRecord rejected,
            Category worse,
            Survivors survivors,
            Journal journal,
            Found found) {
        if (!seen.add(content(chosen, rejected))) {
            refuse(journal, QuarantineReason.DUPLICATE_ID, "the same pair is exported already", chosen, rejected);
            return false;
        }
        String prompt = chosen.prompt().orElse("");
        PersonalData.Treated treated = filters.personal(List.of(
                prompt,
                chosen.context().orElse(""),
                chosen.text().orElse(""),
                rejected.text().orElse("")));
        String id = ExportKind.PREFERENCE.id(chosen.id(), rejected.id());
        byte[] line;
        PreferenceSample.Reason reason = PreferenceSample.Reason.of(Category.ACCEPTED, worse);
        try {
            line = new PreferenceSample(
                            id,
                            treated.fields().get(0),
                            treated.fields().get(1),
                            treated.fields().get(2),
                            treated.fields().get(3),
                            reason,
                            chosen.runId(),
                            rejected.runId(),
                            plan.createdAt(),
                            chosen.provenance(),
                            rejected.provenance())
                    .line();
        } catch (IllegalArgumentException e) {
            refuse(journal, QuarantineReason.SCHEMA_VIOLATION, String.valueOf(e.getMessage()), chosen, rejected);
            return false;
        }
        pairs++;
        found.add(treated);
        if (treated.removed() && plan.personal() == PersonalData.Policy.QUARANTINE) {
            refuse(journal, QuarantineReason.PERSONAL_DATA, Filters.described(treated), chosen, rejected);
            return true;
        }
        Optional<String> contaminated = filters.contaminated(
                prompt,
                chosen.context().orElse(""),
                List.of(chosen.text().orElse(""), rejected.text().orElse("")));
        if (contaminated.isPresent()) {
            journal.filter("contaminated", chosen.id(), contaminated.get());
            return true;
        }
        List<StreamInfo> from = new ArrayList<>();
        for (EvidenceRecord each : List.of(chosen, rejected)) {
            StreamInfo stream = streams.get(each.stream());
            if (stream != null) {
                from.add(stream);
            }
        }
        survivors.add(
                new Survivors.Sample(
                        id,
                        chosen.runId(),
                        chosen.id(),
                        List.of(
                                prompt,
                                chosen.context().orElse(""),
                                chosen.text().orElse(""),
                                rejected.text().orElse("")),
                        line,
                        filters.later(treated, from),
                        chosen.stream(),
                        "pair"),
                journal);
        return true;
    }
}
