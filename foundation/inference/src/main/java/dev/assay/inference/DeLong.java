package dev.assay.inference;

import dev.assay.fault.Fault;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The test of two areas under the ROC curve on the same independent cases (DeLong, DeLong and Clarke-Pearson
/// 1988), in the form by midranks (Sun and Xu 2014): O(n log n).
///
/// @param first          area of the first scores
/// @param second         area of the second
/// @param variance       of the areas; empty if a class has fewer than 2 cases
/// @param z              difference over its standard error; empty if that is 0
/// @param p              two-sided; 1 if the areas are equal without variance, empty if they differ without
///     variance or a class has fewer than 2 cases
public record DeLong(double first, double second, Optional<Variance> variance, OptionalDouble z, OptionalDouble p) {

    /// How far the areas vary from sample to sample.
    ///
    /// @param first  variance of the first area
    /// @param second variance of the second
    /// @param both   their covariance
    public record Variance(double first, double second, double both) {
        double ofDifference() {
            return first + second - 2 * both;
        }
    }

    /// The test.
    ///
    /// @param first    finite scores, higher for positives
    /// @param second   finite scores of the same cases
    /// @param positive which cases are positive
    /// @throws Fault (BAD_DATA) if a score is not finite, or there is no positive or no negative case
    /// @throws IllegalArgumentException if lengths differ
    public static DeLong of(double[] first, double[] second, boolean[] positive) {
        if (first.length != positive.length || second.length != positive.length) {
            throw new IllegalArgumentException(
                    first.length + " and " + second.length + " scores are not of " + positive.length + " cases");
        }
        int m = 0;
        for (int i = 0; i < positive.length; i++) {
            if (!Double.isFinite(first[i]) || !Double.isFinite(second[i])) {
                throw Fault.of(Fault.Kind.BAD_DATA, "the score of case " + i + " is not a finite number; give one.");
            }
            m += positive[i] ? 1 : 0;
        }
        int n = positive.length - m;
        if (m == 0 || n == 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "an area under the curve needs positive and negative cases; give both.");
        }
        double[] a = placements(first, positive, m, n);
        double[] b = placements(second, positive, m, n);
        double areaA = mean(a, positive, true);
        double areaB = mean(b, positive, true);
        if (m < 2 || n < 2) {
            return new DeLong(areaA, areaB, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        }
        Variance variance = new Variance(
                covariance(a, a, positive, m, n), covariance(b, b, positive, m, n), covariance(a, b, positive, m, n));
        double difference = areaA - areaB;
        // Two areas that move together leave a variance of rounding errors.
        if (!(variance.ofDifference() > 1e-14 * (variance.first() + variance.second()))) {
            OptionalDouble p = difference == 0 ? OptionalDouble.of(1) : OptionalDouble.empty();
            return new DeLong(areaA, areaB, Optional.of(variance), OptionalDouble.empty(), p);
        }
        double z = difference / Math.sqrt(variance.ofDifference());
        double p = 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
        return new DeLong(areaA, areaB, Optional.of(variance), OptionalDouble.of(z), OptionalDouble.of(Math.min(1, p)));
    }

    /// Of a positive case the share of negatives below it, of a negative the share of positives above it, ties
    /// 1/2: its midrank among all less that among its own.
    private static double[] placements(double[] score, boolean[] positive, int m, int n) {
        int[] order = IntStream.range(0, score.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> score[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] placement = new double[score.length];
        int positives = 0;
        int negatives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int tiedPositives = 0;
            while (to < order.length && score[order[to]] == score[order[from]]) {
                tiedPositives += positive[order[to++]] ? 1 : 0;
            }
            int tiedNegatives = to - from - tiedPositives;
            for (int k = from; k < to; k++) {
                placement[order[k]] = positive[order[k]]
                        ? (negatives + tiedNegatives / 2.0) / n
                        : (m - positives - tiedPositives / 2.0) / m;
            }
            positives += tiedPositives;
            negatives += tiedNegatives;
            from = to;
        }
        return placement;
    }

    private static double mean(double[] placement, boolean[] positive, boolean of) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < placement.length; i++) {
            if (positive[i] == of) {
                sum += placement[i];
                count++;
            }
        }
        return sum / count;
    }

    private static double covariance(double[] a, double[] b, boolean[] positive, int m, int n) {
        double sum = 0;
        for (boolean of : new boolean[] {true, false}) {
            double meanA = mean(a, positive, of);
            double meanB = mean(b, positive, of);
            double products = 0;
            for (int i = 0; i < a.length; i++) {
                products += positive[i] == of ? (a[i] - meanA) * (b[i] - meanB) : 0;
            }
            int count = of ? m : n;
            sum += products / (count - 1.0) / count;
        }
        return sum;
    }
}
