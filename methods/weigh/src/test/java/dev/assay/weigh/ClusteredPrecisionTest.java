package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Standard errors where rows of a cluster share one ratio, against what samples from a known population
/// vary by: there
/// the residuals of single rows, whose regression runs within clusters, are far from it.
class ClusteredPrecisionTest {
    private static final int CLUSTERS = 400;
    private static final int DRAWN = 60;
    private static final int SAMPLES = 250;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(1);

    /// Clusters of 2 to 39 rows with a strong effect on y that runs against the slope within them.
    ///
    /// @param d design weight of a row beside that of its cluster; they may differ within clusters
    private record Population(int[] starts, double[] x, double[] y, double[] d) {
        static Population of(Seed seed, boolean equal) {
            RandomGenerator random = seed.generator();
            int[] starts = new int[CLUSTERS + 1];
            for (int c = 0; c < CLUSTERS; c++) {
                starts[c + 1] = starts[c] + 2 + random.nextInt(38);
            }
            int rows = starts[CLUSTERS];
            double[] x = new double[rows];
            double[] y = new double[rows];
            double[] d = new double[rows];
            for (int c = 0; c < CLUSTERS; c++) {
                double u = random.nextGaussian();
                double noise = 0.5 * random.nextGaussian();
                for (int i = starts[c]; i < starts[c + 1]; i++) {
                    double e = random.nextGaussian();
                    x[i] = 2 + e + u;
                    y[i] = 5 - 4 * e + 6 * u + noise + 0.3 * random.nextGaussian();
                    d[i] = equal ? 1 : 1 + i % 3;
                }
            }
            return new Population(starts, x, y, d);
        }

