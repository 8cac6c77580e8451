package dev.assay.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/// A statistic of one or two samples, and what it is without each of several groups of units
/// (delete-a-group jackknife): its variance is (G - 1) / G times the sum of squared differences to the
/// mean. Suits statistics that a resample would bias by its duplicates, such as those of nearest
/// neighbours.
///
/// @param value    of the samples; NaN if it does not exist
/// @param without  `[groups]`, without each group
/// @param rows     behind the value
/// @param averaged units over which the value is a mean
/// @param units    units of the smaller sample
/// @param kind     what a unit is
public record Jackknife(double value, double[] without, long rows, int averaged, int units, String kind) {
    /// The standard error.
    public double error() {
        double mean = Arrays.stream(without).average().orElse(Double.NaN);
        double squares = 0;
        for (double each : without) {
            squares += (each - mean) * (each - mean);
        }
        return Math.sqrt(squares * (without.length - 1) / without.length);
    }

    /// This statistic less another with the same groups.
    ///
    /// @throws IllegalArgumentException if there are other groups
    public Jackknife less(Jackknife other) {
        if (other.without.length != without.length) {
            throw new IllegalArgumentException("the two statistics have different groups");
        }
        double[] difference = without.clone();
        for (int g = 0; g < difference.length; g++) {
            difference[g] -= other.without[g];
        }
        return new Jackknife(value - other.value, difference, rows, averaged, Math.min(units, other.units), kind);
    }

    /// value +- t times the standard error.
    public Estimate plain(double level) {
        double reach = t(level) * error();
        return estimate(level, Interval.JACKKNIFE, value - reach, value + reach);
    }

    /// The same on the scale of the logarithm, for a statistic that is positive.
    public Estimate positive(double level) {
        double factor = Math.exp(t(level) * error() / value);
        return estimate(level, Interval.JACKKNIFE, value / factor, value * factor);
    }

    /// Exact limits of a share at its effective size, see [Share]; at most the units over which it is a
    /// mean.
    public Estimate share(double level) {
        double variance = error() * error();
        double shrink = Proportion.quantile(level) / t(level);
        double effective =
                variance > 0 ? Math.min(averaged, value * (1 - value) / variance * shrink * shrink) : averaged;
        if (!(effective > 0)) {
            effective = averaged;
        }
        Proportion.Ends ends = Double.isNaN(value)
                ? new Proportion.Ends(value, value)
                : Proportion.clopperPearson(value * effective, effective, level);
        return estimate(level, Interval.JACKKNIFE_EXACT, ends.low(), ends.high());
    }

    private double t(double level) {
        return TDistribution.of(Math.max(1, without.length - 1)).inverseSurvivalProbability((1 - level) / 2);
    }

    private Estimate estimate(double level, Interval interval, double low, double high) {
        boolean few = units < Bootstrap.FEWEST_UNITS;
        boolean absent = few || !Double.isFinite(low) || !Double.isFinite(high);
        Optional<String> reason = !absent
                ? Optional.empty()
                : Optional.of(
                        few
                                ? "too few clusters: " + units + " units, an interval needs " + Bootstrap.FEWEST_UNITS
                                : "the statistic does not exist on these samples, or not without one of the groups");
        return new Estimate(
                Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
                rows,
                units,
                kind,
                absent ? OptionalDouble.empty() : OptionalDouble.of(low),
                absent ? OptionalDouble.empty() : OptionalDouble.of(high),
                level,
                interval,
                0,
                0,
                OptionalDouble.empty(),
                units < Bootstrap.ENOUGH_UNITS ? List.of("few clusters: " + units) : List.of(),
                reason);
    }
}
