package dev.assay.inference;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Yes-or-no outcomes of the same tasks under two conditions.
///
/// @param both       tasks with yes under both
/// @param onlyFirst  tasks with yes under the first alone
/// @param onlySecond tasks with yes under the second alone
/// @param neither    tasks with yes under none
public record PairedOutcomes(long both, long onlyFirst, long onlySecond, long neither) {
    // 2^-1000 and its sums are still normal numbers.
    private static final long SUMMED_DIRECTLY = 1000;
    private static final int HALVINGS = 200;

    /// @throws IllegalArgumentException if a count is negative or there are no tasks
    public PairedOutcomes {
        if (both < 0
                || onlyFirst < 0
                || onlySecond < 0
                || neither < 0
                || both + onlyFirst + onlySecond + neither == 0) {
            throw new IllegalArgumentException("paired outcomes are counts of at least one task");
        }
    }

    /// How many tasks there are.
    public long tasks() {
        return both + onlyFirst + onlySecond + neither;
    }

    /// The share under the first condition.
    public Proportion first() {
        return new Proportion(both + onlyFirst, tasks());
    }

    /// The share under the second condition.
    public Proportion second() {
        return new Proportion(both + onlySecond, tasks());
    }

    /// First share less second share.
    public double difference() {
        return (double) (onlyFirst - onlySecond) / tasks();
    }

    /// The exact two-sided test that neither condition is better (McNemar 1947): how likely tasks that differ
    /// would be divided as unevenly, or more, by a fair coin. 1 if none differs.
    ///
    /// With b and c tasks that differ: min(1, 2 sum over i up to min(b, c) of C(b + c, i) / 2^(b + c)).
    public double mcNemar() {
        long differing = onlyFirst + onlySecond;
        long fewer = Math.min(onlyFirst, onlySecond);
        if (differing == 0) {
            return 1;
        }
        if (differing > SUMMED_DIRECTLY) {
            return Math.min(
                    1,
                    2
                            * BinomialDistribution.of(Math.toIntExact(differing), 0.5)
                                    .cumulativeProbability(Math.toIntExact(fewer)));
        }
        double term = Math.scalb(1.0, (int) -differing);
        double sum = term;
        for (long i = 1; i <= fewer; i++) {
            term = term * (differing - i + 1) / i;
            sum += term;
        }
        return Math.min(1, 2 * sum);
    }

    /// The score interval of the difference (Tango 1998): all differences that a test with the normal
    /// approximation would not reject, given the likeliest other parameters under each. It exists for any
    /// counts, zeros included.
    ///
    /// @param level strictly between 0 and 1
    public Proportion.Ends differenceInterval(double level) {
        double z = Proportion.quantile(level);
        double value = difference();
        return new Proportion.Ends(
                value <= -1 ? -1 : end(-1, value, z, true), value >= 1 ? 1 : end(value, 1, z, false));
    }

    /// Where the score passes z, between a difference and an end of the range.
    private double end(double from, double to, double z, boolean lower) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            boolean rejected = Math.abs(score(middle)) > z;
            if (rejected == lower) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return lower ? high : low;
    }

    /// Tango's statistic for a supposed difference.
    private double score(double supposed) {
        double n = tasks();
        double b = 2 * n;
        double linear = -onlyFirst - onlySecond + (2 * n - onlyFirst + onlySecond) * supposed;
        double constant = -onlySecond * supposed * (1 - supposed);
        double likeliest = (Math.sqrt(Math.max(0, linear * linear - 4 * b * constant)) - linear) / (2 * b);
        double variance = n * (2 * likeliest + supposed * (1 - supposed));
        double distance = onlyFirst - onlySecond - n * supposed;
        return variance > 0 ? distance / Math.sqrt(variance) : distance == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
}
