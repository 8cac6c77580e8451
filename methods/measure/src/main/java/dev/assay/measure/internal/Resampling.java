package dev.assay.measure.internal;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.measure.Bootstrap;
import dev.assay.measure.Estimate;
import dev.assay.measure.Interval;
import dev.assay.measure.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Draws units, collects the replicates and hands them to [Intervals].
public final class Resampling {
    /// Increment of the generator's state a draw (Steele, Lea and Flood 2014), by which parallel code jumps.
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /// Replicates a partition. Small enough for balance; it cannot change a result.
    private static final int CHUNK = 16;

    private Resampling() {}

    /// @param statistics of one sample
    public static List<Estimate> one(Bootstrap plan, Units units, Bootstrap.Statistics statistics, Engine engine) {
        int[] ones = ones(units.count());
        double[] point = statistics.of(ones);
        double[][] replicates = units.count() < Bootstrap.FEWEST_UNITS
                ? new double[0][]
                : replicates(plan, engine, chunk -> {
                    int[] times = new int[units.count()];
                    return b -> statistics.of(draw(plan.seed(), b, times));
                });
        double[][] without = plan.interval() == Interval.BCA && units.count() >= Bootstrap.ENOUGH_UNITS
                ? jackknife(units.count(), statistics, engine)
                : new double[0][];
        List<Estimate> estimates = new ArrayList<>(point.length);
        for (int s = 0; s < point.length; s++) {
            estimates.add(Intervals.estimate(
                    plan, units.rows(), units.count(), units.kind(), point[s], at(replicates, s), at(without, s)));
        }
        return List.copyOf(estimates);
    }

    /// @param statistics of two samples; the second's draws come from a stream of its own
    public static List<Estimate> two(
            Bootstrap plan, Units first, Units second, Bootstrap.PairStatistics statistics, Engine engine) {
        double[] point = statistics.of(ones(first.count()), ones(second.count()));
        int fewest = Math.min(first.count(), second.count());
        long secondSeed = Seed.of(plan.seed()).child("second sample").asLong();
        double[][] replicates = fewest < Bootstrap.FEWEST_UNITS
                ? new double[0][]
                : replicates(plan, engine, chunk -> {
                    int[] left = new int[first.count()];
                    int[] right = new int[second.count()];
                    return b -> statistics.of(draw(plan.seed(), b, left), draw(secondSeed, b, right));
                });
        List<Estimate> estimates = new ArrayList<>(point.length);
        String kind = first.kind().equals(second.kind()) ? first.kind() : first.kind() + " and " + second.kind();
        for (int s = 0; s < point.length; s++) {
            estimates.add(Intervals.estimate(
                    plan,
                    (long) first.rows() + second.rows(),
                    fewest,
                    kind,
                    point[s],
                    at(replicates, s),
                    new double[0]));
        }
        return List.copyOf(estimates);
    }

    /// How often each unit is drawn in replicate `b`.
    static int[] draw(long seed, int b, int[] times) {
        Arrays.fill(times, 0);
        int units = times.length;
        SplittableRandom random = new SplittableRandom(seed + GAMMA * ((long) b * units));
        for (int i = 0; i < units; i++) {
            times[(int) (random.nextDouble() * units)]++;
        }
        return times;
    }

    private interface Replicate {
        double[] of(int b);
    }

    private interface Worker {
        Replicate open(int chunk);
    }

    private static double[][] replicates(Bootstrap plan, Engine engine, Worker worker) {
        int chunks = (plan.replicates() + CHUNK - 1) / CHUNK;
        List<double[][]> parts = engine.map(chunks, chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(plan.replicates(), from + CHUNK);
            Replicate replicate = worker.open(chunk);
            double[][] some = new double[to - from][];
            for (int b = from; b < to; b++) {
                some[b - from] = replicate.of(b);
            }
            return some;
        });
        return parts.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    }

    private static double[][] jackknife(int units, Bootstrap.Statistics statistics, Engine engine) {
        int chunks = (units + CHUNK - 1) / CHUNK;
        List<double[][]> parts = engine.map(chunks, chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(units, from + CHUNK);
            int[] times = ones(units);
            double[][] some = new double[to - from][];
            for (int u = from; u < to; u++) {
                times[u] = 0;
                some[u - from] = statistics.of(times);
                times[u] = 1;
            }
            return some;
        });
        return parts.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    }

    private static int[] ones(int units) {
        int[] ones = new int[units];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] at(double[][] vectors, int s) {
        double[] column = new double[vectors.length];
        for (int b = 0; b < column.length; b++) {
            column[b] = vectors[b][s];
        }
        return column;
    }
}
