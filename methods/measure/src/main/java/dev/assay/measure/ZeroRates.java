package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.ClusterSums;
import dev.assay.inference.Estimate;
import dev.assay.measure.internal.Checks;
import dev.assay.measure.internal.Codes;
import java.util.ArrayList;
import java.util.List;

/// Shares of zeros in amount columns, real against synthetic: a cell is zero if |y| <= 1e-6.
///
/// Shares are weighted. Missing cells count neither as zero nor as present.
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
    /// @param absoluteDifference of the two; real and synthetic units are resampled independently
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
    /// @throws dev.assay.fault.Fault (BAD_DATA) if no column is named, one does not exist or has an infinite
    ///     value
    public static ZeroRates of(
            Sample real, Sample synthetic, List<String> amounts, Bootstrap bootstrap, Engine engine) {
        Checks.notEmpty("amount columns", amounts.size());
        int count = amounts.size();
        ClusterSums realSums = ClusterSums.of(real.units(), zerosAndPresent(real, amounts));
        ClusterSums syntheticSums = ClusterSums.of(synthetic.units(), zerosAndPresent(synthetic, amounts));
        List<Estimate> reals = bootstrap.estimates(realSums, ZeroRates::shares, engine);
        List<Estimate> synthetics = bootstrap.estimates(syntheticSums, ZeroRates::shares, engine);
        List<Estimate> differences = bootstrap.estimates(
                realSums,
                syntheticSums,
                (first, second) -> {
                    double[] a = shares(first);
                    double[] b = shares(second);
                    double[] difference = new double[count + 1];
                    for (int c = 0; c < count; c++) {
                        difference[c] = Math.abs(a[c] - b[c]);
                        difference[count] += difference[c] / count;
                    }
                    return difference;
                },
                engine);
        List<ZeroRate> columns = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            String name = amounts.get(c);
            columns.add(new ZeroRate(
                    name,
                    reals.get(c),
                    synthetics.get(c),
                    differences.get(c),
                    real.frame().column(name).missing(),
                    synthetic.frame().column(name).missing()));
        }
        return new ZeroRates(columns, differences.get(count));
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
