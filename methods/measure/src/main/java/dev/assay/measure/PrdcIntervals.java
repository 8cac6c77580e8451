package dev.assay.measure;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.inference.Estimate;
import dev.assay.inference.Jackknife;
import dev.assay.inference.Units;
import dev.assay.measure.PrdcScores.Score;
import java.util.List;

/// Precision, recall, density and coverage with intervals for other samples of these sizes from both
/// laws.
///
/// A delete-a-group jackknife: units of both sides are dealt to [#GROUPS] groups; each group is left out
/// of both sides at once, the balls are computed anew, and the spread of the scores is the sum of what
/// either side contributes. With the balls held fixed, as a bootstrap of rows would, coverage would have
/// an interval for nothing that anybody asks. Shares have exact limits at the effective size that this
/// variance amounts to, at most the number of units.
///
/// @param precision      share of synthetic rows in some real ball
/// @param recall         share of real rows in some synthetic ball
/// @param density        real balls around a synthetic row, divided by k
/// @param coverage       share of real rows with a synthetic row in their ball
/// @param coverageOfRest coverage of the real rows whose ball is not empty
public record PrdcIntervals(
        Estimate precision, Estimate recall, Estimate density, Estimate coverage, Estimate coverageOfRest) {
    /// Groups that are left out one by one.
    public static final int GROUPS = 30;

    /// The group of each unit: they are dealt evenly, in an order that the seed decides.
    public static int[] groups(Units units, Seed seed) {
        int[] order = Draws.permutation(units.count(), seed.generator());
        int[] group = new int[units.count()];
        for (int i = 0; i < order.length; i++) {
            group[order[i]] = i % GROUPS;
        }
        return group;
    }

    /// The scores with intervals.
    ///
    /// @param draws     scores with groups left out, of one sample a side or of several draws from it,
    ///     which are averaged; at least one
    /// @param realUnits units of the real rows: households, say, if the rows are persons
    /// @param fakeUnits units of the synthetic rows
    /// @throws IllegalArgumentException if no groups were left out
    public static PrdcIntervals of(List<PrdcScores> draws, Units realUnits, Units fakeUnits, double level) {
        return new PrdcIntervals(
                share(draws, Score.PRECISION, fakeUnits, realUnits, level),
                share(draws, Score.RECALL, realUnits, fakeUnits, level),
                jackknife(draws, Score.DENSITY, fakeUnits, realUnits).positive(level),
                share(draws, Score.COVERAGE, realUnits, fakeUnits, level),
                share(draws, Score.COVERAGE_OF_REST, realUnits, fakeUnits, level));
    }

    /// One method's score less another's, against the same real rows and groups.
    public static Estimate difference(
            List<PrdcScores> one, List<PrdcScores> other, Score score, Units realUnits, Units fakeUnits, double level) {
        return jackknife(one, score, realUnits, fakeUnits)
                .less(jackknife(other, score, realUnits, fakeUnits))
                .plain(level);
    }

    private static Estimate share(List<PrdcScores> draws, Score score, Units averaged, Units other, double level) {
        return jackknife(draws, score, averaged, other).share(level);
    }

    private static Jackknife jackknife(List<PrdcScores> draws, Score score, Units averaged, Units other) {
        double value = 0;
        double[] without = new double[GROUPS];
        for (PrdcScores each : draws) {
            value += each.score(score) / draws.size();
            double[] left = each.leavingOut(score);
            if (left.length != GROUPS) {
                throw new IllegalArgumentException("the scores were measured without leaving out groups");
            }
            for (int g = 0; g < GROUPS; g++) {
                without[g] += left[g] / draws.size();
            }
        }
        String kind = averaged.kind().equals(other.kind()) ? averaged.kind() : averaged.kind() + " and " + other.kind();
        return new Jackknife(
                value,
                without,
                (long) averaged.rows() + other.rows(),
                averaged.count(),
                Math.min(averaged.count(), other.count()),
                kind);
    }
}
