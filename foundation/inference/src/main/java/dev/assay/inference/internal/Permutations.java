package dev.assay.inference.internal;

import dev.assay.engine.Engine;
import dev.assay.inference.ClusterSums;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// Assignments of the labels of two methods to whole units, and how far apart the methods then are.
public final class Permutations {
    private final ClusterSums first;
    private final ClusterSums second;
    private final ToDoubleFunction<double[]> statistic;
    private final long seed;

    /// @param first  of the first method
    /// @param second of the second, over the same units
    public Permutations(ClusterSums first, ClusterSums second, ToDoubleFunction<double[]> statistic, long seed) {
        this.first = first;
        this.second = second;
        this.statistic = statistic;
        this.seed = seed;
    }

    /// How many assignments differ by at least this much, or have no difference.
    ///
    /// @param all whether assignment b swaps the units whose bits are set in b, or draws which
    public long differingBy(double least, int assignments, boolean all, Engine engine) {
        int chunks = (assignments + Resampling.CHUNK - 1) / Resampling.CHUNK;
        return engine
                .map(
                        chunks,
                        c -> count(least, c * Resampling.CHUNK, Math.min(assignments, (c + 1) * Resampling.CHUNK), all))
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long count(double least, int from, int to, boolean all) {
        int units = first.units().count();
        int[][] kept = new int[to - from][units];
        int[][] swapped = new int[to - from][units];
        for (int b = from; b < to; b++) {
            SplittableRandom random = Resampling.stream(seed, b, units);
            for (int u = 0; u < units; u++) {
                boolean swap = all ? (b >> u & 1) == 1 : random.nextDouble() < 0.5;
                (swap ? swapped : kept)[b - from][u] = 1;
            }
        }
        double[][] left = sum(first.totals(kept), second.totals(swapped));
        double[][] right = sum(second.totals(kept), first.totals(swapped));
        long found = 0;
        for (int b = 0; b < left.length; b++) {
            double difference = statistic.applyAsDouble(left[b]) - statistic.applyAsDouble(right[b]);
            found += Math.abs(difference) < least ? 0 : 1;
        }
        return found;
    }

    private static double[][] sum(double[][] one, double[][] other) {
        for (int b = 0; b < one.length; b++) {
            for (int c = 0; c < one[b].length; c++) {
                one[b][c] += other[b][c];
            }
        }
        return one;
    }
}
