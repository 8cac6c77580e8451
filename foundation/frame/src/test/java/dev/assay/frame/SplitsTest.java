package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitsTest {
    @Test
    void everyRowIsInExactlyOnePartOfTheRightSize() {
        Property.holds(200, seed -> {
            RandomGenerator random = seed.generator();
            int rows = random.nextInt(200);
            double[] shares = shares(random);
            List<int[]> parts = Splits.byRow(rows, shares, seed);
            requirePartition(parts, rows);
            for (int p = 0; p < shares.length; p++) {
                assertThat(Math.abs(parts.get(p).length - rows * shares[p])).isLessThan(1 + 1e-6);
            }
            assertThat(Splits.byRow(rows, shares, seed))
                    .usingRecursiveComparison()
                    .isEqualTo(parts);
        });
    }

    @Test
    void sharesThatMeanWholeNumbersGiveThem() {
        assertThat(Splits.byRow(100, new double[] {0.29, 0.71}, Seed.of(1)))
                .extracting(p -> p.length)
                .containsExactly(29, 71);
        assertThat(Splits.byRow(10, new double[] {0.25, 0.25, 0.25, 0.25}, Seed.of(1)))
                .extracting(p -> p.length)
                .containsExactly(3, 3, 2, 2);
    }

    @Test
    void membershipIsARandomPermutationOfTheSeed() {
        int[] inFirst = new int[20];
        for (int s = 0; s < 4000; s++) {
            for (int row : Splits.byRow(20, new double[] {0.5, 0.5}, Seed.of(s)).getFirst()) {
                inFirst[row]++;
            }
        }
        // Binomial(4000, 0.5): 6 standard deviations are 190.
        assertThat(Arrays.stream(inFirst).boxed()).allSatisfy(n -> assertThat(n).isBetween(1810, 2190));
    }

    @Test
    void noGroupIsOnTwoSides() {
        Property.holds(100, seed -> {
            RandomGenerator random = seed.generator();
            int rows = 1 + random.nextInt(300);
            long[] household = new long[rows];
            int[] region = new int[rows];
            for (int i = 0; i < rows; i++) {
                household[i] = random.nextInt(30);
                region[i] = random.nextInt(3) - 1;
            }
            Frame frame = Frame.empty()
                    .with("household", Column.Longs.of(household))
                    .with("region", Column.Categories.of(region, List.of("n", "s")));
            double[] shares = shares(random);
            List<int[]> parts = Splits.byGroup(frame, List.of("household", "region"), shares, seed);
            requirePartition(parts, rows);
            Set<List<Long>> before = new HashSet<>();
            int groups = (int) IntStream.range(0, rows)
                    .mapToObj(i -> List.of(household[i], (long) region[i]))
                    .distinct()
                    .count();
            for (int p = 0; p < shares.length; p++) {
                Set<List<Long>> here = new HashSet<>();
                for (int row : parts.get(p)) {
                    here.add(List.of(household[row], (long) region[row]));
                }
                assertThat(Collections.disjoint(here, before)).isTrue();
                assertThat(Math.abs(here.size() - groups * shares[p])).isLessThan(1 + 1e-6);
                before.addAll(here);
            }
            assertThat(Splits.byGroup(frame, List.of("household", "region"), shares, seed))
                    .usingRecursiveComparison()
                    .isEqualTo(parts);
        });
    }

    @Test
    void earlierPartsAreStrictlyBeforeLaterOnes() {
        Property.holds(200, seed -> {
            RandomGenerator random = seed.generator();
            int rows = random.nextInt(100);
            long[] micros = random.longs(rows, 0, 1 + random.nextInt(200)).toArray();
            Frame frame = Frame.empty().with("t", Column.Instants.of(micros));
            List<int[]> parts = Splits.byTime(frame, "t", shares(random));
            requirePartition(parts, rows);
            long last = Long.MIN_VALUE;
            for (int[] part : parts) {
                long until = last;
                assertThat(Arrays.stream(part).mapToObj(i -> micros[i]))
                        .allSatisfy(t -> assertThat(t).isGreaterThan(until));
                last = Arrays.stream(part).mapToLong(i -> micros[i]).max().orElse(last);
            }
        });
    }

    @Test
    void tiesMoveTheCutToTheirNearerEnd() {
        Frame frame = Frame.empty().with("t", Column.Doubles.of(1, 2, 2, 2, 2, 3, 4, 5, 6, 7));
        assertThat(Splits.byTime(frame, "t", new double[] {0.2, 0.8}).getFirst())
                .containsExactly(0);
        assertThat(Splits.byTime(frame, "t", new double[] {0.3, 0.7}).getFirst())
                .containsExactly(0);
        assertThat(Splits.byTime(frame, "t", new double[] {0.4, 0.6}).getFirst())
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void sharesAndTimesThatMakeNoSenseAreRefused() {
        assertThat(fault(() -> Splits.byRow(5, new double[] {0.5, 0.4}, Seed.of(1))))
                .isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault(() -> Splits.byRow(5, new double[] {1.5, -0.5}, Seed.of(1))))
                .isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault(() -> Splits.byRow(5, new double[] {Double.NaN, 1}, Seed.of(1))))
                .isEqualTo(Fault.Kind.BAD_SETTING);
        Frame frame = Frame.empty().with("t", Column.Doubles.of(1, Double.NaN)).with("x", Column.Texts.of("a", "b"));
        assertThat(fault(() -> Splits.byTime(frame, "t", new double[] {1}))).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault(() -> Splits.byTime(frame, "x", new double[] {1}))).isEqualTo(Fault.Kind.BAD_DATA);
    }

    private static Fault.Kind fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Fault.class, call).kind();
    }

    private static double[] shares(RandomGenerator random) {
        double[] shares = new double[1 + random.nextInt(4)];
        Arrays.setAll(shares, i -> random.nextDouble());
        double sum = Arrays.stream(shares).sum();
        Arrays.setAll(shares, i -> shares[i] / sum);
        return shares;
    }

    private static void requirePartition(List<int[]> parts, int rows) {
        int[] seen = new int[rows];
        for (int[] part : parts) {
            for (int i = 0; i < part.length; i++) {
                seen[part[i]]++;
                assertThat(i == 0 || part[i - 1] < part[i]).isTrue();
            }
        }
        assertThat(Arrays.stream(seen)).allMatch(n -> n == 1);
    }
}
