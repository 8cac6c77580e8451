package dev.assay.distil.internal.accept;

import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.ExportKind;
import dev.assay.distil.ForbiddenCategory;
import dev.assay.distil.Mapping;
import dev.assay.distil.PersonalData;
import dev.assay.distil.Playbooks;
import dev.assay.distil.RagSample;
import dev.assay.distil.RuleFile;
import dev.assay.distil.ScoredRun;
import dev.assay.distil.SftSample;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.collect.Collector;
import dev.assay.distil.internal.export.ExportPlan;
import dev.assay.distil.internal.export.Exporter;
import dev.assay.distil.internal.export.Firewall;
import dev.assay.distil.internal.export.Shape;
import dev.assay.distil.internal.replay.ReplaySelfCheck;
import dev.assay.distil.internal.score.Scorer;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.receipt.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// The acceptance suite: named invariants of collecting, scoring and exporting on a fixture of 15 rows whose
/// every count is known. Each is checked for itself, so that the names of those that fail tell what is
/// broken.
public final class Invariants {
    private static final String FIXTURE = "/dev/assay/distil/acceptance/";
    private static final String AT = "2026-01-01T00:00:00Z";
    private static final String LATER = "2027-06-05T04:03:02Z";

    /// One invariant.
    ///
    /// @param id     `A01`
    /// @param says   what holds
    /// @param held   whether it does
    /// @param detail what was seen instead
    public record Invariant(String id, String says, boolean held, String detail) {}

    private final Path folder;
    private final Engine engine;
    private final List<Invariant> checked = new ArrayList<>();

