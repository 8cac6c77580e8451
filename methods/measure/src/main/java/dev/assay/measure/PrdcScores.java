package dev.assay.measure;

import dev.assay.measure.internal.Balls;
import dev.assay.measure.internal.Radii;
import java.util.BitSet;
import java.util.OptionalDouble;

/// Precision, recall, density and coverage as exact counts, and what each row contributed to them.
///
/// Scores of different sizes or k are not comparable; both are part of the result for that reason.
public final class PrdcScores {
    private final int k;
    private final int columns;
    private final double[] realRadii;
    private final double[] fakeRadii;
    private final int[] ballsAround;
    private final BitSet covered;
    private final BitSet recalled;
    private final BitSet zeroRadius;
    private final int precisionCount;
    private final long densityCount;

    /// `[groups][scores]`, in the order of [Score].
    private final double[][] leavingOut;

    /// The scores.
    public enum Score {
        /// [PrdcScores#precision()].
        PRECISION,
        /// [PrdcScores#recall()].
        RECALL,
        /// [PrdcScores#density()].
        DENSITY,
        /// [PrdcScores#coverage()].
        COVERAGE,
        /// [PrdcScores#coverageOfRest()].
        COVERAGE_OF_REST
    }

    private PrdcScores(int k, int columns, double[] realRadii, double[] fakeRadii, Balls balls, double[][] leavingOut) {
        this.leavingOut = leavingOut;
        this.k = k;
        this.columns = columns;
        this.realRadii = realRadii;
        this.fakeRadii = fakeRadii;
        this.ballsAround = balls.around();
        this.covered = balls.covered();
        this.recalled = balls.recalled();
        this.zeroRadius = new BitSet();
        for (int i = 0; i < realRadii.length; i++) {
            if (realRadii[i] == 0) {
                zeroRadius.set(i);
            }
        }
        int inside = 0;
        long pairs = 0;
        for (int around : ballsAround) {
            inside += around > 0 ? 1 : 0;
            pairs += around;
        }
        this.precisionCount = inside;
        this.densityCount = pairs;
    }

    static PrdcScores of(int k, int columns, Radii real, Radii fake, Balls balls) {
        double[][] leavingOut = new double[balls.without().length][];
        for (int g = 0; g < leavingOut.length; g++) {
            Balls.Without left = balls.without()[g];
            int[] reals = real.left(g);
            int fakes = fake.left(g)[0];
            leavingOut[g] = new double[] {
                (double) left.inside() / fakes,
                (double) left.recalled() / reals[0],
                left.pairs() / ((double) k * fakes),
                (double) left.covered() / reals[0],
                (double) left.covered() / reals[1]
            };
        }
        return new PrdcScores(k, columns, roots(real.squared()), roots(fake.squared()), balls, leavingOut);
    }

    /// A score; NaN if it does not exist.
    public double score(Score score) {
        return switch (score) {
            case PRECISION -> precision();
            case RECALL -> recall();
            case DENSITY -> density();
            case COVERAGE -> coverage();
            case COVERAGE_OF_REST -> coverageOfRest().orElse(Double.NaN);
        };
    }

    /// A score without each group of rows, balls computed anew.
    public double[] leavingOut(Score score) {
        double[] values = new double[leavingOut.length];
        for (int g = 0; g < values.length; g++) {
            values[g] = leavingOut[g][score.ordinal()];
        }
        return values;
    }

    /// The neighbour that the radii reach to.
    public int k() {
        return k;
    }

    /// Numbers a row.
    public int columns() {
        return columns;
    }

    /// Number of real rows.
    public int real() {
        return realRadii.length;
    }

    /// Number of synthetic rows.
    public int fake() {
        return fakeRadii.length;
    }

    /// Share of synthetic rows in some real ball.
    public double precision() {
        return (double) precisionCount / fake();
    }

    /// Share of real rows in some synthetic ball.
    public double recall() {
        return (double) recallCount() / real();
    }

    /// Real balls around a synthetic row, on average, divided by k; may exceed 1.
    public double density() {
        return densityCount / ((double) k * fake());
    }

    /// Share of real rows with a synthetic row in their ball.
    public double coverage() {
        return (double) coverageCount() / real();
    }

    /// Number of synthetic rows in some real ball.
    public int precisionCount() {
        return precisionCount;
    }

    /// Number of real rows in some synthetic ball.
    public int recallCount() {
        return recalled.cardinality();
    }

    /// Number of pairs of a real ball and a synthetic row inside it.
    public long densityCount() {
        return densityCount;
    }

    /// Number of real rows with a synthetic row in their ball.
    public int coverageCount() {
        return covered.cardinality();
    }

    /// Number of real rows with at least k exact duplicates. Their ball is empty, so nothing can ever
    /// cover them.
    public int zeroRadiusCount() {
        return zeroRadius.cardinality();
    }

    /// Share of real rows that nothing can cover.
    public double zeroRadiusShare() {
        return (double) zeroRadiusCount() / real();
    }

    /// Coverage of the real rows that can be covered; empty if there are none.
    public OptionalDouble coverageOfRest() {
        int rest = real() - zeroRadiusCount();
        return rest == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) coverageCount() / rest);
    }

    /// Distance of a real row to its k-th nearest other real row.
    public double realRadius(int row) {
        return realRadii[row];
    }

    /// Distance of a synthetic row to its k-th nearest other synthetic row.
    public double fakeRadius(int row) {
        return fakeRadii[row];
    }

    /// Whether a synthetic row lies in this real row's ball.
    public boolean covered(int row) {
        return covered.get(row);
    }

    /// Whether this real row lies in some synthetic ball.
    public boolean recalled(int row) {
        return recalled.get(row);
    }

    /// In how many real balls this synthetic row lies.
    public int ballsAround(int row) {
        return ballsAround[row];
    }

    private static double[] roots(double[] squared) {
        double[] roots = new double[squared.length];
        for (int i = 0; i < squared.length; i++) {
            roots[i] = Math.sqrt(squared[i]);
        }
        return roots;
    }
}
