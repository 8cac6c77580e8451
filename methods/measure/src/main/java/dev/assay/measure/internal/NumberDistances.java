package dev.assay.measure.internal;

import dev.assay.inference.Bootstrap;
import dev.assay.inference.Units;
import java.util.Comparator;
import java.util.stream.IntStream;

/// W1, W1 divided by the deviation, and Kolmogorov-Smirnov. Both samples are sorted together once; a
/// draw only changes the step heights, so it costs two passes.
public final class NumberDistances implements MarginalDistance {
    /// Beyond this size numbers are divided by a power of two, so that neither squares nor differences
    /// overflow.
    private static final double LARGE = 1e100;

    private final double scale;
    private final double deviation;
    /// All present values, ascending, divided by the scale.
    private final double[] value;
    /// The unit of each; a synthetic unit u as -u - 1.
    private final int[] unit;
    private final double[] weight;
    /// F - G after each value.
    private final double[] gap;
    /// Whether the gap is within noise of 0.
    private final boolean[] near;
    /// Whether the largest gap may be here.
    private final boolean[] candidate;

    private final int widest;
    private final double[] values;

    private NumberDistances(
            double scale, double deviation, double[] value, int[] unit, double[] weight, int firsts, int seconds) {
        this.scale = scale;
        this.deviation = deviation;
        this.value = value;
        this.unit = unit;
        this.weight = weight;
        int n = value.length;
        this.gap = new double[n];
        this.near = new boolean[n];
        this.candidate = new boolean[n];
        Side real = new Side(firsts);
        Side synthetic = new Side(seconds);
        for (int k = 0; k < n; k++) {
            side(real, synthetic, k).weigh(index(k), weight[k]);
        }
        double noise = Bootstrap.noise(Math.min(firsts, seconds));
        double[] reach = new double[n];
        double area = 0;
        double most = 0;
        int at = 0;
        for (int k = 0; k + 1 < n; k++) {
            side(real, synthetic, k).add(index(k), weight[k]);
            double step = value[k + 1] - value[k];
            if (step > 0) {
                gap[k] = real.share() - synthetic.share();
                reach[k] = noise * Math.sqrt(real.variance() + synthetic.variance());
                near[k] = Math.abs(gap[k]) <= reach[k];
                area += step * Math.abs(gap[k]);
                if (Math.abs(gap[k]) > most) {
                    most = Math.abs(gap[k]);
                    at = k;
                }
            }
        }
        for (int k = 0; k < n; k++) {
            candidate[k] = Math.abs(gap[k]) + reach[k] >= most;
        }
        this.widest = at;
        boolean both = real.total > 0 && synthetic.total > 0;
        this.values = both
                ? new double[] {area * scale, deviation > 0 ? area / deviation : Double.NaN, most}
                : new double[] {Double.NaN, Double.NaN, Double.NaN};
    }

    /// The distances of these values, NaN being missing.
    public static NumberDistances of(
            double[] real,
            double[] realWeights,
            Units realUnits,
            double[] synthetic,
            double[] syntheticWeights,
            Units syntheticUnits) {
        int n = real.length;
        int[] order = IntStream.range(0, n + synthetic.length)
                .filter(i -> !Double.isNaN(i < n ? real[i] : synthetic[i - n]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> i < n ? real[i] : synthetic[i - n]))
                .mapToInt(i -> i)
                .toArray();
        double[] value = new double[order.length];
        int[] unit = new int[order.length];
        double[] weight = new double[order.length];
        for (int k = 0; k < order.length; k++) {
            int i = order[k];
            boolean isReal = i < n;
            value[k] = isReal ? real[i] : synthetic[i - n];
            unit[k] = isReal ? realUnits.of(i) : -syntheticUnits.of(i - n) - 1;
            weight[k] = isReal ? realWeights[i] : syntheticWeights[i - n];
        }
        double scale = scale(value);
        if (scale != 1) {
            for (int k = 0; k < value.length; k++) {
                value[k] /= scale;
            }
        }
        return new NumberDistances(
                scale, deviation(value, unit, weight), value, unit, weight, realUnits.count(), syntheticUnits.count());
    }