    private Invariants(Path folder, Engine engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /// Runs them all.
    ///
    /// @param folder a folder for what is thrown away
    public static List<Invariant> check(Path folder, Engine engine) {
        Invariants invariants = new Invariants(folder, engine);
        try {
            invariants.run();
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
        return List.copyOf(invariants.checked);
    }

    private record Run(
            Path folder, Collector.Result collected, Scorer.Result scored, Map<ExportKind, Exporter.Result> exported) {
        private Path dataset(ExportKind kind) {
            return folder.resolve(kind.text()).resolve("dataset").resolve(kind.text() + ".jsonl");
        }
    }

    private void check(String id, String says, BooleanSupplier held, Object seen) {
        boolean holds;
        String detail = String.valueOf(seen);
        try {
            holds = held.getAsBoolean();
        } catch (RuntimeException e) {
            holds = false;
            detail = String.valueOf(e.getMessage());
        }
        checked.add(new Invariant(id, says, holds, holds ? "" : detail));
    }

    private Path source() throws IOException {
        Path source = folder.resolve("source");
        if (!Files.exists(source)) {
            Files.createDirectories(source);
            for (String name : List.of("runs.jsonl", "context.jsonl", "runs.yml", "context.yml", "rules.yml")) {
                try (InputStream in = Objects.requireNonNull(Invariants.class.getResourceAsStream(FIXTURE + name))) {
                    Files.copy(in, source.resolve(name));
                }
            }
        }
        return source;
    }

    private Run run(String name, String at, Path source, Optional<Path> earlier) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        Path empty = Files.createDirectories(folder.resolve("no-files"));
        Collector.Result collected = Collector.collect(
                source,
                List.of(Mapping.read(source.resolve("runs.yml")), Mapping.read(source.resolve("context.yml"))),
                at,
                earlier,
                to.resolve("evidence"),
                to.resolve("skips.jsonl"),
                to,
                engine,
                Progress.none());
        Scorer.Result scored = Scorer.score(
                to.resolve("evidence"),
                Map.of("fixture", RuleFile.read(source.resolve("rules.yml"))),
                at,
                Optional.empty(),
                to.resolve("scored"),
                engine,
                Progress.none());
        Map<ExportKind, Exporter.Result> exported = new TreeMap<>();
        for (ExportKind kind : ExportKind.values()) {
            Path out = Files.createDirectories(to.resolve(kind.text()));
            ExportPlan plan = new ExportPlan(
                    kind,
                    false,
                    false,
                    5,
                    at,
                    Optional.of(empty),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    PersonalData.Policy.KEEP,
                    Set.of("MIT"),
                    Shape.of(kind),
                    false);
            // Files that rows speak of are looked at for rag alone: the counts of the others are those without.
            ExportPlan own = kind == ExportKind.RAG
                    ? plan
                    : new ExportPlan(
                            kind,
                            false,
                            false,
                            5,
                            at,
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            Optional.empty(),
                            PersonalData.Policy.KEEP,
                            Set.of("MIT"),
                            Shape.of(kind),
                            false);
            exported.put(kind, Exporter.export(own, to.resolve("evidence"), to.resolve("scored"), out, engine));
        }
        return new Run(to, collected, scored, exported);
    }

    private static Exporter.Result of(Run run, ExportKind kind) {
        return Objects.requireNonNull(run.exported().get(kind));
    }

    private void run() throws IOException {
        Path source = source();
        Run first = run("first", AT, source, Optional.empty());
        List<EvidenceRecord> records = new ArrayList<>();
        List<ScoredRun> scores = new ArrayList<>();
        boolean valid = true;
        for (String partition : EvidenceFolder.partitions(first.folder().resolve("evidence"))) {
            for (String line :
                    Files.readAllLines(first.folder().resolve("evidence").resolve(partition))) {
                try {
                    records.add(EvidenceRecord.parse(line));
                } catch (IllegalArgumentException e) {
                    valid = false;
                }
            }
            for (String line :
                    Files.readAllLines(first.folder().resolve("scored").resolve(partition))) {
                scores.add(ScoredRun.parse(line));
            }
        }
        boolean allValid = valid;
        long skipped = first.collected().skips().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        check(
                "A01",
                "15 rows in, 14 out, 1 skipped",
                () -> skipped == 1 && first.collected().rows() == 14,
                skipped);
        check("A02", "every record keeps to the schema and its id is that of its content", () -> allValid, "");
        check(
                "A03",
                "every record says where it comes from",
                () -> records.stream().allMatch(r -> r.provenance().isComplete()),
                "");
        RoundTrip.Result trip = RoundTrip.check(source, records, engine);
        check("A04", "every record is found again at its source with the same hash", trip::holds, trip);
        check("A05", "another locale and time zone give the same bytes", elsewhere(first, source), "");
        check(
                "A06",
                "6 accepted, 2 partially accepted, 4 rejected, 2 for human review",
                () -> first.scored().of(Category.ACCEPTED) == 6
                        && first.scored().of(Category.PARTIALLY_ACCEPTED) == 2
                        && first.scored().of(Category.REJECTED) == 4
                        && first.scored().of(Category.NEEDS_HUMAN_REVIEW) == 2,
                first.scored().byReason());
        check(
                "A07",
                "every category has a reason",
                () -> scores.stream()
                        .noneMatch(s ->
                                s.reasons().isEmpty() || s.reasons().getFirst().isBlank()),
                "");
        RuleFile rules = RuleFile.read(source.resolve("rules.yml"));
        check(
                "A08",
                "the scorer's version carries the digest of its rules",
                () -> rules.version().endsWith("+" + rules.digest().substring(0, 12))
                        && scores.stream().allMatch(s -> s.scorerVersion().equals(rules.version())),
                rules.version());
        check("A09", "new rules score every row anew", rescored(first, source, rules), "");
        counts(
                "A10",
                first,
                ExportKind.RAG,
                5,
                Map.of(
                        "unsafe_rag_category",
                        4L,
                        "category_disallowed",
                        2L,
                        "empty_content",
                        1L,
                        "hallucinated_file_path",
                        1L,
                        "duplicate_id",
                        1L));
        counts(
                "A11",
                first,
                ExportKind.SFT,
                4,
                Map.of("unsafe_sft_category", 6L, "category_disallowed", 2L, "empty_content", 1L, "duplicate_id", 1L));
        counts(
                "A12",
                first,
                ExportKind.PREFERENCE,
                2,
                Map.of("empty_content", 1L, "self_pairing", 1L, "invalid_preference_pairing", 2L));
        counts(
                "A13",
                first,
                ExportKind.KTO,
                6,
                Map.of(
                        "category_disallowed",
                        4L,
                        "empty_content",
                        1L,
                        "duplicate_id",
                        1L,
                        "invalid_preference_pairing",
                        2L));
        check(
                "A14",
                "exports were read again and hold nothing forbidden",
                () -> first.exported().size() == 4,
                "");
        check("A15", "the record types refuse alone", Invariants::typesRefuse, "");
        check("A16", "the exporter's test refuses alone", Invariants::firewallRefuses, "");
        check(
                "A17",
                "every input is accounted for",
                () -> List.of(ExportKind.RAG, ExportKind.SFT, ExportKind.KTO).stream()
                        .map(kind -> of(first, kind))
                        .allMatch(r -> r.rows() == r.exported() + r.quarantinedRows() + r.filteredRows()),
                "");
        Run known = run("known", AT, source, Optional.of(first.folder().resolve("evidence")));
        check(
                "A18",
                "a second run on the same sources adds nothing",
                () -> known.collected().streams().stream().allMatch(s -> s.made() == 0)
                        && known.collected()
                                .evidenceDigest()
                                .equals(first.collected().evidenceDigest()),
                known.collected().streams());
        Run again = run("again", AT, source, Optional.empty());
        check(
                "A19",
                "a second run with the same time has the same bytes",
                () -> Digest.ofFolder(again.folder()).equals(Digest.ofFolder(first.folder())),
                "");
        Run later = run("later", LATER, source, Optional.empty());
        check(
                "A20",
                "another time changes no id and no digest of content",
                () -> later.collected()
                                .evidenceDigest()
                                .equals(first.collected().evidenceDigest())
                        && List.of(ExportKind.values()).stream()
                                .allMatch(kind -> dev.assay.receipt.ContentId.ofJsonLinesFile(later.dataset(kind))
                                        .equals(dev.assay.receipt.ContentId.ofJsonLinesFile(first.dataset(kind)))),
                "");
        Path changed = Files.createDirectories(folder.resolve("changed-source"));
        for (String name : List.of("runs.jsonl", "context.jsonl", "runs.yml", "context.yml", "rules.yml")) {
            Files.copy(source.resolve(name), changed.resolve(name));
        }
        Files.writeString(
                changed.resolve("runs.jsonl"),
                Files.readString(source.resolve("runs.jsonl")).replace("lambda", "lambdb"));
        Run other = run("changed", AT, changed, Optional.empty());
        check(
                "A21",
                "a changed byte of the source changes the digest",
                () -> !other.collected()
                        .evidenceDigest()
                        .equals(first.collected().evidenceDigest()),
                "");
        List<String> broken =
                ReplaySelfCheck.broken(folder.resolve("replay"), Playbooks.in(first.dataset(ExportKind.RAG)), engine);
        check(
                "A22",
                "a replay logs, gates, escalates, and asks nobody else when nothing may leave this machine",
                broken::isEmpty,
                broken);
    }

    private void counts(String id, Run run, ExportKind kind, long exported, Map<String, Long> quarantined) {
        Exporter.Result result = of(run, kind);
        check(
                id,
                exported + " samples for " + kind.text() + ", the rest in quarantine for the reasons known",
                () -> result.exported() == exported && result.quarantined().equals(quarantined),
                result.exported() + " " + result.quarantined());
    }

    /// One at a time: locale and time zone are the whole process's, and two that take turns would leave it with
    /// those of elsewhere.
    private BooleanSupplier elsewhere(Run first, Path source) throws IOException {
        synchronized (Invariants.class) {
            Locale locale = Locale.getDefault();
            TimeZone zone = TimeZone.getDefault();
            try {
                Locale.setDefault(Locale.of("tr", "TR"));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
                Run there = run("elsewhere", AT, source, Optional.empty());
                return () -> Digest.ofFolder(there.folder()).equals(Digest.ofFolder(first.folder()));
            } finally {
                Locale.setDefault(locale);
                TimeZone.setDefault(zone);
            }
        }
    }

    private BooleanSupplier rescored(Run first, Path source, RuleFile rules) throws IOException {
        Path changed = folder.resolve("changed-rules.yml");
        Files.writeString(
                changed,
                Files.readString(source.resolve("rules.yml")).replace("reason: reward_1", "reason: reward_one"));
        RuleFile other = RuleFile.read(changed);
        Scorer.Result anew = Scorer.score(
                first.folder().resolve("evidence"),
                Map.of("fixture", other),
                AT,
                Optional.of(first.folder().resolve("scored")),
                folder.resolve("rescored"),
                engine,
                Progress.none());
        return () -> !other.version().equals(rules.version())
                && anew.reused() == 0
                && anew.rows() == first.scored().rows()
                && anew.byReason().containsKey("accepted/reward_one");
    }

    private static boolean typesRefuse() {
        return refused(() -> RagSample.Score.of(Category.REJECTED))
                && refused(() -> SftSample.Quality.of(Category.REJECTED))
                && refused(() -> SftSample.Quality.of(Category.NEEDS_HUMAN_REVIEW))
                && refused(() -> dev.assay.distil.KtoSample.label(Category.NEEDS_HUMAN_REVIEW))
                && refused(() -> dev.assay.distil.PreferenceSample.Reason.of(Category.REJECTED, Category.REJECTED));
    }

    private static boolean refused(Runnable attempt) {
        try {
            attempt.run();
            return false;
        } catch (ForbiddenCategory e) {
            return true;
        }
    }

    private static boolean firewallRefuses() {
        return Firewall.of(ExportKind.RAG, true, true)
                        .refuses(Category.REJECTED)
                        .isPresent()
                && Firewall.of(ExportKind.SFT, true, true)
                        .refuses(Category.REJECTED)
                        .isPresent()
                && Firewall.of(ExportKind.SFT, true, true)
                        .refuses(Category.NEEDS_HUMAN_REVIEW)
                        .isPresent()
                && Firewall.of(ExportKind.KTO, true, true)
                        .refuses(Category.NEEDS_HUMAN_REVIEW)
                        .isPresent()
                && Firewall.of(ExportKind.PREFERENCE, true, true)
                        .refuses(Category.NEEDS_HUMAN_REVIEW)
                        .isPresent();
    }
}
