package dev.assay.measure.internal;

import dev.assay.inference.Units;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Distances of one column as functions of a draw.
public sealed interface MarginalDistance {
    /// How many distances.
    int width();

    /// Computes the distances on a draw.
    ///
    /// @param first  times each real unit was drawn
    /// @param second times each synthetic unit was drawn
    /// @param out    receives [#width()] numbers from `at` on, NaN where a side has no value
    void of(int[] first, int[] second, double[] out, int at);

    /// W1, W1 divided by the deviation, and Kolmogorov-Smirnov. Both samples are sorted together once; a draw
    /// only changes the step heights, so it costs two passes.
    ///
    /// @param value     all present values, ascending
    /// @param unit      the unit of each; a synthetic unit u as -u - 1
    /// @param weight    the weight of each
    /// @param deviation weighted standard deviation of the real values (divisor: sum of weights)
    record OfNumbers(double[] value, int[] unit, double[] weight, double deviation) implements MarginalDistance {
        /// The distances of these values, NaN being missing.
        public static OfNumbers of(
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
            return new OfNumbers(value, unit, weight, deviation(real, realWeights));
        }

        @Override
        public int width() {
            return 3;
        }

        @Override
        public void of(int[] first, int[] second, double[] out, int at) {
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
                out[at] = Double.NaN;
                out[at + 1] = Double.NaN;
                out[at + 2] = Double.NaN;
                return;
            }
            double perReal = 1 / real;
            double perSynthetic = 1 / synthetic;
            double f = 0;
            double g = 0;
            double area = 0;
            double most = 0;
            for (int k = 0; k + 1 < unit.length; k++) {
                if (unit[k] >= 0) {
                    f += weight[k] * first[unit[k]];
                } else {
                    g += weight[k] * second[-unit[k] - 1];
                }
                double step = value[k + 1] - value[k];
                if (step > 0) {
                    double gap = Math.abs(f * perReal - g * perSynthetic);
                    area += step * gap;
                    most = Math.max(most, gap);
                }
            }
            out[at] = area;
            out[at + 1] = deviation > 0 ? area / deviation : Double.NaN;
            out[at + 2] = most;
        }

        private static double deviation(double[] values, double[] weights) {
            double total = 0;
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                if (!Double.isNaN(values[i]) && weights[i] > 0) {
                    total += weights[i];
                    double d = values[i] - mean;
                    mean += d * weights[i] / total;
                    squares += weights[i] * d * (values[i] - mean);
                }
            }
            return total > 0 ? Math.sqrt(squares / total) : 0;
        }
    }

    /// Total variation between levels.
    ///
    /// @param first  weight of each level in each real unit
    /// @param second weight of each level in each synthetic unit
    record OfLevels(Levels first, Levels second) implements MarginalDistance {
        /// The distance between two coded columns.
        public static OfLevels of(
                Codes.Joint codes, double[] realWeights, Units realUnits, double[] weights, Units units) {
            return new OfLevels(
                    new Levels(codes.first(), codes.count(), realWeights, realUnits),
                    new Levels(codes.second(), codes.count(), weights, units));
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void of(int[] firstTimes, int[] secondTimes, double[] out, int at) {
            double[] p = first.shares(firstTimes);
            double[] q = second.shares(secondTimes);
            double sum = 0;
            for (int level = 0; level < p.length; level++) {
                sum += Math.abs(p[level] - q[level]);
            }
            out[at] = sum / 2;
        }
    }

    /// A coded column.
    ///
    /// @param code   of each row
    /// @param count  number of levels
    /// @param weight of each row
    /// @param units  of the rows
    record Levels(int[] code, int count, double[] weight, Units units) {
        double[] shares(int[] times) {
            double[] shares = new double[count];
            double total = 0;
            for (int row = 0; row < code.length; row++) {
                double w = weight[row] * times[units.of(row)];
                shares[code[row]] += w;
                total += w;
            }
            for (int level = 0; level < count; level++) {
                shares[level] /= total;
            }
            return shares;
        }
    }
}
