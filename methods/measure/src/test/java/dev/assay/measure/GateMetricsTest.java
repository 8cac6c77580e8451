package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Units;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GateMetricsTest {
    private static final double TOLERANCE = 1e-9;

    /// The stored probabilities have 12 digits and gain ties over those that the reference was computed from.
    private static final double AUC_TOLERANCE = 5e-6;

    private static final List<String[]> PREDICTIONS = Resources.csv("gate/val_predictions.csv.gz");

    @ParameterizedTest
    @CsvSource({
        "capital_gain_nonzero, hist_gb", "capital_gain_nonzero, rf50", "capital_gain_nonzero, logistic",
        "capital_loss_nonzero, hist_gb", "capital_loss_nonzero, rf50", "capital_loss_nonzero, logistic",
        "income_gt_50k, hist_gb", "income_gt_50k, rf50", "income_gt_50k, logistic"
    })
    void scikitLearnsFiguresComeOutOfItsPredictions(String target, String model) {
        JsonNode expected =
                Resources.json("gate/gate_reference.json").get("targets").get(target);
        double[] p = column(target + "__" + model);
        int[] y = Arrays.stream(column(target + "__y")).mapToInt(v -> (int) v).toArray();

        GateMetrics metrics = GateMetrics.binary(p, y);

        assertThat(metrics.rows()).isEqualTo(6032);
        assertThat(metrics.logLoss())
                .isCloseTo(expected.get(model).get("log_loss").asDouble(), within(TOLERANCE));
        assertThat(metrics.brier()).isCloseTo(expected.get(model).get("brier").asDouble(), within(TOLERANCE));
        assertThat(metrics.ece()).isCloseTo(expected.get(model).get("ece10").asDouble(), within(TOLERANCE));
        assertThat(metrics.auc().orElseThrow())
                .isCloseTo(expected.get(model).get("auc").asDouble(), within(AUC_TOLERANCE));
        double share = Arrays.stream(y).average().orElseThrow();
        assertThat(share).isCloseTo(expected.get("base_rate_val").asDouble(), within(1e-12));
    }

    @Test
    void fourRowsByHand() {
        GateMetrics metrics = GateMetrics.binary(new double[] {.05, .15, .95, .95}, new int[] {0, 0, 1, 0});
        assertThat(metrics.ece()).isCloseTo(0.275, within(1e-15));
        assertThat(metrics.brier()).isCloseTo(0.2325, within(1e-15));
        assertThat(metrics.auc()).hasValue(2.5 / 3);
        assertThat(metrics.clamped()).isZero();
    }

    @Test
    void certaintyAboutTheWrongClassIsClampedAndCounted() {
        GateMetrics metrics = GateMetrics.binary(new double[] {0, 0}, new int[] {1, 1});
        assertThat(metrics.clamped()).isEqualTo(2);
        assertThat(metrics.logLoss()).isCloseTo(-Math.log(1e-15), within(1e-12));
        assertThat(metrics.auc()).isEmpty();
    }

    @Test
    void twoClassesAsColumnsAgreeWithOneAndDoubleTheBrierScore() {
        Property.holds(30, seed -> {
            var random = seed.generator();
            int n = 1 + random.nextInt(60);
            double[] p = random.doubles(n).toArray();
            int[] y = random.ints(n, 0, 2).toArray();
            double[] both = new double[2 * n];
            for (int i = 0; i < n; i++) {
                both[2 * i] = 1 - p[i];
                both[2 * i + 1] = p[i];
            }
            GateMetrics one = GateMetrics.binary(p, y);
            GateMetrics two = GateMetrics.multiClass(both, 2, y);
            assertThat(two.logLoss()).isCloseTo(one.logLoss(), within(1e-12));
            assertThat(two.brier()).isCloseTo(2 * one.brier(), within(1e-12));
            assertThat(two.auc().isPresent()).isEqualTo(one.auc().isPresent());
            if (one.auc().isPresent()) {
                assertThat(two.auc().getAsDouble()).isCloseTo(one.auc().getAsDouble(), within(1e-12));
            }
        });
    }

    @Test
    void threeClassesByHand() {
        double[] p = {.7, .2, .1, .1, .8, .1, .3, .3, .4, .5, .3, .2};
        GateMetrics metrics = GateMetrics.multiClass(p, 3, new int[] {0, 1, 2, 1});
        assertThat(metrics.logLoss())
                .isCloseTo(-(Math.log(.7) + Math.log(.8) + Math.log(.4) + Math.log(.3)) / 4, within(1e-12));
        assertThat(metrics.brier()).isCloseTo((.14 + .06 + .54 + .78) / 4, within(1e-12));
        // One-vs-rest: class 0: .7 above all; class 1: .8 > .2, .3 and .3 > .2, tie .3; class 2: .4 above all.
        assertThat(metrics.auc().orElseThrow()).isCloseTo((1 + 3.5 / 4 + 1) / 3, within(1e-12));
    }

    @Test
    void wholeWeightsAreRowsRepeated() {
        Property.holds(20, seed -> {
            var random = seed.generator();
            int n = 2 + random.nextInt(50);
            double[] p = random.doubles(n).map(v -> Math.round(v * 20) / 20.0).toArray();
            int[] y = random.ints(n, 0, 2).toArray();
            double[] weights = random.ints(n, 0, 4).mapToDouble(v -> (double) v).toArray();
            weights[0] = 1;
            int[] repeated = IntStream.range(0, n)
                    .flatMap(i -> IntStream.generate(() -> i).limit((long) weights[i]))
                    .toArray();
            GateMetrics a = GateMetrics.binary(p, y, weights);
            GateMetrics b = GateMetrics.binary(
                    Arrays.stream(repeated).mapToDouble(i -> p[i]).toArray(),
                    Arrays.stream(repeated).map(i -> y[i]).toArray());
            assertThat(a.logLoss()).isCloseTo(b.logLoss(), within(1e-12));
            assertThat(a.brier()).isCloseTo(b.brier(), within(1e-12));
            assertThat(a.ece()).isCloseTo(b.ece(), within(1e-12));
            assertThat(a.eceByMass()).isCloseTo(b.eceByMass(), within(1e-12));
            assertThat(a.auc()).isEqualTo(b.auc());
            assertThat(a.shares().get(1).predicted())
                    .isCloseTo(b.shares().get(1).predicted(), within(1e-12));
            assertThat(a.shares().get(1).observed()).isCloseTo(b.shares().get(1).observed(), within(1e-12));
        });
    }

    /// A class of 1 %, more frequent where x is large. Ten bins of equal width hold all rows in the
    /// first one, and see nothing of probabilities that are the wrong way round.
    @Test
    void binsOfEqualMassSeeARareClass() {
        int n = 100_000;
        var random = Seed.of(4).generator();
        double[] right = new double[n];
        double[] wrong = new double[n];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            double x = random.nextDouble();
            right[i] = 0.02 * x;
            wrong[i] = 0.02 * (1 - x);
            y[i] = random.nextDouble() < right[i] ? 1 : 0;
        }
        GateMetrics good = GateMetrics.binary(right, y);
        GateMetrics bad = GateMetrics.binary(wrong, y);
        assertThat(bad.ece()).isLessThan(0.001);
        // Over ten tenths |2 x - 1| is 0.5 on average: 0.01.
        assertThat(bad.eceByMass()).isCloseTo(0.01, within(0.001));
        assertThat(good.eceByMass()).isLessThan(0.002);
        assertThat(bad.shares().get(1).ratio()).isCloseTo(1, within(0.15));
    }

    @Test
    void tiesAreInOneBinOfEqualMass() {
        GateMetrics constant = GateMetrics.binary(new double[] {.25, .25, .25, .25}, new int[] {1, 0, 0, 0});
        assertThat(constant.eceByMass()).isZero();
        assertThat(constant.shares()).containsExactly(new GateMetrics.Share(.75, .75), new GateMetrics.Share(.25, .25));
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        Property.holds(20, seed -> {
            var random = seed.generator();
            int n = 2 + random.nextInt(50);
            double[] p = random.doubles(n).map(v -> Math.round(v * 20) / 20.0).toArray();
            int[] y = random.ints(n, 0, 2).toArray();
            int[] order = Draws.permutation(n, random);
            GateMetrics a = GateMetrics.binary(p, y);
            GateMetrics b = GateMetrics.binary(
                    Arrays.stream(order).mapToDouble(i -> p[i]).toArray(),
                    Arrays.stream(order).map(i -> y[i]).toArray());
            assertThat(b.logLoss()).isCloseTo(a.logLoss(), within(1e-12));
            assertThat(b.ece()).isCloseTo(a.ece(), within(1e-12));
            assertThat(b.auc()).isEqualTo(a.auc());
        });
    }

    @Test
    void intervalsSurroundTheMetricsAndUseTheSameDraws() {
        double[] p = column("income_gt_50k__logistic");
        int[] y =
                Arrays.stream(column("income_gt_50k__y")).mapToInt(v -> (int) v).toArray();
        GateMetrics point = GateMetrics.binary(p, y);
        Bootstrap bootstrap = Bootstrap.of(11).withReplicates(300);
        try (Engine engine = LocalEngine.of(2)) {
            GateIntervals intervals = GateIntervals.binary(p, y, Units.rows(y.length), bootstrap, engine);
            assertThat(intervals.logLoss().value().orElseThrow()).isCloseTo(point.logLoss(), within(1e-12));
            assertThat(intervals.brier().value().orElseThrow()).isCloseTo(point.brier(), within(1e-12));
            assertThat(intervals.ece().value().orElseThrow()).isCloseTo(point.ece(), within(1e-12));
            assertThat(intervals.auc().value()).isEqualTo(point.auc());
            assertThat(intervals.auc().low().orElseThrow())
                    .isBetween(point.auc().orElseThrow() - .015, point.auc().orElseThrow() - .005);
            double[] squares = new double[y.length];
            Arrays.setAll(squares, i -> (p[i] - y[i]) * (p[i] - y[i]));
            Estimate mean = bootstrap
                    .means(Units.rows(y.length), new double[][] {squares}, engine)
                    .getFirst();
            assertThat(intervals.brier().low().orElseThrow())
                    .isCloseTo(mean.low().orElseThrow(), within(1e-12));
        }
    }

    @Test
    void intervalsOfSeveralClassesSurroundTheirMetrics() {
        Property.holds(5, seed -> {
            var random = seed.generator();
            int n = 100;
            double[] p = new double[3 * n];
            int[] y = new int[n];
            for (int i = 0; i < n; i++) {
                double a = random.nextDouble();
                double b = random.nextDouble() * (1 - a);
                p[3 * i] = a;
                p[3 * i + 1] = b;
                p[3 * i + 2] = 1 - a - b;
                double u = random.nextDouble();
                y[i] = u < a ? 0 : u < a + b ? 1 : 2;
            }
            GateMetrics point = GateMetrics.multiClass(p, 3, y);
            try (Engine engine = LocalEngine.of(2)) {
                GateIntervals intervals = GateIntervals.multiClass(
                        p, 3, y, Units.rows(n), Bootstrap.of(seed).withReplicates(50), engine);
                assertThat(intervals.logLoss().value().orElseThrow()).isCloseTo(point.logLoss(), within(1e-12));
                assertThat(intervals.brier().value().orElseThrow()).isCloseTo(point.brier(), within(1e-12));
                assertThat(intervals.ece().value().orElseThrow()).isCloseTo(point.ece(), within(1e-12));
                assertThat(intervals.auc().value().orElseThrow())
                        .isCloseTo(point.auc().orElseThrow(), within(1e-12));
                assertThat(intervals.logLoss().low().orElseThrow()).isLessThan(point.logLoss());
            }
        });
    }

    @Test
    void badRowsAreNamed() {
        assertThatThrownBy(() -> GateMetrics.binary(new double[] {.5, Double.NaN}, new int[] {0, 1}))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> GateMetrics.binary(new double[] {.5, .5}, new int[] {0, 2}))
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> GateMetrics.binary(new double[0], new int[0])).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> GateMetrics.binary(new double[] {.5, .5}, new int[] {0, 1}, new double[] {1, -1}))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> GateMetrics.binary(new double[] {.5}, new int[] {0}, new double[1]))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("positive weight");
        assertThatThrownBy(() -> GateMetrics.multiClass(new double[] {.5, .5, .5, .6}, 2, new int[] {0, 1}))
                .hasMessageContaining("row 1");
    }

    private static double[] column(String name) {
        int c = Arrays.asList(PREDICTIONS.getFirst()).indexOf(name);
        return PREDICTIONS.stream()
                .skip(1)
                .mapToDouble(row -> Double.parseDouble(row[c]))
                .toArray();
    }
}
