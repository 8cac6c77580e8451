package dev.assay.inference;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.inference.internal.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// The cluster bootstrap (Efron 1979; Field and Welsh 2007): units are drawn with replacement, as many as
/// there are, and the statistic is computed anew on each draw.
///
/// The draws are fixed by seed and number of units alone: replicate b uses numbers b G to b G + G - 1 of
/// [java.util.SplittableRandom] and unit floor(u G). Two statistics with the same seed and units
/// therefore see the same draws, whether they are computed in one call or in two, and a difference of
/// two methods computed as one statistic is a paired comparison. Results are the same to the bit for any
/// number of threads.
///
/// Fewer than 8 units: no interval. 8 to 19: percentile, with a warning. From 20 on BCa can be had as
/// well; of two samples only percentile. If the value lies outside the quantiles of the replicates, the
/// interval is moved over it ([Interval#CENTRED]) and says so.
///
/// @param seed       of the draws
/// @param replicates how many draws, at least 1
/// @param level      intended coverage, strictly between 0 and 1
/// @param interval   [Interval#PERCENTILE] or [Interval#BCA]
public record Bootstrap(long seed, int replicates, double level, Interval interval) {
    /// Replicates of statistics that are cheap to recompute.
    public static final int DEFAULT_REPLICATES = 2_000;

    /// Replicates customary for statistics that are expensive to recompute.
    public static final int EXPENSIVE_REPLICATES = 200;

    /// Intended coverage.
    public static final double DEFAULT_LEVEL = 0.95;

    /// Below this number of units there is no interval. A convention.
    public static final int FEWEST_UNITS = 8;

    /// From this number of units on intervals come without a warning. A convention.
    public static final int ENOUGH_UNITS = 20;

    /// Statistics of one sample.
    @FunctionalInterface
    public interface Statistics {
        /// @param times how often each unit was drawn; all 1 for the sample itself. Read only during the
        ///     call
        /// @return the statistics, always as many; NaN for one that does not exist on this draw
        double[] of(int[] times);
    }

    /// Statistics of two samples that are drawn independently of each other.
    @FunctionalInterface
    public interface PairStatistics {
        /// @param first  how often each unit of the first sample was drawn
        /// @param second how often each unit of the second sample was drawn
        /// @return the statistics, always as many; NaN for one that does not exist on this draw
        double[] of(int[] first, int[] second);
    }

    /// @throws IllegalArgumentException if a component is out of range
    public Bootstrap {
        if (replicates < 1) {
            throw new IllegalArgumentException("a bootstrap needs at least 1 replicate, got " + replicates);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level must be between 0 and 1, got " + level);
        }
        if (interval != Interval.PERCENTILE && interval != Interval.BCA) {
            throw new IllegalArgumentException("a bootstrap makes percentile or BCa intervals");
        }
    }

    /// Everything at its default, with the seed's number.
    public static Bootstrap of(Seed seed) {
        return of(seed.asLong());
    }

    /// Everything at its default.
    public static Bootstrap of(long seed) {
        return new Bootstrap(seed, DEFAULT_REPLICATES, DEFAULT_LEVEL, Interval.PERCENTILE);
    }

    /// The same with another number of replicates.
    public Bootstrap withReplicates(int newReplicates) {
        return new Bootstrap(seed, newReplicates, level, interval);
    }

    /// The same with another level.
    public Bootstrap withLevel(double newLevel) {
        return new Bootstrap(seed, replicates, newLevel, interval);
    }

    /// The same with another kind of interval.
    public Bootstrap withInterval(Interval newInterval) {
        return new Bootstrap(seed, replicates, level, newInterval);
    }

    /// Any statistics of one sample; they are computed once a replicate, and for BCa once a unit more.
    public List<Estimate> estimates(Units units, Statistics statistics, Engine engine) {
        return Resampling.one(this, units, statistics, engine);
    }

    /// Any statistics of two independent samples.
    public List<Estimate> estimates(Units first, Units second, PairStatistics statistics, Engine engine) {
        return Resampling.two(this, first, second, statistics, engine);
    }

    /// Statistics of one sample that are functions of sums over its rows, all from the same draws.
    ///
    /// @param statistics from the totals over a draw, `[width]`, to the statistics, always as many; NaN
    ///     for one that does not exist on this draw
    public List<Estimate> estimates(ClusterSums sums, UnaryOperator<double[]> statistics, Engine engine) {
        return Resampling.one(this, sums, statistics, engine);
    }

