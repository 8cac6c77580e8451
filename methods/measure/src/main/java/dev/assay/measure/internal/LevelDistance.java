package dev.assay.measure.internal;

import dev.assay.inference.Bootstrap;
import dev.assay.inference.Units;

/// Total variation between levels, half the sum of absolute differences of shares.
public final class LevelDistance implements MarginalDistance {
    /// A level with fewer rows in both samples together is too small for a bootstrap of its share.
    private static final int SMALL = 5;
    /// With more than this share of the rows in such levels there is no interval.
    private static final double MOST_SMALL = 0.1;

    private final Levels first;
    private final Levels second;
    private final double[] gap;
    private final boolean[] near;
    private final double inSmall;

    private LevelDistance(Levels first, Levels second, double inSmall) {
        this.first = first;
        this.second = second;
        this.inSmall = inSmall;
        double[] p = first.shares(null);
        double[] q = second.shares(null);
        double[] varianceP = first.variances(p);
        double[] varianceQ = second.variances(q);
        double noise = Bootstrap.noise(Math.min(first.units.count(), second.units.count()));
        this.gap = new double[p.length];
        this.near = new boolean[p.length];
        for (int level = 0; level < p.length; level++) {
            gap[level] = p[level] - q[level];
            near[level] = Math.abs(gap[level]) <= noise * Math.sqrt(varianceP[level] + varianceQ[level]);
        }
    }

    /// The distance between two coded columns.
    public static LevelDistance of(
            Codes.Joint codes, double[] realWeights, Units realUnits, double[] weights, Units units) {
        int[] rows = new int[codes.count()];
        for (int code : codes.first()) {
            rows[code]++;
        }
        for (int code : codes.second()) {
            rows[code]++;
        }
        long small = 0;
        for (int count : rows) {
            small += count < SMALL ? count : 0;
        }
        return new LevelDistance(
                new Levels(codes.first(), codes.count(), realWeights, realUnits),
                new Levels(codes.second(), codes.count(), weights, units),
                small / (double) (codes.first().length + codes.second().length));
    }

    /// Whether so many rows lie in small levels that no bootstrap says how far the laws are apart.
    public boolean tooSparse() {
        return inSmall > MOST_SMALL;
    }

    /// Share of the rows of both samples that lie in levels with fewer than 5 rows.
    public double inSmallLevels() {
        return inSmall;
    }

    @Override
    public double[] values() {
        double sum = 0;
        for (double d : gap) {
            sum += Math.abs(d);
        }
        return new double[] {sum / 2};
    }

    @Override
    public void moves(int[] firstTimes, int[] secondTimes, double[] most, double[] least, int at) {
        double[] p = first.shares(firstTimes);
        double[] q = second.shares(secondTimes);
        double up = 0;
        double down = 0;
        for (int level = 0; level < p.length; level++) {
            double moved = p[level] - q[level] - gap[level];
            double signed = Math.signum(gap[level]) * moved;
            up += near[level] ? Math.abs(moved) : signed;
            down += signed;
        }
        most[at] = up / 2;
        least[at] = down / 2;
    }

    /// A coded column.
    ///
    /// @param code   of each row
    /// @param count  number of levels
    /// @param weight of each row
    /// @param units  of the rows
    private record Levels(int[] code, int count, double[] weight, Units units) {
        /// @param times how often each unit was drawn; once each if null
        double[] shares(int @org.jspecify.annotations.Nullable [] times) {
            double[] shares = new double[count];
            double total = 0;
            for (int row = 0; row < code.length; row++) {
                double w = times == null ? weight[row] : weight[row] * times[units.of(row)];
                shares[code[row]] += w;
                total += w;
            }
            for (int level = 0; level < count; level++) {
                shares[level] /= total;
            }
            return shares;
        }

        /// Variances of the shares by linearisation over units: the sum over units of (A - p B)^2 / W^2,
        /// A the unit's weight in the level, B its weight in all.
        double[] variances(double[] shares) {
            double[] all = new double[units.count()];
            double total = 0;
            for (int row = 0; row < code.length; row++) {
                all[units.of(row)] += weight[row];
                total += weight[row];
            }
            double allSquares = 0;
            for (double w : all) {
                allSquares += w * w;
            }
            double[] squares = new double[count];
            double[] products = new double[count];
            int[][] rowsOf = rowsOfUnits();
            double[] here = new double[count];
            for (int u = 0; u < rowsOf.length; u++) {
                for (int row : rowsOf[u]) {
                    here[code[row]] += weight[row];
                }
                for (int row : rowsOf[u]) {
                    double a = here[code[row]];
                    here[code[row]] = 0;
                    squares[code[row]] += a * a;
                    products[code[row]] += a * all[u];
                }
            }
            double[] variances = new double[count];
            for (int level = 0; level < count; level++) {
                double p = shares[level];
                variances[level] =
                        Math.max(0, squares[level] - 2 * p * products[level] + p * p * allSquares) / (total * total);
            }
            return variances;
        }

        private int[][] rowsOfUnits() {
            int[] size = new int[units.count()];
            for (int row = 0; row < code.length; row++) {
                size[units.of(row)]++;
            }
            int[][] rows = new int[size.length][];
            for (int u = 0; u < rows.length; u++) {
                rows[u] = new int[size[u]];
            }
            for (int row = code.length - 1; row >= 0; row--) {
                int u = units.of(row);
                rows[u][--size[u]] = row;
            }
            return rows;
        }
    }
}
