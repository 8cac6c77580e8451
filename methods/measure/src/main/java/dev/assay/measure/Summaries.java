package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.ClusterSums;
import dev.assay.inference.Estimate;
import dev.assay.inference.Share;
import dev.assay.measure.internal.Codes;
import dev.assay.measure.internal.FrequentValues;
import dev.assay.measure.internal.NumberDistances;
import dev.assay.measure.internal.WeightedQuantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// What people read off a table: of each column its weighted mean and quantiles, or the shares of its
/// frequent values, synthetic less real, in the order of how far they are off.
///
/// Frequent are the [#MOST] most frequent values of either side that [#ROWS] of its rows hold (of synthetic
/// ones as many as go with [#ROWS] real ones), and the smallest and largest real value of a column of
/// numbers if [#ROWS] rows hold it, such as a top code. How far off is on one scale: differences of means
/// and quantiles in standard deviations of the real column, of shares in those of the value's indicator,
/// the root of the mean variance of both sides (the standardised difference of Austin 2009).
public final class Summaries {
    /// Rows of a side from which on a value is frequent.
    public static final int ROWS = 20;
    /// Most frequent values of a side that are looked at.
    public static final int MOST = 10;
    /// Levels of the quantiles.
    public static final List<Double> LEVELS = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    private Summaries() {}

    /// What is compared.
    public enum Kind {
        /// The weighted mean.
        MEAN,
        /// The weighted share of a value.
        SHARE,
        /// A weighted quantile.
        QUANTILE
    }

    /// A number of a column on both sides.
    ///
    /// @param column     name
    /// @param kind       what is compared
    /// @param of         the value, or the level of the quantile; empty for means
    /// @param real       among real rows
    /// @param synthetic  among synthetic rows
    /// @param difference synthetic - real
    /// @param off        the difference in standard deviations; NaN if there is none
    public record Summary(
            String column, Kind kind, String of, double real, double synthetic, Estimate difference, double off) {}

    /// The numbers of these columns, those furthest off first.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a column does not exist or has an infinite value
    public static List<Summary> of(
            Sample real, Sample synthetic, List<String> columns, Bootstrap bootstrap, Engine engine) {
        List<Summary> all = new ArrayList<>();
        List<String> numeric = columns.stream()
                .filter(c -> Codes.isNumeric(real.frame().column(c))
                        && Codes.isNumeric(synthetic.frame().column(c)))
                .toList();
        double[] scale = scales(real, synthetic, numeric);
        double[] deviation = new double[scale.length];
        means(real, synthetic, numeric, scale, deviation, bootstrap, engine, all);
        for (int c = 0; c < scale.length; c++) {
            quantiles(real, synthetic, numeric.get(c), scale[c], deviation[c], bootstrap.level(), all);
        }
        for (String column : columns) {
            shares(real, synthetic, column, bootstrap.level(), all);
        }
        all.sort(Comparator.comparingDouble((Summary s) -> Double.isNaN(s.off()) ? 1 : -Math.abs(s.off())));
        return List.copyOf(all);
    }

    /// By what the numbers of a column are divided, so that their squares and sums are finite.
    private static double[] scales(Sample real, Sample synthetic, List<String> columns) {
        double[] scale = new double[columns.size()];
        for (int c = 0; c < scale.length; c++) {
            double[] both = Arrays.copyOf(Codes.numbers(real.frame(), columns.get(c)), real.rows() + synthetic.rows());
            System.arraycopy(Codes.numbers(synthetic.frame(), columns.get(c)), 0, both, real.rows(), synthetic.rows());
            scale[c] = NumberDistances.scale(both);
        }
        return scale;
    }

