package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.Mapping;
import dev.assay.distil.NearDuplicateSettings;
import dev.assay.distil.PersonalData;
import dev.assay.distil.RuleFile;
import dev.assay.distil.internal.collect.Collector;
import dev.assay.distil.internal.score.Scorer;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Logs of a few rows with `id`, `q`, `a` and `v`, taken from file to samples.
final class SmallLogs {
    private static final String AT = "2026-01-01T00:00:00Z";

    private SmallLogs() {}

    /// Samples of a file among the tests' resources, of which all rows belong to one task.
    static List<JsonNode> exported(
            Path folder, String name, ExportKind kind, OptionalDouble nearDuplicates, Optional<String> benchmark)
            throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        try (InputStream in = resource(name)) {
            Files.copy(in, source.resolve("runs.jsonl"));
        }
        Path mapping = Files.writeString(folder.resolve("runs.yml"), """
                schema_version: 1
                stream: runs
                class: verdict
                source: runs.jsonl
                format: jsonl
                licence: MIT
                rules: rules
                pinned: { timestamp: "2026-01-01T00:00:00Z" }
                fields: { run_id: $.id, task_id: '"task"', timestamp: pinned(timestamp), prompt: $.q, text: $.a, verdict: $.v }
                """);
        Path rules = Files.writeString(folder.resolve("rules.yml"), """
                version: 1.0.0
                rules:
                  - { when: { eq: [ $.verdict, 1 ] }, then: accepted, reason: right }
                  - { when: { eq: [ $.verdict, 0 ] }, then: rejected, reason: wrong }
                """);
        Optional<Path> questions = Optional.empty();
        if (benchmark.isPresent()) {
            questions = Optional.of(folder.resolve("benchmark.jsonl"));
            try (InputStream in = resource(benchmark.get())) {
                Files.copy(in, questions.get());
            }
        }
        try (Engine engine = LocalEngine.of(2)) {
            Collector.collect(
                    source,
                    List.of(Mapping.read(mapping)),
                    AT,
                    Optional.empty(),
                    folder.resolve("evidence"),
                    folder.resolve("skips.jsonl"),
                    folder,
                    engine,
                    Progress.none());
            Scorer.score(
                    folder.resolve("evidence"),
                    Map.of("rules", RuleFile.read(rules)),
                    AT,
                    Optional.empty(),
                    folder.resolve("scored"),
                    engine,
                    Progress.none());
            ExportPlan plan = new ExportPlan(
                    kind,
                    false,
                    false,
                    5,
                    AT,
                    Optional.empty(),
                    questions.map(Questions::read),
                    false,
                    nearDuplicates.isPresent()
                            ? Optional.of(NearDuplicateSettings.defaults().withThreshold(nearDuplicates.getAsDouble()))
                            : Optional.empty(),
                    PersonalData.Policy.REPLACE,
                    Set.of("MIT"),
                    List.of(),
                    false);
            Exporter.export(
                    plan,
                    folder.resolve("evidence"),
                    folder.resolve("scored"),
                    Files.createDirectories(folder.resolve("out")),
                    engine);
        }
        return Files.readAllLines(folder.resolve("out/dataset").resolve(DatasetWriter.nativeFile(kind))).stream()
                .map(CanonicalJson::parse)
                .toList();
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(SmallLogs.class.getResourceAsStream("/samples/" + name));
    }
}
