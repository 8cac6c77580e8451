package dev.assay.measure.internal;

import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Interval;
import dev.assay.inference.Share;
import dev.assay.inference.Units;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Weighted quantiles: the smallest value up to which at least the level's share of the weight lies.
/// Limits are the quantiles at the exact limits of that share (Woodruff 1952).
public final class WeightedQuantile {
    private final double[] values;
    private final double[] weights;
    private final Units units;
    /// Positions of present values of positive weight, ascending by value.
    private final int[] order;
    /// Share of weight up to and with each.
    private final double[] upTo;

    private WeightedQuantile(double[] values, double[] weights, Units units) {
        this.values = values;
        this.weights = weights;
        this.units = units;
        this.order = IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]) && weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        this.upTo = new double[order.length];
        double total = 0;
        for (int k = 0; k < order.length; k++) {
            total += weights[order[k]];
            upTo[k] = total;
        }
        for (int k = 0; k < order.length; k++) {
            upTo[k] /= total;
        }
    }

    /// Quantiles of these values, NaN being missing.
    public static WeightedQuantile of(double[] values, double[] weights, Units units) {
        return new WeightedQuantile(values, weights, units);
    }

    /// The quantile at a level; NaN if there is no value.
    public double at(double level) {
        if (order.length == 0) {
            return Double.NaN;
        }
        // A level that a sum of weights misses by rounding is still that level.
        int k = Arrays.binarySearch(upTo, level - 1e-12);
        return values[order[Math.min(order.length - 1, k < 0 ? -k - 1 : k)]];
    }

    /// This quantile less another's of an independent sample, limits from those of both.
    public Estimate less(WeightedQuantile other, double q, double level) {
        double a = at(q);
        double b = other.at(q);
        long rows = (long) order.length + other.order.length;
        int fewest = Math.min(units.count(), other.units.count());
        String reason = "";
        double low = Double.NaN;
        double high = Double.NaN;
        if (Double.isNaN(a - b)) {
            reason = "one of the samples has no value";
        } else if (Double.isInfinite(a - b)) {
            reason = "the difference is beyond the largest number";
        } else if (fewest < Bootstrap.FEWEST_UNITS) {
            reason = "too few clusters: " + fewest + " units, an interval needs " + Bootstrap.FEWEST_UNITS;
        } else {
            double[] mine = limits(q, level);
            double[] others = other.limits(q, level);
            low = a - b - Math.hypot(a - mine[0], others[1] - b);
            high = a - b + Math.hypot(mine[1] - a, b - others[0]);
        }
        boolean absent = !reason.isEmpty();
        return new Estimate(
                !Double.isFinite(a - b) ? OptionalDouble.empty() : OptionalDouble.of(a - b),
                rows,
                fewest,
                units.kind(),
                absent ? OptionalDouble.empty() : OptionalDouble.of(low),
                absent ? OptionalDouble.empty() : OptionalDouble.of(high),
                level,
                Interval.WOODRUFF,
                0,
                0,
                OptionalDouble.empty(),
                List.of(),
                absent ? Optional.of(reason) : Optional.empty());
    }

    private double[] limits(double q, double level) {
        double at = at(q);
        double[] present = new double[values.length];
        double[] below = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            present[row] = Double.isNaN(values[row]) ? 0 : 1;
            below[row] = values[row] <= at ? 1 : 0;
        }
        Share share = Share.of(units, weights, present, below);
        // The share at the quantile may be well above the level where the value has mass; limits are
        // those of the level.
        Share atLevel = new Share(q, share.effective(), share.rows(), share.units(), share.kind());
        Estimate limits = atLevel.exact(level);
        return new double[] {
            limits.low().isPresent() ? Math.min(at, at(limits.low().getAsDouble())) : at,
            limits.high().isPresent() ? Math.max(at, at(limits.high().getAsDouble())) : at
        };
    }
}
