package dev.assay.distil.internal.export;

import dev.assay.distil.Category;
import dev.assay.distil.ExportKind;
import dev.assay.distil.RowProvenance;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.KeySet;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.Batches;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads an export again and holds every row against the scores, independently of how it was made. Memory: 16
/// to 43 bytes a scored row.
public final class Reread {
    private static final Map<ExportKind, List<String>> REQUIRED = Map.of(
            ExportKind.RAG,
                    List.of(
                            "content",
                            "created_at",
                            "id",
                            "source_category",
                            "source_run_id",
                            "success_score",
                            "title"),
            ExportKind.SFT, List.of("created_at", "id", "instruction", "quality_score", "response", "source_run_id"),
            ExportKind.PREFERENCE,
                    List.of(
                            "chosen",
                            "chosen_run_id",
                            "created_at",
                            "id",
                            "prompt",
                            "reason",
                            "rejected",
                            "rejected_run_id"),
            ExportKind.KTO, List.of("completion", "created_at", "id", "prompt", "source_run_id"));

    private final ExportPlan plan;
    private final Path file;
    private final Map<Category, KeySet> runs = new EnumMap<>(Category.class);
    private String lastId = "";
    private long rows;

    private Reread(ExportPlan plan, Path file) {
        this.plan = plan;
        this.file = file;
        for (Category category : Category.values()) {
            runs.put(category, new KeySet());
        }
    }

    /// @param expected how many rows there should be
    /// @throws Fault (VERIFICATION) naming the line of whatever is forbidden, damaged or out of place
    public static void check(
            ExportPlan plan, EvidenceFolder evidence, Path scored, Path file, long expected, Engine engine) {
        Reread reread = new Reread(plan, file);
        for (String partition : evidence.partitions()) {
            Path scores = scored.resolve(partition);
            try (RowReader reader = ByteRows.lines(Files.newInputStream(scores))) {
                Batches.each(
                        reader,
                        engine,
                        raw -> {
                            LineView score = new LineView(raw.bytes());
                            return Map.entry(
                                    Category.of(score.needed("category")).orElseThrow(),
                                    key(
                                            plan.kind() == ExportKind.PREFERENCE
                                                    ? ""
                                                    : plan.kind().id(score.needed("evidence_id")),
                                            score.needed("evidence_run_id"),
                                            RowProvenance.sigHash(score.there("provenance"))));
                        },
                        all -> all.forEach(run -> reread.set(run.getKey()).add(run.getValue())));
            } catch (IOException e) {
                throw Storage.fault(scores, e);
            }
        }
        reread.read(engine);
        if (reread.rows != expected) {
            throw Fault.of(
                            Fault.Kind.VERIFICATION,
                            "the export has " + reread.rows + " rows, but " + expected + " were written")
                    .at(file.toString());
        }
    }

    private KeySet set(Category category) {
        KeySet set = runs.get(category);
        if (set == null) {
            throw new IllegalStateException("no set for " + category);
        }
        return set;
    }

    /// Run and row, and of samples of one row their id: one row can be a run of several streams.
    private static KeySet.Key key(String sampleId, String runId, String sigHash) {
        return KeySet.Key.of(sampleId, runId, sigHash);
    }

    private void read(Engine engine) {
        try (RowReader reader = ByteRows.lines(Files.newInputStream(file))) {
            Batches.each(
                    reader,
                    engine,
                    row -> checked(row),
                    ids -> ids.forEach(id -> {
                        if (id.compareTo(lastId) <= 0) {
                            throw Fault.of(Fault.Kind.VERIFICATION, "ids are out of order or stand twice")
                                    .at(file + ":" + (rows + 1));
                        }
                        lastId = id;
                        rows++;
                    }));
        } catch (IOException e) {
            throw Storage.fault(file, e);
        }
    }

    /// @return the row's id
    private String checked(RawRow raw) {
        String place = file + ":" + (raw.position() + 1);
        LineView row;
        try {
            row = new LineView(CanonicalJson.canonical(raw.bytes()));
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.VERIFICATION, "the row is damaged: " + e.getMessage())
                    .at(place)
                    .causedBy(e);
        }
        if (!"1".equals(row.raw("schema_version"))) {
            throw Fault.of(Fault.Kind.VERIFICATION, "the row is not of schema version 1")
                    .at(place);
        }
        for (String name : REQUIRED.getOrDefault(plan.kind(), List.of())) {
            if (!row.says(name)) {
                throw Fault.of(Fault.Kind.VERIFICATION, "the row has no '" + name + "'")
                        .at(place);
            }
        }
        switch (plan.kind()) {
            case RAG -> {
                Set<Category> allowed = EnumSet.of(Category.ACCEPTED, Category.PARTIALLY_ACCEPTED);
                if (plan.includeReview()) {
                    allowed.add(Category.NEEDS_HUMAN_REVIEW);
                }
                own(row, "success_score", allowed, place);
            }
            case SFT -> {
                Set<Category> allowed = EnumSet.of(Category.ACCEPTED);
                if (plan.includePartial()) {
                    allowed.add(Category.PARTIALLY_ACCEPTED);
                }
                own(row, "quality_score", allowed, place);
            }
            case KTO -> one(row, "", "true".equals(row.raw("label")) ? Category.ACCEPTED : Category.REJECTED, place);
            case PREFERENCE -> {
                one(row, "chosen_", Category.ACCEPTED, place);
                boolean partial = text(row, "reason").equals("accepted_over_partial");
                one(row, "rejected_", partial ? Category.PARTIALLY_ACCEPTED : Category.REJECTED, place);
            }
        }
        return text(row, "id");
    }

    private void own(LineView row, String score, Set<Category> allowed, String place) {
        Category stated = Category.of(text(row, score))
                .filter(allowed::contains)
                .orElseThrow(() -> forbidden(place, "'" + score + "' is none that may be exported"));
        one(row, "", stated, place);
    }

    /// The run must be among those of the category, as the scores have it.
    private void one(LineView row, String side, Category category, String place) {
        String run = text(row, side.isEmpty() ? "source_run_id" : side + "run_id");
        String hash = RowProvenance.sigHash(row.there(side + "provenance"));
        if (!set(category).has(key(side.isEmpty() ? text(row, "id") : "", run, hash))) {
            throw forbidden(place, "its run was not scored " + category.text());
        }
    }

    private static String text(LineView row, String name) {
        String text = row.text(name);
        return text == null ? "" : text;
    }

    private static Fault forbidden(String place, String what) {
        return Fault.of(
                        Fault.Kind.VERIFICATION,
                        "a forbidden row was exported: " + what + "; nothing of this export may be used")
                .at(place);
    }
}
