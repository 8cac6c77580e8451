package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.internal.score.Scorer;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.receipt.Digest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The category of every row, against an independent program.
class ScoreRealRunsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"zeroeval", "tau_bench", "aider"})
    void categoriesAndReasonsAreTheReferences(String set) throws Exception {
        JsonNode expected = RealRuns.expected().get(set);
        try (Engine engine = LocalEngine.of(2)) {
            RealRuns.collect(set, folder, engine);
            Scorer.Result result = score(folder.resolve("scored"), Optional.empty(), engine);

            assertThat(result.byReason()).isEqualTo(longs(expected.get("reasons")));
            for (Category category : Category.values()) {
                assertThat(result.of(category))
                        .isEqualTo(
                                expected.get("categories").path(category.text()).longValue(0));
            }
            assertThat(result.reused()).isZero();

            Scorer.Result again = score(folder.resolve("again"), Optional.of(folder.resolve("scored")), engine);
            long contexts = result.byReason().getOrDefault("needs_human_review/extraction_class", 0L);
            assertThat(again.reused()).isEqualTo(result.rows() - contexts);
            assertThat(Digest.ofFolder(folder.resolve("again"))).isEqualTo(Digest.ofFolder(folder.resolve("scored")));
        }
    }

    private Scorer.Result score(Path to, Optional<Path> earlier, Engine engine) {
        return Scorer.score(
                folder.resolve("evidence"),
                RealRuns.rules(),
                RealRuns.RECORDED_AT,
                earlier,
                to,
                engine,
                Progress.none());
    }

    private static Map<String, Long> longs(JsonNode counts) {
        Map<String, Long> map = new TreeMap<>();
        counts.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().longValue()));
        return map;
    }
}
