package dev.assay.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SeedTest {
    @Test
    void aPathAlwaysLeadsToTheSameStream() {
        long first = Seed.of(7).child("forest").child(3).generator().nextLong();

        assertThat(Seed.of(7).child("forest").child(3).generator().nextLong()).isEqualTo(first);
        assertThat(Seed.of(7).child("forest").child(3))
                .isEqualTo(Seed.of(7).child("forest").child(3));
    }

    /// The stream of a seed must never change from release to release: published numbers would.
    @Test
    void theStreamOfSeedSevenIsFrozen() {
        assertThat(Seed.of(7).asLong()).isEqualTo(FROZEN_SEVEN);
        assertThat(Seed.of(7).child("forest").child(7).generator().nextLong()).isEqualTo(FROZEN_CHILD);
    }

    @Test
    void differentPathsLeadToDifferentStreams() {
        Set<Long> seen = new HashSet<>();
        for (long s = -50; s < 50; s++) {
            Seed seed = Seed.of(s);
            seen.add(seed.asLong());
            seen.add(seed.child("a").asLong());
            seen.add(seed.child("b").asLong());
            seen.add(seed.child(7).asLong());
            seen.add(seed.child("7").asLong());
            seen.add(seed.child("a").child("b").asLong());
            seen.add(seed.child("ab").asLong());
        }
        assertThat(seen).hasSize(700);
    }

    @Test
    void permutationsHoldEveryNumberOnce() {
        int[] order = Draws.permutation(1000, Seed.of(1).generator());

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(java.util.stream.IntStream.range(0, 1000).toArray());
        assertThat(order).isNotEqualTo(java.util.stream.IntStream.range(0, 1000).toArray());
    }

    @Test
    void samplesHoldNoNumberTwice() {
        int[] some = Draws.sample(100, 30, Seed.of(2).generator());

        assertThat(some).hasSize(30).doesNotHaveDuplicates();
        assertThat(Arrays.stream(some).allMatch(i -> i >= 0 && i < 100)).isTrue();
        assertThatThrownBy(() -> Draws.sample(3, 4, Seed.of(2).generator()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 of 3");
    }

    @Test
    void weightedDrawsFollowTheirWeightsAndNeverDrawWeightZero() {
        double[] cumulative = Draws.cumulative(new double[] {0, 1, 3, 0, 6, 0});
        RandomGenerator random = Seed.of(3).generator();
        int[] counts = new int[6];
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            counts[Draws.index(cumulative, random)]++;
        }
        assertThat(counts[0] + counts[3] + counts[5]).isZero();
        // Five standard errors of a share of 0.1, 0.3 and 0.6 are below 0.008.
        assertThat(counts[1] / (double) n).isBetween(0.092, 0.108);
        assertThat(counts[2] / (double) n).isBetween(0.292, 0.308);
        assertThat(counts[4] / (double) n).isBetween(0.592, 0.608);
    }

    @Test
    void weightsThatCannotBeDrawnFromAreRefused() {
        assertThatThrownBy(() -> Draws.cumulative(new double[] {0, 0})).hasMessageContaining("sum to 0");
        assertThatThrownBy(() -> Draws.cumulative(new double[] {1, -1})).hasMessageContaining("weight 1");
        assertThatThrownBy(() -> Draws.cumulative(new double[] {Double.NaN})).hasMessageContaining("weight 0");
    }

    @Test
    void distributionsOfTheLibraryAreSampledFromOurStreams() {
        var sampler = Draws.sampler(NormalDistribution.of(10, 2), Seed.of(4).generator());
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += sampler.sample();
        }
        // Five standard errors are 0.1.
        assertThat(sum / 10_000).isBetween(9.9, 10.1);
    }

    private static final long FROZEN_SEVEN = 5612130274805256077L;
    private static final long FROZEN_CHILD = 4504253814805030011L;
}
