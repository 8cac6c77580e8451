package dev.assay.inference;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// A share of independent trials.
///
/// @param successes of them, `0 <= successes <= trials`
/// @param trials    how many there were, at least 1
public record Proportion(long successes, long trials) {
    /// Ends of an interval.
    public record Ends(double low, double high) {}

    /// @throws IllegalArgumentException if the counts cannot be
    public Proportion {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("of " + trials + " trials " + successes + " cannot succeed");
        }
    }

    /// The share.
    public double value() {
        return (double) successes / trials;
    }

    /// The score interval (Wilson 1927): all shares that a test with the normal approximation would not
    /// reject. Its coverage is near the level on average over shares. For single shares near 0 or 1 it
    /// is far below it:
    /// at the level 0.95 it falls to 0.835 for 10 trials and to 0.839 for 100.
    ///
    /// @param level strictly between 0 and 1
    public Ends wilson(double level) {
        return wilson(successes, trials, level);
    }

    /// The exact interval (Clopper and Pearson 1934): its coverage is never below the level, and often
    /// above.
    ///
    /// @param level strictly between 0 and 1
    public Ends clopperPearson(double level) {
        return clopperPearson(successes, trials, level);
    }

    /// [#wilson(double)] for an effective number of trials.
    static Ends wilson(double successes, double trials, double level) {
        double z = quantile(level);
        double centre = (successes + z * z / 2) / (trials + z * z);
        double half = z / (trials + z * z) * Math.sqrt(successes * (trials - successes) / trials + z * z / 4);
        return new Ends(
                successes <= 0 ? 0 : Math.max(0, centre - half), successes >= trials ? 1 : Math.min(1, centre + half));
    }

    /// [#clopperPearson(double)] for an effective number of trials.
    static Ends clopperPearson(double successes, double trials, double level) {
        double tail = (1 - level) / 2;
        double low = successes <= 0
                ? 0
                : BetaDistribution.of(successes, trials - successes + 1).inverseCumulativeProbability(tail);
        double high = successes >= trials
                ? 1
                : BetaDistribution.of(successes + 1, trials - successes).inverseSurvivalProbability(tail);
        return new Ends(low, high);
    }

    /// z such that a standard normal number lies within [-z, z] with this probability.
    static double quantile(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level must be between 0 and 1, got " + level);
        }
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    }
}
