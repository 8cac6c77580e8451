package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.trees.DrawRule;
import dev.assay.trees.ForestSettings;
import dev.assay.trees.Predictors;
import dev.assay.trees.QuantileForest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Fit, draw and quantile times of a quantile regression forest on a simulated table: 80,000 rows to train on,
/// 20,000 to
/// predict, 14 predictors, a skewed target whose spread and location depend on them.
///
/// `ForestBenchmark write FOLDER` writes train.csv and test.csv for a peer;
/// `ForestBenchmark time THREADS REPEATS` prints our figures, the last repeat being the one to read.
public final class ForestBenchmark {
    private static final int TRAIN = 80_000;
    private static final int TEST = 20_000;
    private static final int FEATURES = 14;
    private static final double[] LEVELS = {.05, .1, .25, .5, .75, .9, .95};

    private ForestBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        double[][] data = simulate(TRAIN + TEST, Seed.of(14).generator());
        if (arguments[0].equals("write")) {
            write(Path.of(arguments[1], "train.csv"), data, 0, TRAIN);
            write(Path.of(arguments[1], "test.csv"), data, TRAIN, TRAIN + TEST);
        } else {
            time(data, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    /// Columns x0..x13 and y.
    private static double[][] simulate(int rows, RandomGenerator random) {
        double[][] columns = new double[FEATURES + 1][rows];
        for (int i = 0; i < rows; i++) {
            for (int f = 0; f < 5; f++) {
                columns[f][i] = random.nextGaussian();
            }
            columns[5][i] = Math.exp(random.nextGaussian());
            columns[6][i] = random.nextDouble();
            columns[7][i] = columns[0][i] * 0.7 + random.nextGaussian() * 0.7;
            columns[8][i] = random.nextInt(2);
            columns[9][i] = random.nextInt(5);
            columns[10][i] = random.nextInt(16);
            columns[11][i] = 17 + random.nextInt(74);
            columns[12][i] = Math.min(99, Math.max(1, Math.rint(40 + 12 * random.nextGaussian())));
            columns[13][i] = random.nextInt(7);
            double location = columns[0][i]
                    + Math.sin(2 * columns[1][i])
                    + 0.1 * columns[10][i]
                    + 0.5 * columns[8][i] * columns[2][i]
                    - Math.pow((columns[11][i] - 50) / 25, 2);
            double spread = 0.3 + 0.5 * columns[6][i] + 0.1 * columns[9][i];
            columns[FEATURES][i] = Math.exp(0.5 * (location + spread * random.nextGaussian()));
        }
        return columns;
    }

    private static void write(Path file, double[][] columns, int from, int to) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        StringBuilder text = new StringBuilder();
        for (int f = 0; f < FEATURES; f++) {
            text.append('x').append(f).append(',');
        }
        text.append("y\n");
        for (int i = from; i < to; i++) {
            for (int f = 0; f <= FEATURES; f++) {
                text.append(columns[f][i]).append(f < FEATURES ? ',' : '\n');
            }
        }
        Files.writeString(file, text);
    }

    private static void time(double[][] columns, int threads, int repeats) {
        PrintStream out = System.out;
        double[][] train = part(columns, 0, TRAIN);
        double[][] test = part(columns, TRAIN, TRAIN + TEST);
        double[] y = test[FEATURES];
        Predictors x = Predictors.numeric(Arrays.copyOf(train, FEATURES));
        Predictors rows = Predictors.numeric(Arrays.copyOf(test, FEATURES));
        double[] ones = new double[TRAIN];
        Arrays.fill(ones, 1);
        try (Engine engine = LocalEngine.of(threads)) {
            for (int r = 0; r < repeats; r++) {
                long start = System.nanoTime();
                QuantileForest forest = QuantileForest.fit(
                        ForestSettings.DEFAULT.withMinLeaf(20),
                        x,
                        train[FEATURES].clone(),
                        ones,
                        Seed.of(r),
                        engine,
                        Progress.none());
                long fitted = System.nanoTime();
                double[] draws = forest.draw(rows, DrawRule.INTERPOLATED, Seed.of(r), engine);
                long drawn = System.nanoTime();
                double[][] quantiles = forest.quantiles(rows, LEVELS, engine);
                long ended = System.nanoTime();
                out.printf(
                        Locale.ROOT,
                        "assay fit_s=%.3f draw_s=%.3f quantiles_s=%.3f pinball=%.6f threads=%d leaves=%d mean_draw=%.4f%n",
                        (fitted - start) / 1e9,
                        (drawn - fitted) / 1e9,
                        (ended - drawn) / 1e9,
                        pinball(quantiles, y),
                        threads,
                        forest.leaves(),
                        Arrays.stream(draws).average().orElse(Double.NaN));
            }
        }
    }

    private static double[][] part(double[][] columns, int from, int to) {
        double[][] part = new double[columns.length][];
        for (int f = 0; f < columns.length; f++) {
            part[f] = Arrays.copyOfRange(columns[f], from, to);
        }
        return part;
    }

    private static double pinball(double[][] quantiles, double[] y) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < LEVELS.length; k++) {
                double e = y[i] - quantiles[i][k];
                sum += Math.max(LEVELS[k] * e, (LEVELS[k] - 1) * e);
            }
        }
        return sum / (y.length * (double) LEVELS.length);
    }
}
