package dev.assay.distil.internal.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.distil.Playbook;
import dev.assay.distil.TextAnalysis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorRankingTest {
    private static final int DIMENSIONS = 8;

    @TempDir
    Path folder;

    private static float[] vector(RandomGenerator random) {
        double[] vector = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextGaussian();
        }
        return Embedder.unit(vector);
    }

    @Test
    void theGraphOfManyVectorsFindsTheNearest() throws IOException {
        RandomGenerator random = Seed.of(1).generator();
        try (SegmentDraft draft = new SegmentDraft(folder, TextAnalysis.ENGLISH)) {
            for (int i = 0; i < VectorFormat.EXACT_BELOW + 100; i++) {
                draft.add(Playbook.of("p%06d".formatted(i), "", "x"), vector(random));
            }
            draft.finish();
        }
        try (OpenIndex index = OpenIndex.in(folder)) {
            VectorRanking ranking = new VectorRanking(index);
            int found = 0;
            int queries = 50;
            for (int q = 0; q < queries; q++) {
                float[] query = vector(random);
                List<Ranked> exact = ranking.exact(query, 10);
                List<Ranked> graph = ranking.best(query, 10);
                assertThat(graph).isEqualTo(ranking.byGraph(query, 10));
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
}
