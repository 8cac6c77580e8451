package dev.assay.inference.internal;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.ClusterSums;
import dev.assay.inference.Estimate;
import dev.assay.inference.Interval;
import dev.assay.inference.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Draws units, collects the replicates and hands them to [Intervals].
public final class Resampling {
    /// Increment of the generator's state a draw (Steele, Lea and Flood 2014), by which parallel code
    /// jumps.
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /// Replicates a partition. Small enough for balance; it cannot change a result.
    static final int CHUNK = 16;

    private Resampling() {}

    /// A statistic computed for several draws of one sample at once, `[draws][statistics]`.
    private interface Batch {
        double[][] of(int[][] times);
    }

    /// The same for draws of two samples.
    private interface PairBatch {
        double[][] of(int[][] first, int[][] second);
    }

    /// @param statistics of one sample
    public static List<Estimate> one(Bootstrap plan, Units units, Bootstrap.Statistics statistics, Engine engine) {
        return drawn(plan, units, (Batch) times -> each(times, statistics::of), engine)
                .estimates();
    }

    /// @param statistics of the sums over a draw
    public static List<Estimate> one(
            Bootstrap plan, ClusterSums sums, UnaryOperator<double[]> statistics, Engine engine) {
        return drawn(plan, sums, statistics, engine).estimates();
    }

    /// Estimates and what they were made from.
    ///
    /// @param replicates `[replicates][statistics]`; none if there were too few units
    public record Drawn(List<Estimate> estimates, double[][] replicates) {}

    /// @param statistics of the sums over a draw
    public static Drawn drawn(Bootstrap plan, ClusterSums sums, UnaryOperator<double[]> statistics, Engine engine) {
        return drawn(plan, sums.units(), (Batch) times -> each(sums.totals(times), statistics), engine);
    }

    private static Drawn drawn(Bootstrap plan, Units units, Batch statistics, Engine engine) {
        int count = units.count();
        double[] point = statistics.of(new int[][] {ones(count)})[0];
        double[][] replicates = count < Bootstrap.FEWEST_UNITS
                ? new double[0][]
                : chunks(plan.replicates(), engine, (from, to) -> statistics.of(draws(plan.seed(), count, from, to)));
        double[][] without = plan.interval() == Interval.BCA && count >= Bootstrap.ENOUGH_UNITS
                ? chunks(count, engine, (from, to) -> statistics.of(leavingOut(count, from, to)))
                : new double[0][];
        List<Estimate> estimates = new ArrayList<>(point.length);
        for (int s = 0; s < point.length; s++) {
            estimates.add(Intervals.estimate(
                    plan, units.rows(), count, units.kind(), point[s], at(replicates, s), at(without, s)));
        }
        return new Drawn(List.copyOf(estimates), replicates);
    }

    /// @param statistics of two samples; the second's draws come from a stream of its own
    public static List<Estimate> two(
            Bootstrap plan, Units first, Units second, Bootstrap.PairStatistics statistics, Engine engine) {
        return two(plan, first, second, (PairBatch) (left, right) -> each(left, right, statistics::of), engine);
    }

    /// @param statistics of the sums over a draw of each sample
    public static List<Estimate> two(
            Bootstrap plan, ClusterSums first, ClusterSums second, BinaryOperator<double[]> statistics, Engine engine) {
        return two(
                plan,
                first.units(),
                second.units(),
                (PairBatch) (left, right) -> each(first.totals(left), second.totals(right), statistics),
                engine);
    }

    private static List<Estimate> two(Bootstrap plan, Units first, Units second, PairBatch statistics, Engine engine) {
        double[] point = statistics.of(new int[][] {ones(first.count())}, new int[][] {ones(second.count())})[0];
        double[][] replicates = replicates(plan, first, second, statistics, engine);
        Pair pair = new Pair(first, second);
        List<Estimate> estimates = new ArrayList<>(point.length);
        for (int s = 0; s < point.length; s++) {
            estimates.add(Intervals.estimate(
                    plan, pair.rows(), pair.fewest(), pair.kind(), point[s], at(replicates, s), new double[0]));
        }
        return List.copyOf(estimates);
    }

    /// Two samples as an estimate names them.
    private record Pair(Units first, Units second) {
        long rows() {
            return (long) first.rows() + second.rows();
        }

        int fewest() {
            return Math.min(first.count(), second.count());
        }

