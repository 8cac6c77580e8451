package dev.assay.distil;

import dev.assay.distil.internal.collect.Collector;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The sets of model runs that ship with the project, their mappings and rules, and what an independent
/// program found.
final class RealRuns {
    static final String RECORDED_AT = "2026-01-01T00:00:00Z";
    static final List<String> SETS = List.of("zeroeval", "tau_bench", "aider");

    private RealRuns() {}

    static Path study() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("studies/model-runs"))) {
            at = Objects.requireNonNull(at.getParent(), "no folder above holds the study");
        }
        return at.resolve("studies/model-runs");
    }

    static JsonNode expected() throws IOException {
        try (InputStream in = Objects.requireNonNull(RealRuns.class.getResourceAsStream("/evidence/expected.json"))) {
            return CanonicalJson.parse(in.readAllBytes());
        }
    }

    static List<Mapping> mappings(String set) throws IOException {
        String prefix = set.equals("tau_bench") ? "tau-" : set;
        try (Stream<Path> files = Files.list(study().resolve("mappings"))) {
            List<Mapping> read = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .map(Mapping::read)
                    .toList();
            // The reference reads polyglot first; the order of streams does not touch any id.
            return read;
        }
    }

    static java.util.Map<String, RuleFile> rules() {
        java.util.Map<String, RuleFile> rules = new java.util.TreeMap<>();
        for (String name : List.of("zeroeval", "tau", "aider")) {
            rules.put(name, RuleFile.read(study().resolve("rules/" + name + ".yml")));
        }
        return rules;
    }

    static Collector.Result collect(String set, Path folder, Engine engine) throws IOException {
        Files.createDirectories(folder);
        return Collector.collect(
                study().resolve("data"),
                mappings(set),
                RECORDED_AT,
                Optional.empty(),
                folder.resolve("evidence"),
                folder.resolve("skips.jsonl"),
                folder,
                engine,
                Progress.none());
    }
}
