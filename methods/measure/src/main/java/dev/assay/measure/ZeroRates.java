package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.ClusterSums;
import dev.assay.inference.Estimate;
import dev.assay.inference.Share;
import dev.assay.measure.internal.Checks;
import dev.assay.measure.internal.Codes;
import java.util.ArrayList;
import java.util.List;

/// Shares of zeros in amount columns, real against synthetic: a cell is zero if |y| <= 1e-6.
///
/// Shares are weighted. Missing cells count neither as zero nor as present. Shares have exact limits and
/// their differences score limits ([Share]), so that a share of 0 or 1 has an honest interval, too.
///
/// @param columns           one a column, in the order given
/// @param meanAbsoluteError mean over columns of |share real - share synthetic|
public record ZeroRates(List<ZeroRate> columns, Estimate meanAbsoluteError) {
    /// Amounts up to this size are zero.
    public static final double ZERO_TOLERANCE = 1e-6;

    /// The zeros of one column.
    ///
    /// @param column             name
    /// @param real               share of zeros in the real sample
    /// @param synthetic          share of zeros in the synthetic sample
    /// @param absoluteDifference of the two
    /// @param missingReal        real cells without a value
    /// @param missingSynthetic   synthetic cells without a value
    public record ZeroRate(
            String column,
            Estimate real,
            Estimate synthetic,
            Estimate absoluteDifference,
            int missingReal,
            int missingSynthetic) {}

    /// Copies the list, so that the record is immutable.
    public ZeroRates {
        columns = List.copyOf(columns);
    }

    /// The zero rates of these columns.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if no column is named, one does not exist or has an
    ///     infinite value
    public static ZeroRates of(
            Sample real, Sample synthetic, List<String> amounts, Bootstrap bootstrap, Engine engine) {
        Checks.notEmpty("amount columns", amounts.size());
        ClusterSums realSums = ClusterSums.of(real.units(), zerosAndPresent(real, amounts));
        ClusterSums syntheticSums = ClusterSums.of(synthetic.units(), zerosAndPresent(synthetic, amounts));
        List<Estimate> differences = bootstrap.differences(
                real.units(),
                synthetic.units(),
                (first, second) -> {
                    double[] a = shares(realSums.totals(new int[][] {first})[0]);
                    double[] b = shares(syntheticSums.totals(new int[][] {second})[0]);
                    for (int c = 0; c < a.length; c++) {
                        a[c] -= b[c];
                    }
                    return a;
                },
                engine);
        List<ZeroRate> columns = new ArrayList<>();
        for (String name : amounts) {
            Share ofReal = share(real, name);
            Share ofSynthetic = share(synthetic, name);
            columns.add(new ZeroRate(
                    name,
                    ofReal.exact(bootstrap.level()),
                    ofSynthetic.exact(bootstrap.level()),
                    ofReal.absoluteDifference(ofSynthetic, bootstrap.level()),
                    real.frame().column(name).missing(),
                    synthetic.frame().column(name).missing()));
        }
        return new ZeroRates(columns, differences.get(amounts.size()));
    }

    private static Share share(Sample sample, String amount) {
        double[] y = Codes.numbers(sample.frame(), amount);
        double[] present = new double[y.length];
        double[] zero = new double[y.length];
        for (int row = 0; row < y.length; row++) {
            present[row] = Double.isNaN(y[row]) ? 0 : 1;
            zero[row] = Math.abs(y[row]) <= ZERO_TOLERANCE ? 1 : 0;
        }
        return Share.of(sample.units(), sample.weights(), present, zero);
    }

    /// For each column the weights of its zeros, then for each column the weights of its present cells.
    private static double[][] zerosAndPresent(Sample sample, List<String> amounts) {
        double[][] sums = new double[2 * amounts.size()][sample.rows()];
        for (int c = 0; c < amounts.size(); c++) {
            double[] y = Codes.numbers(sample.frame(), amounts.get(c));
            for (int row = 0; row < y.length; row++) {
                if (!Double.isNaN(y[row])) {
                    sums[amounts.size() + c][row] = sample.weight(row);
                    sums[c][row] = Math.abs(y[row]) <= ZERO_TOLERANCE ? sample.weight(row) : 0;
                }
            }
        }
        return sums;
    }

    private static double[] shares(double[] sums) {
        double[] shares = new double[sums.length / 2];
        for (int c = 0; c < shares.length; c++) {
            double present = sums[shares.length + c];
            shares[c] = present > 0 ? sums[c] / present : Double.NaN;
        }
        return shares;
    }
}
