package dev.assay.distil.internal.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.distil.IndexSettings;
import dev.assay.distil.Playbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorRankingTest {
    private static final int VECTORS = 10_000;
    private static final int DIMENSIONS = 64;

    @TempDir
    Path folder;

    private static float[] vector(RandomGenerator random) {
        double[] vector = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextGaussian();
        }
        return Embedder.unit(vector);
    }

    private RandomGenerator written(int exactBelow) throws IOException {
        RandomGenerator random = Seed.of(1).generator();
        try (SegmentDraft draft = new SegmentDraft(folder, IndexSettings.DEFAULT.withExactBelow(exactBelow))) {
            for (int i = 0; i < VECTORS; i++) {
                draft.add(Playbook.of("p%06d".formatted(i), "", "x"), vector(random));
            }
            draft.finish();
        }
        return random;
    }

    private long graphBytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".vex"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    @Test
    void theGraphOfManyVectorsFindsNineteenOfTwentyNearest() throws IOException {
        RandomGenerator random = written(VECTORS);
        assertThat(graphBytes()).isGreaterThan(10L * VECTORS);
        try (OpenIndex index = OpenIndex.in(folder)) {
            VectorRanking ranking = new VectorRanking(index, VECTORS);
            int found = 0;
            int queries = 200;
            for (int q = 0; q < queries; q++) {
                float[] query = vector(random);
                List<Ranked> exact = ranking.exact(query, 10);
                List<Ranked> graph = ranking.best(query, 10);
                assertThat(graph).isEqualTo(ranking.byGraph(query, 10)).hasSize(10);
                Set<Integer> wanted = new HashSet<>();
                exact.forEach(r -> wanted.add(r.document()));
                List<Ranked> hits = new ArrayList<>(graph);
                hits.removeIf(r -> !wanted.contains(r.document()));
                // What both find has the same score, since the graph only proposes.
                assertThat(exact).containsAll(hits);
                found += hits.size();
            }
            assertThat(found / (10.0 * queries)).isGreaterThanOrEqualTo(0.95);
        }
    }

    @Test
    void fewVectorsHaveNoGraphAndAreAllCompared() throws IOException {
        RandomGenerator random = written(2 * VECTORS);
        assertThat(graphBytes()).isLessThan(1000);
        try (OpenIndex index = OpenIndex.in(folder)) {
            VectorRanking ranking = new VectorRanking(index, 2 * VECTORS);
            float[] query = vector(random);
            assertThat(ranking.best(query, 50))
                    .isEqualTo(ranking.exact(query, 50))
                    .hasSize(50);
        }
    }
}