    /// Statistics of two independent samples that are functions of sums over their rows, all from the
    /// same draws.
    ///
    /// @param statistics from the totals over a draw of each sample to the statistics, always as many;
    ///     NaN for one that does not exist on this draw
    public List<Estimate> estimates(
            ClusterSums first, ClusterSums second, BinaryOperator<double[]> statistics, Engine engine) {
        return Resampling.two(this, first, second, statistics, engine);
    }

    /// Distances between the laws of two samples that cannot be negative: integrals or maxima of
    /// absolute differences, such as W1, Kolmogorov-Smirnov, total variation.
    ///
    /// Quantiles of replicates do not cover such a distance where it is 0, because every resample is
    /// further away than its sample is. Here the caller says how far a draw moves the distance in first
    /// order, at the most and at the least. With d the difference of the laws as estimated, h its change
    /// on a draw, and the places where d is within noise of 0 ([#noise]) apart: at the most, |h| there
    /// and sign(d) h elsewhere; at the least, sign(d) h everywhere. The interval is from value -
    /// quantile of the first to value - lower quantile of the second, cut at 0. Where the laws are equal
    /// its lower end is 0 about as often as 1 - (1 - level) / 2 says; elsewhere it covers as a bootstrap
    /// interval does, and more near 0.
    ///
    /// @param values of the samples themselves
    /// @param moves  for each distance how far a draw moves it at the most, then for each at the least
    public List<Estimate> distances(Units first, Units second, double[] values, PairStatistics moves, Engine engine) {
        return Resampling.distances(this, first, second, values, moves, engine);
    }

    /// Signed differences of two samples, each with its own interval, then the mean and the largest of
    /// their absolute values as [#distances] makes them.
    ///
    /// @param signed the differences on a draw
    public List<Estimate> differences(Units first, Units second, PairStatistics signed, Engine engine) {
        return Resampling.differences(this, first, second, signed, engine);
    }

    /// Within so many standard errors of 0 a difference counts as possibly 0: sqrt(ln n), which grows
    /// without bound and slower than what is not 0 (Fang and Santos 2019).
    ///
    /// @param units of the smaller sample
    public static double noise(int units) {
        return Math.sqrt(Math.log(Math.max(3, units)));
    }

    /// Ratios of sums over rows, sum numerator / sum denominator, all from the same draws. Cost: one pass
    /// over the drawn units a replicate, whatever the number of rows in them.
    ///
    /// @param numerators   `[statistics][rows]`
    /// @param denominators `[statistics][rows]`
    /// @throws IllegalArgumentException if shapes differ
    public List<Estimate> ratios(Units units, double[][] numerators, double[][] denominators, Engine engine) {
        int count = numerators.length;
        if (denominators.length != count) {
            throw new IllegalArgumentException(
                    "there are " + count + " numerators but " + denominators.length + " denominators");
        }
        double[][] all = Arrays.copyOf(numerators, 2 * count);
        System.arraycopy(denominators, 0, all, count, count);
        return estimates(
                ClusterSums.of(units, all),
                sums -> {
                    double[] ratio = new double[count];
                    for (int s = 0; s < count; s++) {
                        ratio[s] = sums[count + s] == 0 ? Double.NaN : sums[s] / sums[count + s];
                    }
                    return ratio;
                },
                engine);
    }

    /// Means over rows, all from the same draws.
    ///
    /// @param columns `[statistics][rows]`
    public List<Estimate> means(Units units, double[][] columns, Engine engine) {
        double[] ones = new double[units.rows()];
        Arrays.fill(ones, 1);
        return weightedMeans(units, ones, columns, engine);
    }

    /// Weighted means over rows, all from the same draws.
    ///
    /// @param weights `[rows]`, not negative
    /// @param columns `[statistics][rows]`
    public List<Estimate> weightedMeans(Units units, double[] weights, double[][] columns, Engine engine) {
        double[][] numerators = new double[columns.length][];
        double[][] denominators = new double[columns.length][];
        for (int s = 0; s < columns.length; s++) {
            numerators[s] = columns[s].clone();
            denominators[s] = weights;
            for (int row = 0; row < weights.length; row++) {
                numerators[s][row] *= weights[row];
            }
        }
        return ratios(units, numerators, denominators, engine);
    }
}
