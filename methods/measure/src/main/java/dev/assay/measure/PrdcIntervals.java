package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Units;
import java.util.List;

/// Precision, recall, density and coverage with bootstrap intervals.
///
/// The balls are held fixed and the rows of the side that is averaged over are resampled: real units for recall
/// and coverage, synthetic units for precision and density. The intervals therefore say how far the averages
/// would move with other rows in the given balls, not how the balls themselves would move; recomputing those
/// for every replicate would shrink them, because a resample holds duplicates.
///
/// @param precision      share of synthetic rows in some real ball
/// @param recall         share of real rows in some synthetic ball
/// @param density        real balls around a synthetic row, divided by k
/// @param coverage       share of real rows with a synthetic row in their ball
/// @param coverageOfRest coverage of the real rows whose ball is not empty
public record PrdcIntervals(
        Estimate precision, Estimate recall, Estimate density, Estimate coverage, Estimate coverageOfRest) {

    /// The scores with intervals.
    ///
    /// @param realUnits units of the real rows: households, say, if the rows are persons
    /// @param fakeUnits units of the synthetic rows
    /// @throws IllegalArgumentException if the units are not of the rows that were scored
    public static PrdcIntervals of(
            PrdcScores scores, Units realUnits, Units fakeUnits, Bootstrap bootstrap, Engine engine) {
        int n = scores.real();
        double[] ones = new double[n];
        double[] covered = new double[n];
        double[] recalled = new double[n];
        double[] coverable = new double[n];
        for (int i = 0; i < n; i++) {
            ones[i] = 1;
            covered[i] = scores.covered(i) ? 1 : 0;
            recalled[i] = scores.recalled(i) ? 1 : 0;
            coverable[i] = scores.realRadius(i) > 0 ? 1 : 0;
        }
        List<Estimate> real = bootstrap.ratios(
                realUnits, new double[][] {recalled, covered, covered}, new double[][] {ones, ones, coverable}, engine);
        double[] inside = new double[scores.fake()];
        double[] around = new double[scores.fake()];
        for (int j = 0; j < inside.length; j++) {
            inside[j] = scores.ballsAround(j) > 0 ? 1 : 0;
            around[j] = (double) scores.ballsAround(j) / scores.k();
        }
        List<Estimate> fake = bootstrap.means(fakeUnits, new double[][] {inside, around}, engine);
        return new PrdcIntervals(fake.get(0), real.get(0), fake.get(1), real.get(1), real.get(2));
    }
}
