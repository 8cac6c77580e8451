package dev.assay.measure.internal;

/// Squared radii of the balls of a set of rows, as they are and without each group of rows.
public final class Radii {
    private final int[] groupOf;
    private final int groups;
    private final double[] squared;

    /// `[rows, groups]`
    private final double[] without;

    /// The radii that reach to the k-th nearest other row.
    ///
    /// @param nearest of the rows, k or more neighbours each
    /// @param groupOf the group of each row, 0 to groups - 1; any if there are none
    /// @param groups  how many groups are left out one by one, or 0
    public Radii(KNearest nearest, int k, int[] groupOf, int groups) {
        this.groupOf = groupOf;
        this.groups = groups;
        this.squared = new double[groupOf.length];
        this.without = new double[Math.multiplyExact(groupOf.length, groups)];
        for (int row = 0; row < squared.length; row++) {
            squared[row] = nearest.distance(row, k);
            for (int g = 0; g < groups; g++) {
                without[row * groups + g] = nearest.without(row, k, g);
            }
        }
    }

    /// Number of rows.
    public int rows() {
        return squared.length;
    }

    int groups() {
        return groups;
    }

    int group(int row) {
        return groupOf[row];
    }

    double squared(int row) {
        return squared[row];
    }

    /// The radius without a group.
    double without(int row, int group) {
        return without[row * groups + group];
    }

    /// All of them.
    public double[] squared() {
        return squared.clone();
    }

    /// Rows that are left without a group, and how many of them have a radius above 0.
    public int[] left(int group) {
        int rows = 0;
        int wide = 0;
        for (int row = 0; row < squared.length; row++) {
            if (groupOf[row] != group) {
                rows++;
                wide += without(row, group) > 0 ? 1 : 0;
            }
        }
        return new int[] {rows, wide};
    }

    /// The largest radius of each row, whatever is left out; 0 past the last row.
    double[] limits(int length) {
        double[] limits = new double[length];
        for (int row = 0; row < squared.length; row++) {
            limits[row] = squared[row];
            for (int g = 0; g < groups; g++) {
                limits[row] = Math.max(limits[row], without(row, g));
            }
        }
        return limits;
    }
}
