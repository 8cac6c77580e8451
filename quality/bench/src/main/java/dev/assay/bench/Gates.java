package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.trees.BoostedClassifier;
import dev.assay.trees.BoostingSettings;
import dev.assay.trees.Predictors;
import dev.assay.trees.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What a gate makes of a class of 1 %: predicted over true share on new rows of a known law, tuned on
/// unseen
/// rows and with a fixed number of 100 rounds.
///
/// `Gates RUNS`: runs for each number of rows.
public final class Gates {
    private static final int[] ROWS = {1_000, 3_000, 6_000, 9_999, 10_001};
    private static final int NEW = 20_000;
    private static final int FEATURES = 5;

    private Gates() {}

    public static void main(String[] arguments) {
        int runs = Integer.parseInt(arguments[0]);
        BoostingSettings tuned = BoostingSettings.DEFAULT;
        try (Engine engine = LocalEngine.of(2)) {
            for (int rows : ROWS) {
                System.out.printf(
                        Locale.ROOT,
                        "%6d rows  tuned %s  100 rounds %s%n",
                        rows,
                        ratio(tuned, rows, runs, engine),
                        ratio(tuned.withFolds(1), rows, runs, engine));
            }
        }
    }

    private static String ratio(BoostingSettings settings, int rows, int runs, Engine engine) {
        double[] ratio = new double[runs];
        for (int r = 0; r < runs; r++) {
            RandomGenerator random = Seed.of(r).child(rows).generator();
            double[][] x = predictors(rows, random);
            double[] p = law(x);
            int[] y = Arrays.stream(p)
                    .mapToInt(q -> random.nextDouble() < q ? 1 : 0)
                    .toArray();
            double[] ones = new double[rows];
            Arrays.fill(ones, 1);
            BoostedClassifier gate = BoostedClassifier.fit(
                    settings,
                    Predictors.numeric(x),
                    new Response.Classes(y, 2),
                    ones,
                    Seed.of(r),
                    engine,
                    Progress.none());
            double[][] fresh = predictors(NEW, random);
            double[] q = gate.probabilities(Predictors.numeric(fresh), engine);
            double predicted = 0;
            for (int i = 1; i < q.length; i += 2) {
                predicted += q[i];
            }
            ratio[r] = predicted / Arrays.stream(law(fresh)).sum();
        }
        double mean = Arrays.stream(ratio).average().orElse(Double.NaN);
        double squares = Arrays.stream(ratio).map(v -> (v - mean) * (v - mean)).sum();
        return String.format(Locale.ROOT, "%.3f +- %.3f", mean, Math.sqrt(squares / runs / (runs - 1)));
    }

    private static double[][] predictors(int rows, RandomGenerator random) {
        double[][] x = new double[FEATURES][rows];
        for (double[] column : x) {
            Arrays.setAll(column, i -> random.nextGaussian());
        }
        return x;
    }

    /// p(class 1) of each row: 1 % on average.
    private static double[] law(double[][] x) {
        double[] p = new double[x[0].length];
        Arrays.setAll(p, i -> 1 / (1 + Math.exp(5.1 - x[0][i] - 0.5 * x[1][i])));
        return p;
    }
}
