package dev.assay.inference.internal;

import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// From replicates to an interval.
final class Intervals {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /// More undefined replicates than this share deserve a warning; more than half leave no interval.
    private static final double UNDEFINED_WARNING = 0.05;

    private Intervals() {}

    /// @param replicates empty if there were too few units
    /// @param without    the statistic without each unit, for BCa; else empty
    static Estimate estimate(
            Bootstrap plan, long n, int units, String kind, double point, double[] replicates, double[] without) {
        List<String> warnings = new ArrayList<>();
        if (Double.isNaN(point)) {
            return without(plan, n, units, kind, point, "the statistic does not exist on this sample");
        }
        if (Double.isInfinite(point)) {
            return without(plan, n, units, kind, Double.NaN, "it is larger than any number of double precision");
        }
        if (units < Bootstrap.FEWEST_UNITS) {
            return without(plan, n, units, kind, point, tooFew(units));
        }
        double[] sorted =
                Arrays.stream(replicates).filter(t -> !Double.isNaN(t)).toArray();
        Arrays.sort(sorted);
        int undefined = replicates.length - sorted.length;
        if (2 * undefined > replicates.length || sorted.length == 0) {
            return without(plan, n, units, kind, point, "the statistic does not exist on most replicates");
        }
        if (undefined > UNDEFINED_WARNING * replicates.length) {
            warnings.add("the statistic does not exist on " + undefined + " of " + replicates.length + " replicates");
        }
        if (units < Bootstrap.ENOUGH_UNITS) {
            warnings.add("few clusters: " + units);
        }
        boolean flat = sorted[0] == sorted[sorted.length - 1];
        if (flat) {
            warnings.add("all replicates are equal");
        }
        double mean = mean(sorted);
        double[] levels = {(1 - plan.level()) / 2, 1 - (1 - plan.level()) / 2};
        Interval interval = Interval.PERCENTILE;
        if (plan.interval() == Interval.BCA && !flat) {
            if (without.length == 0) {
                warnings.add("percentile instead of BCa: it takes one sample of " + Bootstrap.ENOUGH_UNITS + " units");
            } else {
                levels = bca(levels, point, sorted, without);
                interval = Interval.BCA;
                if (levels.length == 0) {
                    return without(plan, n, units, kind, point, "BCa unstable");
                }
            }
        }
        double low = quantile(sorted, levels[0]);
        double high = quantile(sorted, levels[1]);
        if (point < low || point > high) {
            double bias = mean - point;
            low = sameSide(low - bias, point, sorted);
            high = sameSide(high - bias, point, sorted);
            interval = Interval.CENTRED;
            warnings.add("the replicates are biased by " + (float) bias
                    + ": the interval is centred and shows the spread of the value, not its bias");
        }
        return new Estimate(
                OptionalDouble.of(point),
                n,
                units,
                kind,
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                plan.level(),
                interval,
                plan.replicates(),
                plan.seed(),
                OptionalDouble.of(mean),
                warnings,
                Optional.empty());
    }

    /// A distance that cannot be negative, see [Bootstrap#distances].
    ///
    /// @param most  how far each draw moves it at the most; empty if there were too few units
    /// @param least how far at the least
    static Estimate distance(
            Bootstrap plan, long n, int units, String kind, double value, double[] most, double[] least) {
        if (Double.isNaN(value)) {
            return without(plan, n, units, kind, value, "the statistic does not exist on this sample");
        }
        if (Double.isInfinite(value)) {
            return without(plan, n, units, kind, Double.NaN, "it is larger than any number of double precision");
        }
        if (units < Bootstrap.FEWEST_UNITS) {
            return without(plan, n, units, kind, value, tooFew(units));
        }
        double[] up = Arrays.stream(most).filter(t -> !Double.isNaN(t)).sorted().toArray();
        double[] down =
                Arrays.stream(least).filter(t -> !Double.isNaN(t)).sorted().toArray();
        if (2 * up.length < most.length || up.length == 0 || down.length == 0) {
            return without(plan, n, units, kind, value, "the statistic does not exist on most replicates");
        }
        if (up[0] == up[up.length - 1] && down[0] == down[down.length - 1]) {
            return without(plan, n, units, kind, value, "no draw differs from the sample, so no interval can be had");
        }
        List<String> warnings = new ArrayList<>();
        if (units < Bootstrap.ENOUGH_UNITS) {
            warnings.add("few clusters: " + units);
        }
        double tail = (1 - plan.level()) / 2;
        double low = Math.max(0, value - Math.max(0, quantile(up, 1 - tail)));
        double high = value - Math.min(0, quantile(down, tail));
        return new Estimate(
                OptionalDouble.of(value),
                n,
                units,
                kind,
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                plan.level(),
                Interval.DIRECTIONAL,
                plan.replicates(),
                plan.seed(),
                OptionalDouble.empty(),
                warnings,
                Optional.empty());
    }

    private static String tooFew(int units) {
        return "too few clusters: " + units + " units, an interval needs " + Bootstrap.FEWEST_UNITS;
    }

    /// An end of a moved interval; it does not cross 0 if neither the value nor a replicate does.
    private static double sameSide(double end, double point, double[] sorted) {
        if (Math.min(point, sorted[0]) >= 0) {
            return Math.max(0, end);
        }
        return Math.max(point, sorted[sorted.length - 1]) <= 0 ? Math.min(0, end) : end;
    }

    private static Estimate without(Bootstrap plan, long n, int units, String kind, double point, String reason) {
        return new Estimate(
                Double.isNaN(point) ? OptionalDouble.empty() : OptionalDouble.of(point),
                n,
                units,
                kind,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                plan.level(),
                plan.interval(),
                plan.replicates(),
                plan.seed(),
                OptionalDouble.empty(),
                List.of(),
                Optional.of(reason));
    }

    /// The quantile levels of Efron (1987), equations 2.3 and 6.6; empty if they are undefined.
    private static double[] bca(double[] levels, double point, double[] sorted, double[] without) {
        double halves = 0;
        for (double t : sorted) {
            halves += t < point ? 2 : t == point ? 1 : 0;
        }
        double least = 0.5 / sorted.length;
        double z0 = NORMAL.inverseCumulativeProbability(Math.clamp(halves / (2.0 * sorted.length), least, 1 - least));
        double mean = mean(without);
        double squares = 0;
        double cubes = 0;
        for (double j : without) {
            double d = mean - j;
            squares += d * d;
            cubes += d * d * d;
        }
        double a = squares == 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
        double[] adjusted = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            double z = z0 + NORMAL.inverseCumulativeProbability(levels[i]);
            double divisor = 1 - a * z;
            if (!(divisor > 0)) {
                return new double[0];
            }
            adjusted[i] = NORMAL.cumulativeProbability(z0 + z / divisor);
        }
        return adjusted;
    }

    /// Type 7 of Hyndman and Fan (1996).
    static double quantile(double[] sorted, double level) {
        double h = (sorted.length - 1) * level;
        int below = (int) Math.floor(h);
        return below + 1 >= sorted.length
                ? sorted[sorted.length - 1]
                : sorted[below] + (h - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }
}
