package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How often intervals of distances cover the distance of the laws, where that is 0 and where it is not.
///
/// The long form is `./mvnw -pl methods/measure -am test -Dtest=IntervalCoverageTest
/// -Dassay.coverage.runs=1000 -Dsurefire.failIfNoSpecifiedTests=false`; it prints the shares that
/// docs/explanation/intervals.md shows.
class IntervalCoverageTest {
    private static final int RUNS = Integer.getInteger("assay.coverage.runs", 30);
    private static final int ROWS = 300;
    private static final int[] SIZES = {ROWS, ROWS};

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = LocalEngine.of(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /// Two laws, and the distance between them by the name of the measure.
    private record Pair(
            Function<RandomGenerator, Object[]> real,
            Function<RandomGenerator, Object[]> fake,
            Map<String, Double> truth) {}

    /// A row: x is normal, z is x times 1, cat one of six levels, amount 0 with some probability, y a
    /// copy of x with noise.
    private static Object[] row(RandomGenerator r, double shift, double tilt, double zeros, double noise) {
        double x = r.nextGaussian() + shift;
        double u = r.nextDouble();
        int level = u < tilt ? 0 : (int) (1 + (u - tilt) / (1 - tilt) * 5);
        double amount = r.nextDouble() < zeros ? 0 : Math.exp(r.nextGaussian());
        return new Object[] {x, "l" + level, amount, x - shift + noise * r.nextGaussian()};
    }

    private static Frame frame(Function<RandomGenerator, Object[]> law, int rows, RandomGenerator random) {
        Object[][] drawn = new Object[rows][];
        Arrays.setAll(drawn, i -> law.apply(random));
        return Frame.empty()
                .with(
                        "x",
                        Column.Doubles.of(Arrays.stream(drawn)
                                .mapToDouble(r -> (Double) r[0])
                                .toArray()))
                .with(
                        "level",
                        Column.Categories.of(
                                Arrays.stream(drawn).map(r -> (String) r[1]).toArray(String[]::new)))
                .with(
                        "amount",
                        Column.Doubles.of(Arrays.stream(drawn)
                                .mapToDouble(r -> (Double) r[2])
                                .toArray()))
                .with(
                        "y",
                        Column.Doubles.of(Arrays.stream(drawn)
                                .mapToDouble(r -> (Double) r[3])
                                .toArray()));
    }

    private static Map<String, Estimate> measured(Frame real, Frame fake, long seed) {
        Bootstrap bootstrap = Bootstrap.of(seed).withReplicates(Bootstrap.EXPENSIVE_REPLICATES);
        Sample a = Sample.of(real);
        Sample b = Sample.of(fake);
        Map<String, Estimate> found = new LinkedHashMap<>();
        List<Marginals.Marginal> marginals = Marginals.of(a, b, List.of("x", "level"), bootstrap, engine);
        Marginals.NumericMarginal x = (Marginals.NumericMarginal) marginals.get(0);
        found.put("w1", x.w1());
        found.put("ks", x.ks());
        found.put("total variation", ((Marginals.CategoricalMarginal) marginals.get(1)).totalVariation());
        ZeroRates zeros = ZeroRates.of(a, b, List.of("amount"), bootstrap, engine);
        found.put("zero rate", zeros.columns().getFirst().absoluteDifference());
        found.put("zero rates", zeros.meanAbsoluteError());
        Associations associations = Associations.of(
                a, b, List.of("x", "y", "amount", "level"), Associations.Correlation.PEARSON, bootstrap, engine);
        found.put("associations", associations.meanAbsoluteDifference());
        found.put("largest association", associations.maxAbsoluteDifference());
        return found;
    }

    private static Map<String, Double> covered(Pair pair, String name) {
        Map<String, Integer> hits = new LinkedHashMap<>();
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator random = Seed.of(run).child(name).generator();
            Frame real = frame(pair.real(), SIZES[0], random);
            Frame fake = frame(pair.fake(), SIZES[1], random);
            measured(real, fake, run).forEach((measure, e) -> {
                Double truth = pair.truth().get(measure);
                if (truth != null) {
                    boolean in = e.low().orElseThrow() <= truth + 1e-12
                            && truth - 1e-12 <= e.high().orElseThrow();
                    hits.merge(measure, in ? 1 : 0, Integer::sum);
                    assertThat(e.value().orElseThrow())
                            .as(measure)
                            .isBetween(e.low().orElseThrow(), e.high().orElseThrow());
                }
            });
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        hits.forEach((measure, count) -> shares.put(measure, count / (double) RUNS));
        if (RUNS > 100) {
            System.out.println(name + " " + shares);
        }
        return shares;
    }

    private static Map<String, Double> zeros(String... measures) {
        Map<String, Double> truth = new LinkedHashMap<>();
        for (String measure : measures) {
            truth.put(measure, 0.0);
        }
        return truth;
    }

    /// Within [.90, .99] of the truth, give or take four standard errors of so many runs. An interval
    /// may be wider than it says, not narrower.
    private static void honest(Map<String, Double> shares) {
        List<String> wrong = new ArrayList<>();
        double slack = 4 * Math.sqrt(.95 * .05 / RUNS);
        shares.forEach((measure, share) -> {
            if (share < Math.min(.90, .95 - slack)) {
                wrong.add(measure + " " + share);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void zeroIsCoveredWhereTheLawsAreEqual() {
        Function<RandomGenerator, Object[]> law = r -> row(r, 0, 1 / 6.0, .7, 1);
        honest(covered(
                new Pair(
                        law,
                        law,
                        zeros(
                                "w1",
                                "ks",
                                "total variation",
                                "zero rate",
                                "zero rates",
                                "associations",
                                "largest association")),
                "equal laws"));
    }

    @Test
    void theDistanceIsCoveredWhereTheLawsDiffer() {
        // Normal laws half a deviation apart; one level of six at .4 instead of 1/6; correlation .5^.5
        // against .2^.5.
        double ks = 2 * 0.5987063256829237 - 1;
        Map<String, Double> truth = new LinkedHashMap<>();
        truth.put("w1", .5);
        truth.put("ks", ks);
        truth.put("total variation", .4 - 1 / 6.0);
        truth.put("zero rate", .15);
        truth.put("zero rates", .15);
        double correlation = Math.sqrt(.5) - Math.sqrt(.2);
        truth.put("associations", correlation / 6);
        truth.put("largest association", correlation);
        honest(covered(new Pair(r -> row(r, 0, 1 / 6.0, .7, 1), r -> row(r, .5, .4, .85, 2), truth), "laws apart"));
    }

    @Test
    void aSmallDistanceIsCovered() {
        Map<String, Double> truth = new LinkedHashMap<>();
        truth.put("w1", .15);
        truth.put("ks", 2 * 0.5298926448877 - 1);
        truth.put("total variation", .22 - 1 / 6.0);
        truth.put("zero rate", .05);
        honest(covered(new Pair(r -> row(r, 0, 1 / 6.0, .7, 1), r -> row(r, .15, .22, .75, 1), truth), "laws close"));
    }

    @Test
    void scoresOfNeighboursAreCoveredWhereBothSamplesAreDrawnAnew() {
        for (double shift : new double[] {0, 1}) {
            int[] hits = new int[4];
            double[] truth = new double[4];
            int worlds = Math.max(100, RUNS);
            for (int run = 0; run < worlds; run++) {
                PrdcScores drawn = neighbours(shift, Seed.of(run).child("truth"), new int[ROWS], 0);
                for (int s = 0; s < 4; s++) {
                    truth[s] += drawn.score(PrdcScores.Score.values()[s]) / worlds;
                }
            }
            int[] group = PrdcIntervals.groups(Units.rows(ROWS), Seed.of(1));
            for (int run = 0; run < RUNS; run++) {
                PrdcScores drawn = neighbours(shift, Seed.of(run).child("run"), group, PrdcIntervals.GROUPS);
                PrdcIntervals intervals =
                        PrdcIntervals.of(List.of(drawn), Units.rows(ROWS), Units.rows(ROWS), Bootstrap.DEFAULT_LEVEL);
                List<Estimate> each =
                        List.of(intervals.precision(), intervals.recall(), intervals.density(), intervals.coverage());
                for (int s = 0; s < 4; s++) {
                    hits[s] += each.get(s).low().orElseThrow() <= truth[s]
                                    && truth[s] <= each.get(s).high().orElseThrow()
                            ? 1
                            : 0;
                }
            }
            Map<String, Double> shares = new LinkedHashMap<>();
            for (int s = 0; s < 4; s++) {
                shares.put(PrdcScores.Score.values()[s] + " " + (float) truth[s], hits[s] / (double) RUNS);
            }
            if (RUNS > 100) {
                System.out.println("neighbours, laws " + shift + " apart " + shares);
            }
            honest(shares);
        }
    }

    private static PrdcScores neighbours(double shift, Seed seed, int[] group, int groups) {
        RandomGenerator random = seed.generator();
        Points real = Points.of(normal(random, 0), 3);
        Points fake = Points.of(normal(random, shift), 3);
        return groups == 0
                ? Prdc.of(PrdcSettings.defaults(), real, fake, engine, Progress.none())
                : Prdc.of(PrdcSettings.defaults(), real, group, fake, group, groups, engine, Progress.none());
    }

    private static double[] normal(RandomGenerator random, double shift) {
        double[] values = new double[3 * ROWS];
        Arrays.setAll(values, i -> random.nextGaussian() + (i % 3 == 0 ? shift : 0));
        return values;
    }
}