        String kind() {
            return first.kind().equals(second.kind()) ? first.kind() : first.kind() + " and " + second.kind();
        }
    }

    private static double[][] replicates(
            Bootstrap plan, Units first, Units second, PairBatch statistics, Engine engine) {
        if (Math.min(first.count(), second.count()) < Bootstrap.FEWEST_UNITS) {
            return new double[0][];
        }
        long secondSeed = Seed.of(plan.seed()).child("second sample").asLong();
        return chunks(
                plan.replicates(),
                engine,
                (from, to) -> statistics.of(
                        draws(plan.seed(), first.count(), from, to), draws(secondSeed, second.count(), from, to)));
    }

    /// As [Bootstrap#distances].
    public static List<Estimate> distances(
            Bootstrap plan, Units first, Units second, double[] values, Bootstrap.PairStatistics moves, Engine engine) {
        double[][] moved = replicates(plan, first, second, (left, right) -> each(left, right, moves::of), engine);
        return distances(plan, new Pair(first, second), values, moved);
    }

    private static List<Estimate> distances(Bootstrap plan, Pair pair, double[] values, double[][] moved) {
        List<Estimate> estimates = new ArrayList<>(values.length);
        for (int s = 0; s < values.length; s++) {
            estimates.add(Intervals.distance(
                    plan,
                    pair.rows(),
                    pair.fewest(),
                    pair.kind(),
                    values[s],
                    at(moved, s),
                    at(moved, values.length + s)));
        }
        return List.copyOf(estimates);
    }

    /// As [Bootstrap#differences].
    public static List<Estimate> differences(
            Bootstrap plan, Units first, Units second, Bootstrap.PairStatistics signed, Engine engine) {
        Pair pair = new Pair(first, second);
        double[] point = signed.of(ones(first.count()), ones(second.count()));
        double[][] replicates = replicates(plan, first, second, (left, right) -> each(left, right, signed::of), engine);
        List<Estimate> estimates = new ArrayList<>(point.length + 2);
        for (int s = 0; s < point.length; s++) {
            estimates.add(Intervals.estimate(
                    plan, pair.rows(), pair.fewest(), pair.kind(), point[s], at(replicates, s), new double[0]));
        }
        AbsoluteDifferences absolute = AbsoluteDifferences.of(point, replicates, Bootstrap.noise(pair.fewest()));
        estimates.addAll(distances(plan, pair, absolute.values(), absolute.moves(replicates)));
        return List.copyOf(estimates);
    }

    private static int[][] draws(long seed, int units, int from, int to) {
        int[][] times = new int[to - from][units];
        for (int b = from; b < to; b++) {
            draw(seed, b, times[b - from]);
        }
        return times;
    }

    private static int[][] leavingOut(int units, int from, int to) {
        int[][] times = new int[to - from][];
        for (int u = from; u < to; u++) {
            times[u - from] = ones(units);
            times[u - from][u] = 0;
        }
        return times;
    }

    private static <T> double[][] each(T[] draws, Function<T, double[]> statistics) {
        double[][] all = new double[draws.length][];
        for (int i = 0; i < draws.length; i++) {
            all[i] = statistics.apply(draws[i]);
        }
        return all;
    }

    private static <T> double[][] each(T[] first, T[] second, BiFunction<T, T, double[]> statistics) {
        double[][] all = new double[first.length][];
        for (int i = 0; i < first.length; i++) {
            all[i] = statistics.apply(first[i], second[i]);
        }
        return all;
    }

    private interface Chunk {
        double[][] of(int from, int to);
    }

    private static double[][] chunks(int count, Engine engine, Chunk chunk) {
        return engine
                .map((count + CHUNK - 1) / CHUNK, p -> chunk.of(p * CHUNK, Math.min(count, (p + 1) * CHUNK)))
                .stream()
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
    }

    /// How often each unit is drawn in replicate `b`.
    private static void draw(long seed, int b, int[] times) {
        int units = times.length;
        SplittableRandom random = stream(seed, b, units);
        for (int i = 0; i < units; i++) {
            times[(int) (random.nextDouble() * units)]++;
        }
    }

    /// The generator at the first number of replicate `b`.
    static SplittableRandom stream(long seed, int b, int units) {
        return new SplittableRandom(seed + GAMMA * ((long) b * units));
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