        /// Each row stands for as many as its weight says.
        double total(double[] values) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += d[i] * values[i];
            }
            return sum;
        }
    }

    /// A sample of clusters, whole.
    private record Drawn(CalibrationModel model, Statistic statistic, SampleDesign design) {
        static Drawn of(Population population, RandomGenerator random) {
            int[] order = new int[CLUSTERS];
            Arrays.setAll(order, c -> c);
            for (int c = 0; c < DRAWN; c++) {
                int other = c + random.nextInt(CLUSTERS - c);
                int kept = order[c];
                order[c] = order[other];
                order[other] = kept;
            }
            List<double[]> cells = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            List<Double> d = new ArrayList<>();
            List<Integer> cluster = new ArrayList<>();
            for (int k = 0; k < DRAWN; k++) {
                for (int i = population.starts()[order[k]]; i < population.starts()[order[k] + 1]; i++) {
                    cells.add(new double[] {1, population.x()[i]});
                    y.add(population.y()[i]);
                    d.add(population.d()[i] * CLUSTERS / DRAWN);
                    cluster.add(k);
                }
            }
            double[] ones = new double[population.x().length];
            Arrays.fill(ones, 1);
            CalibrationProblem problem = CalibrationProblem.of(
                    Design.fromDense(cells.toArray(double[][]::new)),
                    d.stream().mapToDouble(Double::doubleValue).toArray(),
                    Targets.of(population.total(ones), population.total(population.x())));
            int[] codes = cluster.stream().mapToInt(Integer::intValue).toArray();
            double[] fractions = new double[codes.length];
            Arrays.fill(fractions, (double) DRAWN / CLUSTERS);
            SampleDesign design = SampleDesign.clustered(
                    java.util.Collections.nCopies(codes.length, "all"),
                    cluster.stream().map(String::valueOf).toList(),
                    fractions,
                    SampleDesign.LonelyUnits.ERROR);
            return new Drawn(
                    new CalibrationModel(CalibrationSettings.linear(), problem, Optional.of(codes)),
                    Statistic.total(
                            "y", y.stream().mapToDouble(Double::doubleValue).toArray()),
                    design);
        }
    }

    @Test
    void standardErrorsAreWhatSamplesVaryBy() {
        for (boolean equal : new boolean[] {true, false}) {
            Population population = Population.of(Seed.of(5), equal);
            RandomGenerator random = Seed.of(6).generator();
            double sum = 0;
            double squares = 0;
            double own = 0;
            double single = 0;
            for (int s = 0; s < SAMPLES; s++) {
                Drawn drawn = Drawn.of(population, random);
                double[] weights = drawn.model().solve(engine, Progress.none()).weights();
                Estimate estimate = Precision.ofCalibration(drawn.model(), weights, drawn.design(), engine)
                        .estimate(drawn.statistic());
                Estimate other = Precision.ofCalibration(drawn.model().problem(), weights, drawn.design(), engine)
                        .estimate(drawn.statistic());
                sum += estimate.value();
                squares += estimate.value() * estimate.value();
                own += estimate.standardError() * estimate.standardError() / SAMPLES;
                single += other.standardError() * other.standardError() / SAMPLES;
            }
            double deviation = Math.sqrt((squares - sum * sum / SAMPLES) / (SAMPLES - 1));
            assertThat(Math.sqrt(own) / deviation).isBetween(0.85, 1.15);
            assertThat(Math.sqrt(single) / deviation).isGreaterThan(2);
        }
    }

    @Test
    void replicatesOfClustersAgreeWithTheLinearisation() {
        Drawn drawn = Drawn.of(Population.of(Seed.of(5), false), Seed.of(7).generator());
        CalibrationResult full = drawn.model().solve(engine, Progress.none());
        double linearised = Precision.ofCalibration(drawn.model(), full.weights(), drawn.design(), engine)
                .estimate(drawn.statistic())
                .standardError();
        double replicated = ReplicateEstimates.ofCalibration(
                        drawn.model(),
                        full,
                        Replication.jackknife(drawn.design()),
                        List.of(drawn.statistic()),
                        engine,
                        Progress.none(),
                        (w, r) -> {})
                .estimates()
                .getFirst()
                .standardError();
        assertThat(replicated / linearised).isBetween(0.9, 1.25);
    }

    @Test
    void theProblemOfMeansHasTheSameWeights() {
        Drawn drawn = Drawn.of(Population.of(Seed.of(5), false), Seed.of(8).generator());
        CalibrationResult clustered = drawn.model().solve(engine, Progress.none());
        CalibrationProblem means = Clustered.averaged(
                drawn.model().problem(), drawn.model().clusters().orElseThrow());
        CalibrationResult rows = Calibration.solve(drawn.model().settings(), means, engine, Progress.none());
        for (int i = 0; i < rows.weights().length; i++) {
            assertThat(rows.weights()[i]).isCloseTo(clustered.weights()[i], within(1e-8));
        }
    }

    @Test
    void rowsThatWereSetToZeroTakeNoPartInTheRegression() {
        // The two last rows are set to 0, so what is left is a sample of four by itself.
        Design design =
                Design.fromDense(new double[][] {{1, 1, 0}, {1, 2, 0}, {1, 3, 0}, {1, 5, 0}, {1, 9, 1}, {1, 8, 1}});
        double[] d = {10, 11, 12, 13, 14, 15};
        CalibrationProblem problem = CalibrationProblem.of(design, d, Targets.of(50, 140, 0));
        CalibrationModel model =
                CalibrationModel.of(CalibrationSettings.linear().withZeroTargets(ZeroTargets.ZERO_ROWS), problem);
        double[] y = {3, 1, 4, 1, 5, 9};
        double[] weights = model.solve(engine, Progress.none()).weights();
        SampleDesign simple = SampleDesign.simple(6);
        double own = Precision.ofCalibration(model, weights, simple, engine)
                .estimate(Statistic.total("y", y))
                .standardError();
        CalibrationProblem left = CalibrationProblem.of(
                Design.fromDense(new double[][] {{1, 1}, {1, 2}, {1, 3}, {1, 5}, {0, 0}, {0, 0}}),
                d,
                Targets.of(50, 140));
        double expected = Precision.ofCalibration(left, weights, simple, engine)
                .estimate(Statistic.total("y", y))
                .standardError();
        assertThat(own).isCloseTo(expected, within(1e-9 * expected));
    }
}
