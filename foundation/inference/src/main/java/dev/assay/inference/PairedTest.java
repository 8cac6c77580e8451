package dev.assay.inference;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.inference.internal.Permutations;
import dev.assay.inference.internal.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Whether one of two methods is better on the same rows: a cluster permutation test, and the paired cluster
/// bootstrap beside it.
///
/// The hypothesis is that within each unit the labels of the two methods could be exchanged. Whole units are
/// swapped; the statistic is the absolute difference. Up to 16 units all 2^G assignments are looked at, and p is
/// the share of those that differ as much as the methods do; else a random sample of them, and p is
/// (1 + as many of those) / (assignments + 1) (Phipson and Smyth 2010). An assignment on which the difference
/// does not exist counts as one that differs as much.
///
/// Units are those of the claim: tasks, not the repeats of one; hosts, if the claim is about new hosts.
///
/// @param bootstrap   of the interval of the difference
/// @param seed        of the assignments; assignment b uses numbers b G to b G + G - 1 of
///     [java.util.SplittableRandom] and swaps unit i if its number is below 1/2
/// @param assignments how many are drawn where they cannot all be looked at, at least 1
public record PairedTest(Bootstrap bootstrap, long seed, int assignments) {
    /// Up to this number of units all assignments are looked at.
    public static final int ALL_UNITS = 16;

    /// Assignments drawn beyond that.
    public static final int DEFAULT_ASSIGNMENTS = 9_999;

    /// Differences that are equal but for rounding are equal.
    private static final double ROUNDING = 1e-12;

    /// @throws IllegalArgumentException if there is no assignment
    public PairedTest {
        if (assignments < 1) {
            throw new IllegalArgumentException("a permutation test needs at least 1 assignment, got " + assignments);
        }
    }

    /// Everything at its default, each part with a seed of its own.
    public static PairedTest of(Seed seed) {
        return new PairedTest(
                Bootstrap.of(seed.child("bootstrap")), seed.child("assignments").asLong(), DEFAULT_ASSIGNMENTS);
    }

    /// The same with another bootstrap.
    public PairedTest with(Bootstrap newBootstrap) {
        return new PairedTest(newBootstrap, seed, assignments);
    }

    /// Compares a statistic of sums over rows: macro-F1 of a confusion matrix, a ratio, a mean.
    ///
    /// @param first     `[width][rows]`, what the first method adds to each sum
    /// @param second    `[width][rows]`, the same of the second
    /// @param statistic from the `[width]` sums to the number compared; NaN where it does not exist
    /// @throws IllegalArgumentException if shapes differ
    public PairedComparison compare(
            Units units, double[][] first, double[][] second, ToDoubleFunction<double[]> statistic, Engine engine) {
        int width = first.length;
        if (second.length != width) {
            throw new IllegalArgumentException("the first method has " + width + " sums, the second " + second.length);
        }
        double[][] both = Arrays.copyOf(first, 2 * width);
        System.arraycopy(second, 0, both, width, width);
        Resampling.Drawn drawn = Resampling.drawn(
                bootstrap,
                ClusterSums.of(units, both),
                sums -> {
                    double a = statistic.applyAsDouble(Arrays.copyOf(sums, width));
                    double b = statistic.applyAsDouble(Arrays.copyOfRange(sums, width, 2 * width));
                    return new double[] {a, b, a - b};
                },
                engine);
        List<Estimate> estimates = drawn.estimates();
        Estimate difference = estimates.get(2);
        boolean exact = units.count() <= ALL_UNITS;
        int looked = exact ? 1 << units.count() : assignments;
        OptionalDouble p = OptionalDouble.empty();
        if (difference.value().isPresent()) {
            double least = Math.abs(difference.value().getAsDouble()) - ROUNDING;
            Permutations swaps =
                    new Permutations(ClusterSums.of(units, first), ClusterSums.of(units, second), statistic, seed);
            long asMuch = swaps.differingBy(least, looked, exact, engine);
            p = OptionalDouble.of(exact ? (double) asMuch / looked : (1.0 + asMuch) / (looked + 1.0));
        }
        return new PairedComparison(
                estimates.get(0),
                estimates.get(1),
                difference,
                difference.hasInterval() ? inverted(drawn.replicates()) : OptionalDouble.empty(),
                p,
                exact,
                looked,
                exact ? Math.min(1, 2.0 / looked) : 1 / (looked + 1.0));
    }

    /// Compares means over rows.
    ///
    /// @param first  a number for each row, of the first method
    /// @param second a number for each row, of the second
    public PairedComparison means(Units units, double[] first, double[] second, Engine engine) {
        double[] ones = new double[units.rows()];
        Arrays.fill(ones, 1);
        return compare(
                units,
                new double[][] {first, ones},
                new double[][] {second, ones},
                sums -> sums[1] == 0 ? Double.NaN : sums[0] / sums[1],
                engine);
    }

    private static OptionalDouble inverted(double[][] replicates) {
        int defined = 0;
        int below = 0;
        int above = 0;
        for (double[] replicate : replicates) {
            double difference = replicate[2];
            defined += Double.isNaN(difference) ? 0 : 1;
            below += difference <= 0 ? 1 : 0;
            above += difference >= 0 ? 1 : 0;
        }
        return OptionalDouble.of(Math.min(1, 2 * (1.0 + Math.min(below, above)) / (defined + 1)));
    }
}
