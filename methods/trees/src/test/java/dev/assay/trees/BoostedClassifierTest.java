package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.measure.GateMetrics;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BoostedClassifierTest {
    private static BoostedClassifier fit(Predictors x, int[] y, int classes, double[] w, Engine engine) {
        return BoostedClassifier.fit(
                BoostingSettings.DEFAULT, x, new Response.Classes(y, classes), w, Seed.of(1), engine, Progress.none());
    }

    /// Three classes whose log-odds are linear in x: no classifier can beat the true probabilities by much.
    @Test
    void threeClassesComeCloseToTheTrueProbabilities() {
        int n = 20_000;
        RandomGenerator random = Seed.of(8).generator();
        double[] x = new double[n];
        int[] y = new int[n];
        double[] truth = new double[3 * n];
        for (int i = 0; i < n; i++) {
            x[i] = 4 * random.nextDouble() - 2;
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                truth[3 * i + k] = Math.exp((k - 1) * x[i]);
                sum += truth[3 * i + k];
            }
            double u = random.nextDouble();
            double reached = 0;
            for (int k = 0; k < 3; k++) {
                truth[3 * i + k] /= sum;
                y[i] = u >= reached ? k : y[i];
                reached += truth[3 * i + k];
            }
        }
        int[] train = Adult.training(n);
        int[] valid = Adult.validation(n);
        int[] labels = new Response.Classes(y, 3).at(valid).codes();
        double[] best = new double[3 * valid.length];
        for (int i = 0; i < valid.length; i++) {
            System.arraycopy(truth, 3 * valid[i], best, 3 * i, 3);
        }
        try (Engine engine = LocalEngine.of(2)) {
            Predictors all = Predictors.numeric(x);
            BoostedClassifier gate = fit(
                    all.at(train), new Response.Classes(y, 3).at(train).codes(), 3, Adult.ones(train.length), engine);
            GateMetrics metrics = GateMetrics.multiClass(gate.probabilities(all.at(valid), engine), 3, labels);
            GateMetrics ideal = GateMetrics.multiClass(best, 3, labels);
            assertThat(metrics.logLoss()).isLessThan(1.01 * ideal.logLoss());
            // With 4,000 rows the true probabilities themselves show a calibration error above 0.01.
            assertThat(metrics.ece()).isLessThan(ideal.ece() + 0.01);
        }
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        ConditionalModelContract.Sample s = ConditionalModelContract.Sample.of(3_000, Seed.of(4));
        int[] y = new int[3_000];
        for (int i = 0; i < y.length; i++) {
            y[i] = s.y()[i] < 0 ? 0 : s.y()[i] == 0 ? 1 : 2;
        }
        double[][] p = new double[2][];
        for (int k = 0; k < 2; k++) {
            try (Engine engine = LocalEngine.of(1 + 3 * k)) {
                p[k] = fit(s.x(), y, 3, s.weights(), engine).probabilities(s.x(), engine);
            }
        }
        assertThat(p[1]).isEqualTo(p[0]);
    }

    @Test
    void probabilitiesFollowTheWeights() {
        int n = 2_000;
        int[] y = new int[n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 2;
            w[i] = y[i] == 1 ? 3 : 1;
        }
        try (Engine engine = LocalEngine.of(1)) {
            double[] p = fit(Predictors.numeric(new double[n]), y, 2, w, engine)
                    .probabilities(Predictors.numeric(new double[1]), engine);
            assertThat(p[1]).isCloseTo(0.75, within(1e-9));
        }
    }

    @Test
    void missingCellsAndCategoriesCarryInformation() {
        int n = 3_000;
        double[] number = new double[n];
        int[] code = new int[n];
        int[] y = new int[n];
        RandomGenerator random = Seed.of(2).generator();
        for (int i = 0; i < n; i++) {
            number[i] = random.nextInt(3) == 0 ? Double.NaN : random.nextDouble();
            code[i] = random.nextInt(8);
            y[i] = Double.isNaN(number[i]) ^ (code[i] == 2 || code[i] == 5) ? 1 : 0;
        }
        Predictors x =
                Predictors.of(List.of(new Feature.Numeric("number", number), Feature.Categorical.of("code", code, 8)));
        try (Engine engine = LocalEngine.of(1)) {
            double[] p = fit(x, y, 2, Adult.ones(n), engine).probabilities(x, engine);
            for (int i = 0; i < n; i++) {
                assertThat(p[2 * i + y[i]]).isGreaterThan(0.99);
            }
        }
    }

    @Test
    void oneClassOnlyIsCertain() {
        try (Engine engine = LocalEngine.of(1)) {
            double[] p = fit(Predictors.numeric(new double[100]), new int[100], 2, Adult.ones(100), engine)
                    .probabilities(Predictors.numeric(new double[1]), engine);
            assertThat(p[0]).isCloseTo(1, within(1e-12));
            assertThat(p[0] + p[1]).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void stopsWhenPureNoiseIsNotLearntAnyBetter() {
        int n = 12_000;
        double[] x = new double[n];
        int[] y = new int[n];
        RandomGenerator random = Seed.of(2).generator();
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble();
            y[i] = random.nextInt(2);
        }
        try (Engine engine = LocalEngine.of(1)) {
            BoostedClassifier gate = fit(Predictors.numeric(x), y, 2, Adult.ones(n), engine);
            assertThat(gate.rounds()).isLessThan(10);
        }
    }

    @Test
    void noRowAndNoClassAreRefused() {
        try (Engine engine = LocalEngine.of(1)) {
            assertThatThrownBy(() -> fit(Predictors.none(0), new int[0], 2, new double[0], engine))
                    .isInstanceOf(Fault.class);
            assertThatThrownBy(() -> fit(Predictors.none(1), new int[1], 1, new double[] {1}, engine))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