    /// @param deviation is set to the standard deviations of the real columns, on the scale
    private static void means(
            Sample real,
            Sample synthetic,
            List<String> columns,
            double[] scale,
            double[] deviation,
            Bootstrap bootstrap,
            Engine engine,
            List<Summary> all) {
        if (columns.isEmpty()) {
            return;
        }
        double[][] ofReal = sums(real, columns, scale, deviation);
        double[][] ofSynthetic = sums(synthetic, columns, scale, new double[scale.length]);
        List<Estimate> differences = bootstrap.estimates(
                ClusterSums.of(real.units(), ofReal),
                ClusterSums.of(synthetic.units(), ofSynthetic),
                (first, second) -> {
                    double[] a = means(first, scale);
                    double[] b = means(second, scale);
                    for (int c = 0; c < a.length; c++) {
                        b[c] -= a[c];
                    }
                    return b;
                },
                engine);
        double[] a = means(totals(ofReal), scale);
        double[] b = means(totals(ofSynthetic), scale);
        for (int c = 0; c < a.length; c++) {
            double off = off(a[c], b[c], scale[c], deviation[c]);
            all.add(new Summary(columns.get(c), Kind.MEAN, "", a[c], b[c], differences.get(c), off));
        }
    }

    /// Weighted values of each column, then the weights of its present cells; and the deviations, on the
    /// scale.
    private static double[][] sums(Sample sample, List<String> columns, double[] scale, double[] deviation) {
        int count = columns.size();
        double[][] sums = new double[2 * count][sample.rows()];
        for (int c = 0; c < count; c++) {
            double[] x = Codes.numbers(sample.frame(), columns.get(c));
            double total = 0;
            double mean = 0;
            double squares = 0;
            for (int row = 0; row < x.length; row++) {
                double w = sample.weight(row);
                if (!Double.isNaN(x[row]) && w > 0) {
                    double v = x[row] / scale[c];
                    sums[c][row] = w * v;
                    sums[count + c][row] = w;
                    total += w;
                    double d = v - mean;
                    mean += d * w / total;
                    squares += w * d * (v - mean);
                }
            }
            deviation[c] = total > 0 ? Math.sqrt(squares / total) : 0;
        }
        return sums;
    }

    private static double[] totals(double[][] sums) {
        return Arrays.stream(sums).mapToDouble(s -> Arrays.stream(s).sum()).toArray();
    }

    private static double[] means(double[] sums, double[] scale) {
        double[] means = new double[scale.length];
        for (int c = 0; c < means.length; c++) {
            double present = sums[means.length + c];
            means[c] = present > 0 ? sums[c] / present * scale[c] : Double.NaN;
        }
        return means;
    }

    private static double off(double real, double synthetic, double scale, double deviation) {
        return deviation > 0 ? (synthetic / scale - real / scale) / deviation : Double.NaN;
    }

    private static void quantiles(
            Sample real,
            Sample synthetic,
            String column,
            double scale,
            double deviation,
            double level,
            List<Summary> all) {
        WeightedQuantile first = WeightedQuantile.of(Codes.numbers(real.frame(), column), real.weights(), real.units());
        WeightedQuantile second =
                WeightedQuantile.of(Codes.numbers(synthetic.frame(), column), synthetic.weights(), synthetic.units());
        for (double q : LEVELS) {
            Estimate difference = second.less(first, q, level);
            double off = off(first.at(q), second.at(q), scale, deviation);
            all.add(new Summary(column, Kind.QUANTILE, Double.toString(q), first.at(q), second.at(q), difference, off));
        }
    }

    private static void shares(Sample real, Sample synthetic, String column, double level, List<Summary> all) {
        FrequentValues values =
                FrequentValues.of(real.frame().column(column), synthetic.frame().column(column), ROWS, MOST);
        double[] allReal = ones(real.rows());
        double[] allSynthetic = ones(synthetic.rows());
        for (int v = 0; v < values.count(); v++) {
            Share first = Share.of(real.units(), real.weights(), allReal, values.first(v));
            Share second = Share.of(synthetic.units(), synthetic.weights(), allSynthetic, values.second(v));
            double p = first.value();
            double off = standardised(p, second.value());
            all.add(new Summary(
                    column, Kind.SHARE, values.name(v), p, second.value(), second.difference(first, level), off));
        }
    }

    /// Where all rows of one side hold the value and none of the other, the difference itself.
    private static double standardised(double real, double synthetic) {
        double variance = (real * (1 - real) + synthetic * (1 - synthetic)) / 2;
        return variance > 0 ? (synthetic - real) / Math.sqrt(variance) : synthetic - real;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
