package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.measure.internal.Kernels;
import dev.assay.measure.internal.TileKernel;
import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PrdcTest {
    private static Engine one;
    private static Engine three;

    @BeforeAll
    static void open() {
        one = LocalEngine.of(1);
        three = LocalEngine.of(3);
    }

    @AfterAll
    static void close() {
        one.close();
        three.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void thePublishedCodesFiguresComeOut(int number) {
        JsonNode expected =
                Resources.json("prdc/prdc_reference.json").get("cases").get(number);
        String name = expected.get("name").asString();
        // Its duplicates are at distances of about 1e-8 in the published code and at 0 here.
        int slack = name.equals("tabular_zero_inflated_scaled") ? 3 : 0;
        Points real = points("prdc/" + name + "_real.csv");
        Points fake = points("prdc/" + name + "_fake.csv");

        PrdcScores scores = Prdc.of(new PrdcSettings(expected.get("k").asInt()), real, fake, three, Progress.none());

        int n = real.rows();
        int m = fake.rows();
        assertThat((double) scores.precisionCount())
                .isCloseTo(expected.get("precision").asDouble() * m, within(slack + 1e-6));
        assertThat((double) scores.recallCount())
                .isCloseTo(expected.get("recall").asDouble() * n, within(slack + 1e-6));
        assertThat((double) scores.coverageCount())
                .isCloseTo(expected.get("coverage").asDouble() * n, within(slack + 1e-6));
        assertThat((double) scores.densityCount())
                .isCloseTo(expected.get("density").asDouble() * scores.k() * m, within(slack * scores.k() + 1e-6));
        double sum = IntStream.range(0, n).mapToDouble(scores::realRadius).sum();
        assertThat(sum).isCloseTo(expected.get("real_radius_sum").asDouble(), within(1e-9));
        for (int i = 0; i < 5; i++) {
            assertThat(scores.realRadius(i))
                    .isCloseTo(expected.get("real_radius_first5").get(i).asDouble(), within(1e-12));
        }
    }

    @Test
    void blocksAgreeWithAllPairsByBruteForceForAnySizes() {
        Property.holds(40, seed -> {
            RandomGenerator random = seed.generator();
            int columns = 1 + random.nextInt(9);
            int k = 1 + random.nextInt(6);
            Points real = random.nextBoolean()
                    ? normal(random, k + 1 + random.nextInt(600), columns, 0)
                    : coarse(random, k + 1 + random.nextInt(600), columns);
            Points fake = random.nextBoolean()
                    ? normal(random, k + 1 + random.nextInt(600), columns, .3)
                    : coarse(random, k + 1 + random.nextInt(600), columns);
            same(Prdc.of(new PrdcSettings(k), real, fake, three, Progress.none()), naive(k, real, fake));
        });
    }

    @Test
    void nearDuplicatesAreNotLostToRounding() {
        Property.holds(5, seed -> {
            RandomGenerator random = seed.generator();
            double[] base = normal(random, 300, 4, 0).toArray();
            double[] near = new double[base.length];
            for (int i = 0; i < base.length; i++) {
                base[i] = 1e6 + base[i];
                near[i] = base[i] + (random.nextInt(3) - 1) * Math.ulp(base[i]);
            }
            Points real = Points.of(base, 4);
            Points fake = Points.of(near, 4);
            same(Prdc.of(PrdcSettings.defaults(), real, fake, three, Progress.none()), naive(5, real, fake));
        });
    }

    @Test
    void theKernelsAgreeToTheBit() {
        assertThat(Kernels.vectorised()).as("tests run with the Vector API").isTrue();
        Property.holds(10, seed -> {
            RandomGenerator random = seed.generator();
            Points real = normal(random, 700 + random.nextInt(100), 7, 0);
            Points fake = normal(random, 500 + random.nextInt(100), 7, .1);
            same(scores(Kernels.best(), real, fake, one), scores(Kernels.plain(), real, fake, one));
        });
    }

    @Test
    void withoutTheVectorModuleTheSameScoresComeOut() throws Exception {
        Process plain = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutVectorModule.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(plain.waitFor()).isZero();
        assertThat(said).isEqualTo("false " + WithoutVectorModule.scores());
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Property.holds(5, seed -> {
            RandomGenerator random = seed.generator();
            Points real = normal(random, 1500, 5, 0);
            Points fake = normal(random, 1300, 5, .1);
            same(scores(Kernels.best(), real, fake, one), scores(Kernels.best(), real, fake, three));
        });
    }

    @Test
    void theOrderOfRowsChangesNothing() {
        Property.holds(5, seed -> {
            RandomGenerator random = seed.generator();
            Points real = normal(random, 600, 3, 0);
            Points fake = normal(random, 500, 3, .1);
            int[] order = Draws.permutation(600, random);
            PrdcScores before = scores(Kernels.best(), real, fake, three);
            PrdcScores after = scores(Kernels.best(), real.at(order), fake, three);
            assertThat(after.densityCount()).isEqualTo(before.densityCount());
            assertThat(after.coverageCount()).isEqualTo(before.coverageCount());
            assertThat(after.recallCount()).isEqualTo(before.recallCount());
            for (int i = 0; i < 600; i++) {
                assertThat(after.realRadius(i)).isEqualTo(before.realRadius(order[i]));
            }
        });
    }

    @Test
    void duplicatedRealRowsCannotBeCoveredAndAreCounted() {
        double[] real = new double[20];
        for (int i = 10; i < 20; i++) {
            real[i] = i;
        }
        PrdcScores scores =
                Prdc.of(new PrdcSettings(2), Points.of(real, 1), Points.of(real.clone(), 1), one, Progress.none());
        assertThat(scores.zeroRadiusCount()).isEqualTo(10);
        assertThat(scores.zeroRadiusShare()).isEqualTo(.5);
        assertThat(scores.coverage()).isEqualTo(.5);
        assertThat(scores.coverageOfRest()).hasValue(1);
    }

    @Test
    void whatIsLeftWithoutAGroupIsWhatTheOtherRowsScore() {
        RandomGenerator random = Seed.of(8).generator();
        Points real = normal(random, 300, 2, 0);
        Points fake = normal(random, 260, 2, .2);
        int groups = 6;
        int[] ofReal = IntStream.range(0, 300).map(i -> i % groups).toArray();
        int[] ofFake = IntStream.range(0, 260).map(i -> (i / 7) % groups).toArray();
        PrdcScores all = Prdc.of(PrdcSettings.defaults(), real, ofReal, fake, ofFake, groups, three, Progress.none());
        same(all, scores(Kernels.best(), real, fake, three));
        for (int g = 0; g < groups; g++) {
            int left = g;
            PrdcScores others = scores(
                    Kernels.best(),
                    real.at(IntStream.range(0, 300)
                            .filter(i -> ofReal[i] != left)
                            .toArray()),
                    fake.at(IntStream.range(0, 260)
                            .filter(i -> ofFake[i] != left)
                            .toArray()),
                    three);
            for (PrdcScores.Score score : PrdcScores.Score.values()) {
                assertThat(all.leavingOut(score)[g])
                        .as(score + " without " + g)
                        .isCloseTo(others.score(score), within(1e-12));
            }
        }
    }

    @Test
    void progressEndsAtItsTotal() {
        List<long[]> seen = new ArrayList<>();
        Points points = Points.of(new double[700], 1);
        Prdc.of(PrdcSettings.defaults(), points, points, one, (done, total) -> seen.add(new long[] {done, total}));
        assertThat(seen).hasSize(21);
        assertThat(seen.getLast()).containsExactly(21, 21);
    }

    @Test
    void whatCannotBeMeasuredSaysWhy() {
        Points three = Points.of(new double[] {1, 2, 3}, 1);
        assertThatThrownBy(() -> Prdc.of(new PrdcSettings(3), three, three, one, Progress.none()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("at least 4");
        assertThatThrownBy(() -> Points.of(new double[] {1, 2, 3, Double.POSITIVE_INFINITY}, 2))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 1, column 1");
        assertThatThrownBy(() -> Prdc.of(new PrdcSettings(1), three, Points.of(new double[4], 2), one, Progress.none()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("columns");
    }

    private static PrdcScores scores(TileKernel kernel, Points real, Points fake, Engine engine) {
        return Prdc.of(PrdcSettings.defaults(), real, fake, kernel, engine, Progress.none());
    }

    private record Naive(double[] realRadii, double[] fakeRadii, int[] around, boolean[] covered, boolean[] recalled) {}

    /// The definition, pair by pair.
    private static Naive naive(int k, Points real, Points fake) {
        double[] r = radii(k, real);
        double[] s = radii(k, fake);
        int[] around = new int[fake.rows()];
        boolean[] covered = new boolean[real.rows()];
        boolean[] recalled = new boolean[real.rows()];
        for (int i = 0; i < real.rows(); i++) {
            for (int j = 0; j < fake.rows(); j++) {
                double d = squared(real, i, fake, j);
                if (d < r[i]) {
                    around[j]++;
                    covered[i] = true;
                }
                recalled[i] |= d < s[j];
            }
        }
        return new Naive(r, s, around, covered, recalled);
    }

    private static double[] radii(int k, Points points) {
        return IntStream.range(0, points.rows())
                .mapToDouble(i -> IntStream.range(0, points.rows())
                        .filter(j -> j != i)
                        .mapToDouble(j -> squared(points, i, points, j))
                        .sorted()
                        .skip(k - 1)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    private static double squared(Points a, int i, Points b, int j) {
        double s = 0;
        for (int c = 0; c < a.columns(); c++) {
            double d = a.value(i, c) - b.value(j, c);
            s = Math.fma(d, d, s);
        }
        return s;
    }

    private static void same(PrdcScores scores, Naive naive) {
        for (int i = 0; i < scores.real(); i++) {
            assertThat(scores.realRadius(i)).isEqualTo(Math.sqrt(naive.realRadii[i]));
            assertThat(scores.covered(i)).isEqualTo(naive.covered[i]);
            assertThat(scores.recalled(i)).isEqualTo(naive.recalled[i]);
        }
        for (int j = 0; j < scores.fake(); j++) {
            assertThat(scores.fakeRadius(j)).isEqualTo(Math.sqrt(naive.fakeRadii[j]));
            assertThat(scores.ballsAround(j)).isEqualTo(naive.around[j]);
        }
    }

    private static void same(PrdcScores a, PrdcScores b) {
        for (int i = 0; i < a.real(); i++) {
            assertThat(b.realRadius(i)).isEqualTo(a.realRadius(i));
            assertThat(b.covered(i)).isEqualTo(a.covered(i));
            assertThat(b.recalled(i)).isEqualTo(a.recalled(i));
        }
        for (int j = 0; j < a.fake(); j++) {
            assertThat(b.fakeRadius(j)).isEqualTo(a.fakeRadius(j));
            assertThat(b.ballsAround(j)).isEqualTo(a.ballsAround(j));
        }
    }

    private static Points normal(RandomGenerator random, int rows, int columns, double shift) {
        double[] values = new double[rows * columns];
        Arrays.setAll(values, i -> shift + random.nextGaussian());
        return Points.of(values, columns);
    }

    /// Few distinct values, so that ties and duplicates are everywhere.
    private static Points coarse(RandomGenerator random, int rows, int columns) {
        double[] values = new double[rows * columns];
        Arrays.setAll(values, i -> random.nextInt(3));
        return Points.of(values, columns);
    }

    private static Points points(String file) {
        return Points.of(Resources.csv(file).stream()
                .map(row -> Arrays.stream(row).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new));
    }
}
