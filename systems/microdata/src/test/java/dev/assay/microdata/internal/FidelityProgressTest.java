package dev.assay.microdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.FidelityStage;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of a long comparison before and while it is made.
class FidelityProgressTest {
    private static final int COLUMNS = 20;

    @TempDir
    Path folder;

    /// Steps that were told, in parts of a million.
    private static final class Told implements Progress {
        private final List<Long> steps = new ArrayList<>();

        @Override
        public synchronized void at(long done, long total) {
            steps.add(1_000_000 * done / total);
        }
    }

    private static Frame rows(int rows, long seed) {
        Frame frame = Frame.empty();
        for (int c = 0; c < COLUMNS; c++) {
            frame = frame.with(
                    "c" + c,
                    Column.Doubles.of(
                            Seed.of(seed).child(c).generator().doubles(rows).toArray()));
        }
        return frame;
    }

    private static FidelityStage.Settings settings(int rows, int replicates) {
        return new FidelityStage.Settings(
                rows(rows, 1),
                Map.of("m", rows(rows, 2)),
                rows(rows, 3),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                5,
                25_000,
                100,
                replicates,
                FidelityStage.Criterion.RANKS);
    }

    @Test
    void theBarGoesOnInSmallStepsThroughAllMeasuresOfAllSets() {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            FidelityScorer scorer = new FidelityScorer(settings(600, 160), context);
            scorer.announce(2);
            Told told = new Told();
            scorer.score("m", rows(600, 2), false, 0, told);
            int half = told.steps.size();
            scorer.score("n", rows(600, 4), false, 1, told);
            assertThat(told.steps).hasSizeGreaterThan(40).contains(500_000L, 1_000_000L);
            assertThat(told.steps.subList(0, half)).allMatch(step -> step <= 500_000);
            List<Long> sorted = told.steps.stream().sorted().toList();
            long largest = 0;
            for (int i = 1; i < sorted.size(); i++) {
                largest = Math.max(largest, sorted.get(i) - sorted.get(i - 1));
            }
            assertThat(largest).as("the largest step, in parts of a million").isLessThan(100_000);
            assertThat(context.announced()).as("what takes no time").isEmpty();
        }
    }

    @Test
    void aLongComparisonSaysBeforeWhatItComputes() {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            FidelityScorer scorer = new FidelityScorer(settings(2_000, 100_000), context);
            scorer.announce(5);
            assertThat(context.announced())
                    .containsExactly("5 sets of rows, for each 1.6e+07 distances over 20 encoded columns and 100000"
                            + " replicates of 20 columns and 190 pairs of them over 2000 rows a side");
        }
    }

    @Test
    void countingChangesNoResult() {
        try (LocalEngine engine = LocalEngine.of(2)) {
            Told told = new Told();
            CountedEngine counted = new CountedEngine(engine, 2, told);
            assertThat(counted.map(10, p -> p * p)).isEqualTo(engine.map(10, p -> p * p));
            assertThat(counted.<String>reduce(9, p -> "" + p, (a, b) -> a + b)).isEqualTo("012345678");
            assertThat(told.steps).hasSize(19).contains(500_000L, 1_000_000L);
        }
    }
}
