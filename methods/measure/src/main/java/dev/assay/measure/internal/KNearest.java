package dev.assay.measure.internal;

import dev.assay.engine.Engine;
import java.util.Arrays;

/// The k smallest squared distances of each row, found so far.
///
/// They are a multiset of values, each with the group of the neighbour, ordered by value and then group.
/// So neither the order in which pairs are seen nor how the work is divided can change them: the result
/// is exact, whatever the blocks and threads.
public final class KNearest {
    private final int rows;
    private final int k;

    /// Ascending within each row, infinite where fewer have been seen, `[rows, k]`.
    private final double[] smallest;

    /// The group of each of these neighbours.
    private final int[] groups;

    /// The group of each row that can be a neighbour.
    private final int[] groupOf;

    /// Just above the largest of each row's k, so that ties are seen; contiguous for the kernel.
    private final double[] limits;

    private KNearest(int rows, int k, int[] groupOf) {
        this.rows = rows;
        this.k = k;
        this.groupOf = groupOf;
        this.groups = new int[rows * k];
        this.smallest = new double[Math.multiplyExact(rows, k)];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        this.limits = AllPairs.limits(rows, Double.POSITIVE_INFINITY);
    }

    /// Squared distances of each row to its k-th nearest other row; each pair of blocks is computed once
    /// for both sides.
    ///
    /// Memory: `4 x threads` lists of `rows x (k + 1)` numbers and `256 x columns` scratch numbers a
    /// thread.
    ///
    /// @param values   row-major
    /// @param finished called after each pair of blocks; there are [#symmetricPairs(int)]
    /// @param groupOf  the group of each row
    public static KNearest amongThemselves(
            double[] values, int[] groupOf, int columns, int k, TileKernel kernel, Engine engine, Runnable finished) {
        int rows = groupOf.length;
        int blocks = AllPairs.blocks(rows);
        int partitions = Math.min(blocks, partitions(engine));
        return engine.reduce(
                partitions,
                p -> {
                    KNearest found = new KNearest(rows, k, groupOf);
                    AllPairs pairs = new AllPairs(kernel, columns);
                    double[] never = AllPairs.limits(AllPairs.BLOCK * blocks, -1);
                    for (int round = 0; round * partitions < blocks; round++) {
                        // There and back again: later blocks have fewer partners, this evens the
                        // partitions out.
                        int block = round * partitions + (round % 2 == 0 ? p : partitions - 1 - p);
                        if (block >= blocks) {
                            continue;
                        }
                        // The block with itself holds each pair twice already.
                        pairs.visit(values, rows, block, found.limits, values, rows, block, never, found::addOther);
                        finished.run();
                        for (int other = block + 1; other < blocks; other++) {
                            pairs.visit(
                                    values,
                                    rows,
                                    block,
                                    found.limits,
                                    values,
                                    rows,
                                    other,
                                    found.limits,
                                    found::addBoth);
                            finished.run();
                        }
                    }
                    return found;
                },
                KNearest::merge);
    }

    /// Squared distances of each row of `from` to its k-th nearest row of `to`.
    public static double[] between(
            double[] from,
            int fromRows,
            double[] to,
            int toRows,
            int columns,
            int k,
            TileKernel kernel,
            Engine engine,
            Runnable finished) {
        int blocks = AllPairs.blocks(fromRows);
        int otherBlocks = AllPairs.blocks(toRows);
        int partitions = Math.min(blocks, partitions(engine));
        KNearest all = engine.reduce(
                partitions,
                p -> {
                    KNearest found = new KNearest(fromRows, k, new int[toRows]);
                    AllPairs pairs = new AllPairs(kernel, columns);
                    double[] never = AllPairs.limits(toRows, -1);
                    for (int block = p; block < blocks; block += partitions) {
                        for (int other = 0; other < otherBlocks; other++) {
                            pairs.visit(from, fromRows, block, found.limits, to, toRows, other, never, found::addLeft);
                            finished.run();
                        }
                    }
                    return found;
                },
                KNearest::merge);
        double[] kth = new double[fromRows];
        for (int row = 0; row < fromRows; row++) {
            kth[row] = all.smallest[row * k + k - 1];
        }
        return kth;
    }

    /// Pairs of blocks that [#amongThemselves] visits.
    public static long symmetricPairs(int rows) {
        long blocks = AllPairs.blocks(rows);
        return blocks * (blocks + 1) / 2;
    }

    /// Pairs of blocks between two sets.
    public static long pairs(int rows, int otherRows) {
        return (long) AllPairs.blocks(rows) * AllPairs.blocks(otherRows);
    }

    /// Throwaway division of work: enough for balance, few enough that the lists are warmed up seldom.
    static int partitions(Engine engine) {
        return 4 * engine.parallelism();
    }

    /// Squared distance of a row to its j-th nearest neighbour, from 1 on.
    public double distance(int row, int j) {
        return smallest[row * k + j - 1];
    }

    /// Squared distance of a row to its j-th nearest neighbour that is not of a group. Where too many of
    /// those kept are of the group, the last one stands in.
    double without(int row, int j, int group) {
        int left = j;
        for (int i = row * k; i < (row + 1) * k; i++) {
            left -= groups[i] == group ? 0 : 1;
            if (left == 0) {
                return smallest[i];
            }
        }
        // Fewer neighbours than were asked for are kept as infinite.
        int last = (row + 1) * k - 1;
        while (last > row * k + j - 1 && Double.isInfinite(smallest[last])) {
            last--;
        }
        return smallest[last];
    }

    private void addOther(int left, int right, double squared) {
        if (left != right) {
            add(left, squared, groupOf[right]);
        }
    }

    private void addLeft(int left, int right, double squared) {
        add(left, squared, groupOf[right]);
    }

    private void addBoth(int left, int right, double squared) {
        add(left, squared, groupOf[right]);
        add(right, squared, groupOf[left]);
    }

    private void add(int row, double squared, int group) {
        int first = row * k;
        int i = first + k - 1;
        if (squared > smallest[i] || squared == smallest[i] && group >= groups[i]) {
            return;
        }
        while (i > first && (smallest[i - 1] > squared || smallest[i - 1] == squared && groups[i - 1] > group)) {
            smallest[i] = smallest[i - 1];
            groups[i] = groups[i - 1];
            i--;
        }
        smallest[i] = squared;
        groups[i] = group;
        limits[row] = Math.nextUp(smallest[first + k - 1]);
    }

    private static KNearest merge(KNearest left, KNearest right) {
        for (int row = 0; row < left.rows; row++) {
            for (int i = row * left.k; i < (row + 1) * left.k && right.smallest[i] < left.limits[row]; i++) {
                left.add(row, right.smallest[i], right.groups[i]);
            }
        }
        return left;
    }
}
