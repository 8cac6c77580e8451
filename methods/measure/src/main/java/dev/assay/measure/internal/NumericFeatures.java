package dev.assay.measure.internal;

import dev.assay.frame.Frame;
import dev.assay.inference.RowKernel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Numeric columns of a sample, so laid out that correlations and correlation ratios on any draw come
/// from sums of products.
///
/// A row holds 1, then each column's value z (standardised once, so that no digits are lost; 0 where
/// missing), then, if any cell is missing at all, each column's presence m (0 or 1) and z^2. Sums over
/// the rows where two columns are both present are then products of features: sum z_a m_b, sum z_a^2 m_b
/// and so on.
final class NumericFeatures {
    private final int columns;
    private final int width;
    private final boolean gaps;
    private final double[] features;
    private final int rows;
    private final int constant;

    private NumericFeatures(int columns, boolean gaps, double[] features, int rows, int constant) {
        this.columns = columns;
        this.gaps = gaps;
        this.width = 1 + columns * (gaps ? 3 : 1);
        this.features = features;
        this.rows = rows;
        this.constant = constant;
    }

    static NumericFeatures of(Frame frame, List<String> names, double[] weights, boolean ranks) {
        int rows = frame.rows();
        boolean gaps = names.stream().anyMatch(name -> frame.column(name).missing() > 0);
        int count = names.size();
        int width = 1 + count * (gaps ? 3 : 1);
        double[] features = new double[Math.multiplyExact(rows, width)];
        int constant = 0;
        for (int row = 0; row < rows; row++) {
            features[row * width] = 1;
        }
        for (int c = 0; c < count; c++) {
            double[] values = Codes.numbers(frame, names.get(c));
            double[] z = standardised(ranks ? midRanks(values, weights) : values);
            if (Arrays.stream(z).allMatch(v -> v == 0 || Double.isNaN(v))) {
                constant++;
            }
            for (int row = 0; row < rows; row++) {
                if (!Double.isNaN(z[row])) {
                    features[row * width + 1 + c] = z[row];
                    if (gaps) {
                        features[row * width + 1 + count + c] = 1;
                        features[row * width + 1 + 2 * count + c] = z[row] * z[row];
                    }
                }
            }
        }
        return new NumericFeatures(count, gaps, features, rows, constant);
    }

    /// Columns without two different values.
    int constant() {
        return constant;
    }

    /// Weighted sums of products of all features, `[width, width]`, the upper triangle.
    double[] products(double[] weights) {
        RowKernel kernel = RowKernel.best();
        double[] sums = new double[width * width];
        for (int row = 0; row < rows; row++) {
            double w = weights[row];
            if (w != 0) {
                int at = row * width;
                for (int a = 0; a < width; a++) {
                    double x = w * features[at + a];
                    if (x != 0) {
                        kernel.addScaled(x, features, at + a, sums, a * width + a, width - a);
                    }
                }
            }
        }
        return sums;
    }

    /// Weighted sums of all features by level, `[levels, width]`.
    double[] sumsByLevel(double[] weights, int[] code, int levels) {
        RowKernel kernel = RowKernel.best();
        double[] sums = new double[levels * width];
        for (int row = 0; row < rows; row++) {
            double w = weights[row];
            if (w != 0) {
                kernel.addScaled(w, features, row * width, sums, code[row] * width, width);
            }
        }
        return sums;
    }

    /// Pearson's correlation over the rows where both columns are present; 0 if one of them is constant
    /// there.
    double correlation(double[] products, int a, int b) {
        double n = product(products, present(a), present(b));
        double sumA = product(products, value(a), present(b));
        double sumB = product(products, value(b), present(a));
        double squaresA = gaps ? product(products, square(a), present(b)) : product(products, value(a), value(a));
        double squaresB = gaps ? product(products, square(b), present(a)) : product(products, value(b), value(b));
        double varianceA = squaresA - sumA * sumA / n;
        double varianceB = squaresB - sumB * sumB / n;
        if (!(varianceA > NOTHING * squaresA && varianceB > NOTHING * squaresB)) {
            return 0;
        }
        double covariance = product(products, value(a), value(b)) - sumA * sumB / n;
        return Math.clamp(covariance / Math.sqrt(varianceA * varianceB), -1, 1);
    }

    /// The correlation ratio of a column by levels; 0 if it is constant.
    double eta(double[] products, double[] byLevel, int levels, int column) {
        double n = product(products, present(column), present(column));
        double sum = product(products, value(column), present(column));
        double squares = product(products, value(column), value(column));
        double variance = squares - sum * sum / n;
        if (!(variance > NOTHING * squares)) {
            return 0;
        }
        double between = -sum * sum / n;
        for (int level = 0; level < levels; level++) {
            double rowsOfLevel = byLevel[level * width + present(column)];
            double sumOfLevel = byLevel[level * width + value(column)];
            if (rowsOfLevel > 0) {
                between += sumOfLevel * sumOfLevel / rowsOfLevel;
            }
        }
        return Math.sqrt(Math.clamp(between / variance, 0, 1));
    }

    /// A variance below this share of the sum of squares is the rounding error of a constant.
    private static final double NOTHING = 1e-13;

    private int value(int column) {
        return 1 + column;
    }

    private int present(int column) {
        return gaps ? 1 + columns + column : 0;
    }

    private int square(int column) {
        return 1 + 2 * columns + column;
    }

    private double product(double[] products, int a, int b) {
        return products[Math.min(a, b) * width + Math.max(a, b)];
    }

    /// (x - mean) / sd over the present values; a constant becomes 0.
    private static double[] standardised(double[] unscaled) {
        double scale = NumberDistances.scale(unscaled);
        double[] values = scale == 1
                ? unscaled
                : Arrays.stream(unscaled).map(v -> v / scale).toArray();
        double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(present).average().orElse(0);
        double squares = 0;
        boolean varies = false;
        for (double v : present) {
            squares += (v - mean) * (v - mean);
            varies |= v != present[0];
        }
        double deviation = Math.sqrt(squares / present.length);
        double[] z = new double[values.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = Double.isNaN(values[i]) ? Double.NaN : varies && deviation > 0 ? (values[i] - mean) / deviation : 0;
        }
        return z;
    }

    /// Weighted mid-ranks: the weight below a value and half the weight at it.
    private static double[] midRanks(double[] values, double[] weights) {
        int[] order = IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] ranks = new double[values.length];
        Arrays.fill(ranks, Double.NaN);
        double below = 0;
        int from = 0;
        while (from < order.length) {
            double tied = 0;
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                tied += weights[order[to++]];
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = below + tied / 2;
            }
            below += tied;
            from = to;
        }
        return ranks;
    }
}
