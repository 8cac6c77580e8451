package dev.assay.chance;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;

/// Draws that several methods share. Every method takes the generator; none keeps one.
public final class Draws {
    private Draws() {}

    /// A random permutation of `0..n-1` (Fisher and Yates, in Durstenfeld's form).
    public static int[] permutation(int n, RandomGenerator random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// `k` of the numbers `0..n-1` without replacement, in random order.
    ///
    /// @throws IllegalArgumentException unless `0 <= k <= n`
    public static int[] sample(int n, int k, RandomGenerator random) {
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("cannot draw " + k + " of " + n + " without replacement");
        }
        int[] pool = new int[n];
        for (int i = 0; i < n; i++) {
            pool[i] = i;
        }
        int[] chosen = new int[k];
        for (int i = 0; i < k; i++) {
            int j = i + random.nextInt(n - i);
            chosen[i] = pool[j];
            pool[j] = pool[i];
        }
        return chosen;
    }

    /// Cumulative sums of nonnegative weights, for [#index(double[], RandomGenerator)].
    ///
    /// @throws IllegalArgumentException if a weight is negative or not finite, or the sum is 0
    public static double[] cumulative(double[] weights) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException("weight " + i + " must be finite and not negative");
            }
            sum += weights[i];
            sums[i] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("the weights sum to 0: nothing can be drawn");
        }
        return sums;
    }

    /// An index drawn with probability proportional to the weights behind `cumulative`; never one of weight 0.
    public static int index(double[] cumulative, RandomGenerator random) {
        double u = random.nextDouble() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > u) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// A sampler of a continuous distribution of Commons Statistics on a generator of ours.
    public static ContinuousDistribution.Sampler sampler(ContinuousDistribution law, RandomGenerator random) {
        return law.createSampler(provider(random));
    }

    /// A sampler of a discrete distribution of Commons Statistics on a generator of ours.
    public static DiscreteDistribution.Sampler sampler(DiscreteDistribution law, RandomGenerator random) {
        return law.createSampler(provider(random));
    }

    private static UniformRandomProvider provider(RandomGenerator random) {
        return random::nextLong;
    }
}