    /// A power of two that brings the largest number to about 1, or 1 if none is very large.
    public static double scale(double[] values) {
        double largest = 0;
        for (double v : values) {
            largest = Math.abs(v) > largest ? Math.abs(v) : largest;
        }
        return largest < LARGE ? 1 : Math.scalb(1.0, Math.getExponent(largest));
    }

    /// Weighted standard deviation of the real values, 0 if they are constant (divisor: sum of weights).
    public double deviation() {
        return deviation;
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public void moves(int[] first, int[] second, double[] most, double[] least, int at) {
        double real = 0;
        double synthetic = 0;
        for (int k = 0; k < unit.length; k++) {
            if (unit[k] >= 0) {
                real += weight[k] * first[unit[k]];
            } else {
                synthetic += weight[k] * second[-unit[k] - 1];
            }
        }
        if (real == 0 || synthetic == 0) {
            for (int i = at; i < at + values.length; i++) {
                most[i] = Double.NaN;
                least[i] = Double.NaN;
            }
            return;
        }
        double perReal = 1 / real;
        double perSynthetic = 1 / synthetic;
        double f = 0;
        double g = 0;
        double areaMost = 0;
        double areaLeast = 0;
        double widestMost = Double.NEGATIVE_INFINITY;
        double widestLeast = 0;
        for (int k = 0; k + 1 < unit.length; k++) {
            if (unit[k] >= 0) {
                f += weight[k] * first[unit[k]];
            } else {
                g += weight[k] * second[-unit[k] - 1];
            }
            double step = value[k + 1] - value[k];
            if (step > 0) {
                double moved = f * perReal - g * perSynthetic - gap[k];
                double signed = gap[k] < 0 ? -moved : moved;
                double here = near[k] ? Math.abs(moved) : signed;
                areaMost += step * here;
                areaLeast += step * signed;
                if (candidate[k] && here > widestMost) {
                    widestMost = here;
                }
                if (k == widest) {
                    widestLeast = signed;
                }
            }
        }
        most[at] = areaMost * scale;
        least[at] = areaLeast * scale;
        most[at + 1] = deviation > 0 ? areaMost / deviation : Double.NaN;
        least[at + 1] = deviation > 0 ? areaLeast / deviation : Double.NaN;
        most[at + 2] = Math.max(widestMost, widestLeast);
        least[at + 2] = widestLeast;
    }

    private Side side(Side real, Side synthetic, int k) {
        return unit[k] >= 0 ? real : synthetic;
    }

    private int index(int k) {
        return unit[k] >= 0 ? unit[k] : -unit[k] - 1;
    }

    private static double deviation(double[] values, int[] unit, double[] weights) {
        double total = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            if (unit[i] >= 0 && weights[i] > 0) {
                total += weights[i];
                double d = values[i] - mean;
                mean += d * weights[i] / total;
                squares += weights[i] * d * (values[i] - mean);
            }
        }
        return total > 0 ? Math.sqrt(squares / total) : 0;
    }

    /// A distribution function that grows value by value, and its variance by linearisation over units:
    /// the sum over units of (A - F B)^2 / W^2, A the unit's weight so far, B its weight in all.
    private static final class Side {
        private final double[] all;
        private final double[] soFar;
        private double total;
        private double below;
        private double squares;
        private double products;
        private double allSquares;

        Side(int units) {
            this.all = new double[units];
            this.soFar = new double[units];
        }

        void weigh(int u, double w) {
            allSquares += w * (2 * all[u] + w);
            all[u] += w;
            total += w;
        }

        void add(int u, double w) {
            squares += w * (2 * soFar[u] + w);
            products += w * all[u];
            soFar[u] += w;
            below += w;
        }

        double share() {
            return total > 0 ? below / total : 0;
        }

        double variance() {
            double f = share();
            return total > 0 ? Math.max(0, squares - 2 * f * products + f * f * allSquares) / (total * total) : 0;
        }
    }
}
