package dev.assay.distil.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.distil.Category;
import dev.assay.distil.ExportKind;
import dev.assay.distil.ForbiddenCategory;
import dev.assay.distil.Mapping;
import dev.assay.distil.PersonalData;
import dev.assay.distil.RuleFile;
import dev.assay.distil.internal.collect.Collector;
import dev.assay.distil.internal.score.Scorer;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Exports of the shipped sets and of the fixture, against counts of an independent program; and what the two
/// layers of the firewall do without each other.
class ExportRealRunsTest {
    private static final String AT = "2026-01-01T00:00:00Z";
    private static final String FIXTURE = "/dev/assay/distil/acceptance/";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Engine engine;

    private static final Map<String, Path> SETS = new HashMap<>();

    @BeforeAll
    static void collectAndScore() throws Exception {
        engine = LocalEngine.of(2);
        Path study = study();
        Map<String, RuleFile> rules = new TreeMap<>();
        for (String name : List.of("zeroeval", "tau", "aider")) {
            rules.put(name, RuleFile.read(study.resolve("rules/" + name + ".yml")));
        }
        for (String set : List.of("zeroeval", "tau_bench", "aider")) {
            String prefix = set.equals("tau_bench") ? "tau-" : set;
            try (Stream<Path> files = Files.list(study.resolve("mappings"))) {
                prepare(
                        set,
                        study.resolve("data"),
                        files.filter(f -> f.getFileName().toString().startsWith(prefix))
                                .sorted()
                                .map(Mapping::read)
                                .toList(),
                        rules);
            }
        }
        Path source = Files.createDirectories(folder.resolve("fixture-source"));
        for (String name : List.of("runs.jsonl", "context.jsonl", "runs.yml", "context.yml", "rules.yml")) {
            try (InputStream in =
                    Objects.requireNonNull(ExportRealRunsTest.class.getResourceAsStream(FIXTURE + name))) {
                Files.copy(in, source.resolve(name));
            }
        }
        prepare(
                "fixture",
                source,
                List.of(Mapping.read(source.resolve("runs.yml")), Mapping.read(source.resolve("context.yml"))),
                Map.of("fixture", RuleFile.read(source.resolve("rules.yml"))));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Path study() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("studies/model-runs"))) {
            at = Objects.requireNonNull(at.getParent());
        }
        return at.resolve("studies/model-runs");
    }

    private static void prepare(String set, Path source, List<Mapping> mappings, Map<String, RuleFile> rules)
            throws IOException {
        Path to = Files.createDirectories(folder.resolve(set));
        Collector.collect(
                source,
                mappings,
                AT,
                Optional.empty(),
                to.resolve("evidence"),
                to.resolve("skips.jsonl"),
                to,
                engine,
                Progress.none());
        Scorer.score(
                to.resolve("evidence"), rules, AT, Optional.empty(), to.resolve("scored"), engine, Progress.none());
        SETS.put(set, to);
    }

    private static JsonNode expected(String set) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ExportRealRunsTest.class.getResourceAsStream("/evidence/expected.json"))) {
            return CanonicalJson.parse(in.readAllBytes()).get(set);
        }
    }

    private static ExportPlan plan(ExportKind kind) {
        return new ExportPlan(
                kind,
                false,
                false,
                5,
                AT,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                PersonalData.Policy.KEEP,
                Set.of("MIT", "Apache-2.0"),
                Shape.of(kind),
                false);
    }

    private static ExportPlan withPartial(ExportPlan plan) {
        return new ExportPlan(
                plan.kind(),
                plan.includeReview(),
                true,
                plan.maxPairsPerTask(),
                plan.createdAt(),
                plan.files(),
                plan.benchmark(),
                plan.textOnly(),
                plan.nearDuplicates(),
                plan.personal(),
                plan.licences(),
                plan.shapes(),
                plan.parquet());
    }

    private static Exporter.Result export(String set, String name, ExportPlan plan) {
        Path from = Objects.requireNonNull(SETS.get(set));
        return Exporter.export(plan, from.resolve("evidence"), from.resolve("scored"), from.resolve(name), engine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeroeval", "tau_bench", "aider"})
    void countsAreTheReferences(String set) throws Exception {
        JsonNode expected = expected(set);
        Exporter.Result rag = export(set, "rag", plan(ExportKind.RAG));
        assertThat(rag.exported()).isEqualTo(expected.at("/rag/rows").longValue());
        assertThat(rag.quarantined()).isEqualTo(longs(expected.at("/rag/quarantine")));
        Exporter.Result sft = export(set, "sft", plan(ExportKind.SFT));
        assertThat(sft.exported()).isEqualTo(expected.at("/sft/rows").longValue());
        assertThat(sft.quarantined()).isEqualTo(longs(expected.at("/sft/quarantine")));
        Exporter.Result partial = export(set, "sft-partial", withPartial(plan(ExportKind.SFT)));
        assertThat(partial.exported())
                .isEqualTo(expected.at("/sft_include_partial/rows").longValue());
        Exporter.Result kto = export(set, "kto", plan(ExportKind.KTO));
        assertThat(kto.exported())
                .isEqualTo(expected.at("/kto/desirable").longValue()
                        + expected.at("/kto/undesirable").longValue());
        Exporter.Result pairs = export(set, "pairs", plan(ExportKind.PREFERENCE));
        assertThat(pairs.exported())
                .isEqualTo(expected.at("/preference/pairs_cap_5").longValue());
        assertThat(pairs.pairs().orElseThrow().withContrast())
                .isEqualTo(expected.at("/preference/tasks_with_contrast").longValue());
        assertThat(pairs.pairs().orElseThrow().fallback())
                .isEqualTo(expected.at("/preference/tasks_using_fallback").longValue());
        for (Exporter.Result each : List.of(rag, sft, partial, kto)) {
            assertThat(each.rows()).isEqualTo(each.exported() + each.quarantinedRows() + each.filteredRows());
        }
        for (Exporter.Result each : List.of(rag, sft, partial, kto, pairs)) {
            assertThat(each.ways().rows()).isEqualTo(each.rows());
        }
    }

    @ParameterizedTest
    @EnumSource(ExportKind.class)
    void everyRowOfTheFixtureStandsAtOneEndOfTheFlowWhateverIsFiltered(ExportKind kind) {
        ExportPlan plain = plan(kind);
        ExportPlan strict = new ExportPlan(
                kind,
                false,
                false,
                5,
                AT,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                PersonalData.Policy.DROP,
                Set.of("none"),
                List.of(),
                false);
        for (ExportPlan plan : List.of(plain, strict)) {
            Exporter.Result result = export("fixture", "flow-" + kind + (plan == strict), plan);
            Map<String, Long> ends = new TreeMap<>();
            result.ways().figure("flow", result.streams().values()).links().stream()
                    .filter(link -> List.of("accepted", "partially accepted", "rejected", "needs human review")
                            .contains(link.from()))
                    .forEach(link -> ends.merge(link.to(), link.amount(), Long::sum));
            assertThat(ends.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(result.rows());
            if (kind == ExportKind.PREFERENCE) {
                // Four rows stand in the two pairs; a filter of pairs does not change that they do.
                assertThat(ends).containsEntry("in a sound pair", 4L).containsEntry("empty_content", 1L);
            } else if (plan == strict) {
                assertThat(result.exported()).isZero();
                assertThat(ends)
                        .doesNotContainKey("exported")
                        .containsEntry("filter: licence", result.filtered().get("licence"));
            } else {
                assertThat(ends).containsEntry("exported", result.exported());
            }
        }
    }

    @Test
    void theFixtureComesOutAsWritten() throws Exception {
        Path root = Files.createDirectories(folder.resolve("empty-root"));
        ExportPlan rag = plan(ExportKind.RAG);
        ExportPlan looking = new ExportPlan(
                ExportKind.RAG,
                false,
                false,
                5,
                AT,
                Optional.of(root),
                Optional.empty(),
                false,
                Optional.empty(),
                PersonalData.Policy.KEEP,
                rag.licences(),
                List.of(),
                true);
        assertThat(export("fixture", "rag", looking).quarantined())
                .isEqualTo(Map.of(
                        "unsafe_rag_category", 4L,
                        "category_disallowed", 2L,
                        "empty_content", 1L,
                        "hallucinated_file_path", 1L,
                        "duplicate_id", 1L));
        Exporter.Result sft = export("fixture", "sft", plan(ExportKind.SFT));
        assertThat(sft.exported()).isEqualTo(4);
        assertThat(sft.quarantined())
                .isEqualTo(Map.of(
                        "unsafe_sft_category", 6L, "category_disallowed", 2L, "empty_content", 1L, "duplicate_id", 1L));
        Exporter.Result pairs = export("fixture", "pairs", plan(ExportKind.PREFERENCE));
        assertThat(pairs.quarantined())
                .isEqualTo(Map.of("empty_content", 1L, "self_pairing", 1L, "invalid_preference_pairing", 2L));
        assertThat(Files.readAllLines(folder.resolve("fixture/pairs/dataset/preference.jsonl")).stream()
                        .map(CanonicalJson::parse)
                        .map(row -> row.get("chosen_run_id").stringValue() + ">"
                                + row.get("rejected_run_id").stringValue()))
                .containsExactlyInAnyOrder("F01>F02", "F04>F05");
        Exporter.Result kto = export("fixture", "kto", plan(ExportKind.KTO));
        assertThat(kto.exported()).isEqualTo(6);
        assertThat(kto.quarantined())
                .isEqualTo(Map.of(
                        "category_disallowed", 4L,
                        "empty_content", 1L,
                        "duplicate_id", 1L,
                        "invalid_preference_pairing", 2L));
        assertThat(folder.resolve("fixture/rag/dataset/rag-00000.parquet")).exists();
    }

    @ParameterizedTest
    @EnumSource(ExportKind.class)
    void withoutTheExportersTestTheRecordTypesRefuse(ExportKind kind) {
        Firewall open = category -> Optional.empty();
        Path from = Objects.requireNonNull(SETS.get("fixture"));
        if (kind == ExportKind.PREFERENCE) {
            // Pairs are formed by category; a type of pair for anything else does not exist.
            assertThatThrownBy(() ->
                            dev.assay.distil.PreferenceSample.Reason.of(Category.ACCEPTED, Category.NEEDS_HUMAN_REVIEW))
                    .isInstanceOf(ForbiddenCategory.class);
            assertThatThrownBy(() -> dev.assay.distil.PreferenceSample.Reason.of(Category.REJECTED, Category.REJECTED))
                    .isInstanceOf(ForbiddenCategory.class);
            return;
        }
        assertThatThrownBy(() -> Exporter.export(
                        plan(kind),
                        open,
                        from.resolve("evidence"),
                        from.resolve("scored"),
                        folder.resolve("open-" + kind.text()),
                        engine))
                .isInstanceOf(ForbiddenCategory.class);
    }

    @Test
    void withoutTheRecordTypesTheExportersTestRefuses() {
        for (ExportKind kind : ExportKind.values()) {
            for (boolean review : List.of(false, true)) {
                for (boolean partial : List.of(false, true)) {
                    Firewall firewall = Firewall.of(kind, review, partial);
                    for (Category category : Category.values()) {
                        boolean allowed = switch (kind) {
                            case RAG ->
                                category == Category.ACCEPTED
                                        || category == Category.PARTIALLY_ACCEPTED
                                        || (review && category == Category.NEEDS_HUMAN_REVIEW);
                            case SFT ->
                                category == Category.ACCEPTED || (partial && category == Category.PARTIALLY_ACCEPTED);
                            case KTO -> category == Category.ACCEPTED || category == Category.REJECTED;
                            case PREFERENCE -> category != Category.NEEDS_HUMAN_REVIEW;
                        };
                        assertThat(firewall.refuses(category).isEmpty())
                                .as(kind + " " + category)
                                .isEqualTo(allowed);
                    }
                }
            }
        }
    }

    @Test
    void aForbiddenRowInTheFileIsFoundWhenItIsReadAgain() throws Exception {
        Path from = Objects.requireNonNull(SETS.get("fixture"));
        export("fixture", "tampered", plan(ExportKind.SFT));
        Path file = from.resolve("tampered/dataset/sft.jsonl");
        List<String> lines = Files.readAllLines(file);
        // F08's answer becomes F10's: a run that was rejected.
        String rejected = Files.readAllLines(from.resolve("scored/2026/01/01/fixture_runs.jsonl")).stream()
                .filter(line -> line.contains("\"F10\""))
                .findFirst()
                .orElseThrow();
        String hash = CanonicalJson.parse(rejected).at("/provenance/sig_hash").stringValue();
        lines.set(
                0,
                lines.getFirst()
                        .replaceAll("\"source_run_id\":\"[^\"]*\"", "\"source_run_id\":\"F10\"")
                        .replaceAll("\"sig_hash\":\"[^\"]*\"", "\"sig_hash\":\"" + hash + "\""));
        Files.write(file, lines);
        assertThatThrownBy(() -> Reread.check(
                        plan(ExportKind.SFT),
                        dev.assay.distil.internal.EvidenceFolder.open(from.resolve("evidence")),
                        from.resolve("scored"),
                        file,
                        lines.size(),
                        engine))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("sft.jsonl:1")
                .hasMessageContaining("forbidden");
    }

    @Test
    void theSameTwiceAndWithOtherThreadsIsTheSameToTheByte() throws Exception {
        export("tau_bench", "once", plan(ExportKind.SFT));
        try (Engine one = LocalEngine.of(1)) {
            Path from = Objects.requireNonNull(SETS.get("tau_bench"));
            Exporter.export(
                    plan(ExportKind.SFT), from.resolve("evidence"), from.resolve("scored"), from.resolve("twice"), one);
        }
        assertThat(Digest.ofFolder(folder.resolve("tau_bench/once")))
                .isEqualTo(Digest.ofFolder(folder.resolve("tau_bench/twice")));
    }

    private static Map<String, Long> longs(JsonNode counts) {
        Map<String, Long> map = new TreeMap<>();
        counts.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().longValue()));
        return map;
    }
}
