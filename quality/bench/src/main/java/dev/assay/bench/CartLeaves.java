package dev.assay.bench;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.measure.GateMetrics;
import dev.assay.trees.BoostedClassifier;
import dev.assay.trees.BoostingSettings;
import dev.assay.trees.CartSettings;
import dev.assay.trees.ChainSettings;
import dev.assay.trees.Feature;
import dev.assay.trees.Predictors;
import dev.assay.trees.Response;
import dev.assay.trees.TargetChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// What the size of a tree's leaves gives away and what it brings: 8,000 people of Adult synthesised by
/// trees whose
/// nodes are split from twice the smallest leaf on, from three times (rpart's rule, and so synthpop's
/// default:
/// minbucket 5, minsplit 15), and with leaves of 10.
///
/// `CartLeaves FILE SEEDS` prints, as means over the seeds:
/// - replicated: share of the synthetic rows that equal a training row in every column;
/// - new: the same against as many rows that nothing was trained on; what exceeds it tells of training
/// rows;
/// - membership: AUC of telling training rows from held-out ones by the distance to the nearest
/// synthetic row, the
///   number of columns that differ, numbers by their ranks;
/// - apart: AUC of a boosted classifier that tells synthetic rows from held-out ones, on rows it has not
/// seen; 0.5
///   is best.
public final class CartLeaves {
    private static final int ROWS = 8_000;
    private static final int JUDGED = 2_000;

    private CartLeaves() {}

    private record Figures(double replicated, double fresh, double membership, double apart) {}

    public static void main(String[] arguments) {
        Frame all = Frames.read(Path.of(arguments[0]), ReadOptions.DEFAULTS.withCategoriesUpTo(1000))
                .without(List.of("fnlwgt", "country", "education"));
        int seeds = Integer.parseInt(arguments[1]);
        CartSettings five = CartSettings.DEFAULT.withMinLeaf(5);
        run("leaf 5, split from 10", five.withMinSplit(10), all, seeds);
        run("leaf 5, split from 15", five.withMinSplit(15), all, seeds);
        run("leaf 10, split from 20", five.withMinLeaf(10).withMinSplit(20), all, seeds);
        run("leaf 10, split from 30", five.withMinLeaf(10).withMinSplit(30), all, seeds);
    }

    private static void run(String name, CartSettings cart, Frame all, int seeds) {
        double[] sums = new double[4];
        try (Engine engine = LocalEngine.of(2)) {
            for (int s = 0; s < seeds; s++) {
                Figures f = figures(cart, all, Seed.of(s), engine);
                double[] values = {f.replicated(), f.fresh(), f.membership(), f.apart()};
                Arrays.setAll(sums, k -> sums[k] + values[k] / seeds);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-24s replicated %.4f  new %.4f  membership %.4f  apart %.4f%n",
                name,
                sums[0],
                sums[1],
                sums[2],
                sums[3]);
    }

    private static Figures figures(CartSettings cart, Frame all, Seed seed, Engine engine) {
        int[] order = Draws.permutation(all.rows(), seed.generator());
        Frame training = all.at(Arrays.copyOf(order, ROWS));
        Frame held = all.at(Arrays.copyOfRange(order, ROWS, 2 * ROWS));
        double[] ones = new double[ROWS];
        Arrays.fill(ones, 1);
        List<String> names = all.schema().names();
        Frame row = Frame.empty().with("row", Column.Longs.of(new long[ROWS]));
        Frame made = TargetChain.fit(
                        ChainSettings.DEFAULT.withBase(cart),
                        training,
                        List.of(),
                        names,
                        ones,
                        seed.child("fit"),
                        engine,
                        Progress.none())
                .generate(row, seed.child("draw"), engine)
                .frame()
                .select(names);
        return new Figures(
                copies(made, training),
                copies(made, held),
                membership(made, training, held, engine),
                apart(made, held, seed, engine));
    }

    private static double copies(Frame made, Frame rows) {
        Set<String> known = new HashSet<>(texts(rows));
        return texts(made).stream().filter(known::contains).count() / (double) made.rows();
    }

    private static List<String> texts(Frame frame) {
        return IntStream.range(0, frame.rows())
                .mapToObj(i -> String.join(
                        "\t",
                        frame.schema().names().stream()
                                .map(c -> String.valueOf(frame.column(c).text(i)))
                                .toList()))
                .toList();
    }

    private static double membership(Frame made, Frame training, Frame held, Engine engine) {
        double[][] synthetic = coded(made, training);
        double[][] in = coded(training, training);
        double[][] out = coded(held, training);
        double[] score = new double[2 * JUDGED];
        int[] truth = new int[2 * JUDGED];
        engine.map(2 * JUDGED, i -> {
            truth[i] = i < JUDGED ? 1 : 0;
            double[] own = i < JUDGED ? in[i] : out[i - JUDGED];
            double least = Double.POSITIVE_INFINITY;
            for (double[] other : synthetic) {
                double distance = 0;
                for (int c = 0; c < own.length && distance < least; c++) {
                    distance += Math.min(1, Math.abs(own[c] - other[c]));
                }
                least = Math.min(least, distance);
            }
            score[i] = 1 / (1 + least);
            return i;
        });
        return GateMetrics.binary(score, truth).auc().orElseThrow();
    }

    /// Numbers by their rank among training values, from 0 to 1; codes are at a distance of 1 or more.
    private static double[][] coded(Frame frame, Frame training) {
        double[][] rows = new double[frame.rows()][frame.schema().names().size()];
        int c = 0;
        for (String name : frame.schema().names()) {
            boolean numbers = !(frame.column(name) instanceof Column.Categories);
            double[] sorted =
                    numbers ? Arrays.stream(training.numbers(name)).sorted().toArray() : new double[0];
            for (int i = 0; i < rows.length; i++) {
                double value = frame.column(name).number(i);
                int at = numbers ? Arrays.binarySearch(sorted, value) : 0;
                rows[i][c] = numbers ? Math.abs(at < 0 ? -at - 1 : at) / (double) sorted.length : value;
            }
            c++;
        }
        return rows;
    }

    private static double apart(Frame made, Frame held, Seed seed, Engine engine) {
        List<Feature> features = new ArrayList<>();
        for (String name : made.schema().names()) {
            double[] numbers = new double[made.rows() + held.rows()];
            Arrays.setAll(
                    numbers,
                    i -> i < made.rows()
                            ? made.column(name).number(i)
                            : held.column(name).number(i - made.rows()));
            features.add(
                    held.column(name) instanceof Column.Categories c
                            ? Feature.Categorical.of(
                                    name,
                                    Arrays.stream(numbers)
                                            .mapToInt(v -> (int) v)
                                            .toArray(),
                                    c.levels().size())
                            : new Feature.Numeric(name, numbers));
        }
        int[] y = new int[made.rows() + held.rows()];
        Arrays.fill(y, 0, made.rows(), 1);
        double[] ones = new double[y.length];
        Arrays.fill(ones, 1);
        return BoostedClassifier.fit(
                        BoostingSettings.DEFAULT,
                        Predictors.of(features),
                        new Response.Classes(y, 2),
                        ones,
                        seed.child("apart"),
                        engine,
                        Progress.none())
                .validation()
                .orElseThrow()
                .metrics()
                .auc()
                .orElseThrow();
    }
}
