package dev.assay.inference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/// A weighted share of clustered rows, and how many independent rows of equal weight would say as much
/// about it.
///
/// A bootstrap gives a share of 0 the interval from 0 to 0, which 0 of 300 does not show. The limits
/// here are exact ones of a binomial with the effective number of trials (Korn and Graubard 1998): share
/// (1 - share) / variance, the variance by linearisation over units, at most the rows' (sum w)^2 / sum
/// w^2; where the share is 0 or 1 and shows no variance, the units' (sum W)^2 / sum W^2, as if the rows
/// of a unit were one.
///
/// @param value     0 to 1; NaN if no row counts
/// @param effective independent rows of equal weight
/// @param rows      that count
/// @param units     that hold them
/// @param kind      what a unit is
public record Share(double value, double effective, long rows, int units, String kind) {
    /// The share of rows' weight that is in a group.
    ///
    /// @param weights 0 or more, a row each
    /// @param counted 1 for rows that count, else 0
    /// @param inside  1 for rows that count and are in the group, else 0
    /// @throws IllegalArgumentException if lengths differ
    public static Share of(Units units, double[] weights, double[] counted, double[] inside) {
        if (weights.length != units.rows() || counted.length != units.rows() || inside.length != units.rows()) {
            throw new IllegalArgumentException("there are " + units.rows() + " rows in the units, but " + weights.length
                    + " weights, " + counted.length + " and " + inside.length + " marks");
        }
        double[] weight = new double[units.count()];
        double[] hit = new double[units.count()];
        double all = 0;
        double squares = 0;
        double hits = 0;
        long rows = 0;
        for (int row = 0; row < weights.length; row++) {
            double w = weights[row] * counted[row];
            if (w > 0) {
                rows++;
                all += w;
                squares += w * w;
                hits += w * inside[row];
                weight[units.of(row)] += w;
                hit[units.of(row)] += w * inside[row];
            }
        }
        if (!(all > 0)) {
            return new Share(Double.NaN, 0, 0, 0, units.kind());
        }
        double share = Math.clamp(hits / all, 0, 1);
        double variance = 0;
        double unitSquares = 0;
        int present = 0;
        for (int u = 0; u < weight.length; u++) {
            double residual = (hit[u] - share * weight[u]) / all;
            variance += residual * residual;
            unitSquares += weight[u] * weight[u];
            present += weight[u] > 0 ? 1 : 0;
        }
        double most = all * all / squares;
        double ofUnits = all * all / unitSquares;
        double effective = variance > 0 ? Math.min(most, share * (1 - share) / variance) : ofUnits;
        return new Share(share, shrunk(effective, most, present), rows, present, units.kind());
    }

    /// A share of 0 or 1 marks over rows of weight 1.
    public static Share of(Units units, double[] marks) {
        double[] ones = new double[marks.length];
        java.util.Arrays.fill(ones, 1);
        return of(units, ones, ones, marks);
    }

    /// Few units know their variance badly: the size shrinks by the quantiles of Student's t.
    private static double shrunk(double effective, double rows, int units) {
        if (units < 2 || units >= rows) {
            return effective;
        }
        double ratio = t(Math.max(1, rows - 1)) / t(units - 1);
        return effective * ratio * ratio;
    }

    private static double t(double freedom) {
        return TDistribution.of(freedom).inverseSurvivalProbability(0.025);
    }

    /// The share with exact limits; without an interval below [Bootstrap#FEWEST_UNITS] units.
    public Estimate exact(double level) {
        if (Double.isNaN(value)) {
            return absent(level, Interval.EXACT, OptionalDouble.empty(), "no row counts");
        }
        if (units < Bootstrap.FEWEST_UNITS) {
            return absent(level, Interval.EXACT, OptionalDouble.of(value), tooFew(units));
        }
        Proportion.Ends ends = Proportion.clopperPearson(value * effective, effective, level);
        return estimate(value, ends.low(), ends.high(), level, Interval.EXACT, rows, units);
    }

    /// This share less another of an independent sample, with its sign.
    public Estimate difference(Share other, double level) {
        long bothRows = rows + other.rows;
        int fewest = Math.min(units, other.units);
        if (Double.isNaN(value) || Double.isNaN(other.value)) {
            return new Share(Double.NaN, 0, bothRows, fewest, kind)
                    .absent(level, Interval.SCORE, OptionalDouble.empty(), "no row counts in one of the samples");
        }
        double d = value - other.value;
        if (fewest < Bootstrap.FEWEST_UNITS) {
            return new Share(value, 0, bothRows, fewest, kind)
                    .absent(level, Interval.SCORE, OptionalDouble.of(d), tooFew(fewest));
        }
        Proportion.Ends mine = Proportion.wilson(value * effective, effective, level);
        Proportion.Ends others = Proportion.wilson(other.value * other.effective, other.effective, level);
        double low = d - Math.hypot(value - mine.low(), others.high() - other.value);
        double high = d + Math.hypot(mine.high() - value, other.value - others.low());
        return estimate(d, low, high, level, Interval.SCORE, bothRows, fewest);
    }

    /// The absolute difference to a share of an independent sample: 0 is in the interval if it is in the
    /// one with a sign.
    public Estimate absoluteDifference(Share other, double level) {
        Estimate signed = difference(other, level);
        if (signed.value().isEmpty() || !signed.hasInterval()) {
            return absent(
                    level,
                    Interval.SCORE,
                    signed.value().isEmpty() ? signed.value() : OptionalDouble.of(Math.abs(value - other.value)),
                    signed.reason().orElse(""));
        }
        double low = signed.low().getAsDouble();
        double high = signed.high().orElse(low);
        return estimate(
                Math.abs(value - other.value),
                Math.max(0, Math.max(low, -high)),
                Math.max(Math.abs(low), Math.abs(high)),
                level,
                Interval.SCORE,
                signed.n(),
                signed.units());
    }

    private static String tooFew(int units) {
        return "too few clusters: " + units + " units, an interval needs " + Bootstrap.FEWEST_UNITS;
    }

    private Estimate estimate(
            double at, double low, double high, double level, Interval interval, long n, int resampled) {
        return new Estimate(
                OptionalDouble.of(at),
                n,
                resampled,
                kind,
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                level,
                interval,
                0,
                0,
                OptionalDouble.empty(),
                resampled < Bootstrap.ENOUGH_UNITS ? List.of("few clusters: " + resampled) : List.of(),
                Optional.empty());
    }

    private Estimate absent(double level, Interval interval, OptionalDouble at, String reason) {
        return new Estimate(
                at,
                rows,
                units,
                kind,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                level,
                interval,
                0,
                0,
                OptionalDouble.empty(),
                List.of(),
                Optional.of(reason));
    }
}
