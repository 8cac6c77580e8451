package dev.assay.measure.internal;

import dev.assay.engine.Engine;
import java.util.BitSet;

/// Who lies in whose ball, between a real and a synthetic set whose radii are known; and the same
/// without each group of rows, with the radii that are left then.
///
/// Counts are integers and sets are united, so merging is exact in any order.
///
/// @param around   for each synthetic row, in how many real balls it lies
/// @param covered  real rows with a synthetic row in their ball
/// @param recalled real rows in some synthetic ball
/// @param without  the same without each group
public record Balls(int[] around, BitSet covered, BitSet recalled, Without[] without) {

    /// What is left without a group of real and of synthetic rows.
    public static final class Without {
        private final BitSet inside = new BitSet();
        private final BitSet covered = new BitSet();
        private final BitSet recalled = new BitSet();
        private long pairs;

        /// Synthetic rows in some real ball.
        public int inside() {
            return inside.cardinality();
        }

        /// Real rows with a synthetic row in their ball.
        public int covered() {
            return covered.cardinality();
        }

        /// Real rows in some synthetic ball.
        public int recalled() {
            return recalled.cardinality();
        }

        /// Pairs of a real ball and a synthetic row in it.
        public long pairs() {
            return pairs;
        }

        private void merge(Without other) {
            inside.or(other.inside);
            covered.or(other.covered);
            recalled.or(other.recalled);
            pairs += other.pairs;
        }
    }

    /// @param real radii of the real rows
    /// @param fake radii of the synthetic rows
    public static Balls between(
            double[] realValues,
            Radii real,
            double[] fakeValues,
            Radii fake,
            int columns,
            TileKernel kernel,
            Engine engine,
            Runnable finished) {
        int n = real.rows();
        int m = fake.rows();
        int blocks = AllPairs.blocks(m);
        int realBlocks = AllPairs.blocks(n);
        double[] realLimits = real.limits(realBlocks * AllPairs.BLOCK);
        double[] fakeLimits = fake.limits(m);
        int partitions = Math.min(blocks, KNearest.partitions(engine));
        return engine.reduce(
                partitions,
                p -> {
                    Balls found = none(n, m, real.groups());
                    AllPairs pairs = new AllPairs(kernel, columns);
                    AllPairs.Hit hit = (j, i, squared) -> found.add(j, i, squared, real, fake);
                    for (int block = p; block < blocks; block += partitions) {
                        for (int other = 0; other < realBlocks; other++) {
                            pairs.visit(fakeValues, m, block, fakeLimits, realValues, n, other, realLimits, hit);
                            finished.run();
                        }
                    }
                    return found;
                },
                Balls::merge);
    }

    private static Balls none(int n, int m, int groups) {
        Without[] without = new Without[groups];
        for (int g = 0; g < groups; g++) {
            without[g] = new Without();
        }
        return new Balls(new int[m], new BitSet(n), new BitSet(n), without);
    }

    private void add(int j, int i, double squared, Radii real, Radii fake) {
        if (squared < real.squared(i)) {
            around[j]++;
            covered.set(i);
        }
        if (squared < fake.squared(j)) {
            recalled.set(i);
        }
        for (int g = 0; g < without.length; g++) {
            if (g == real.group(i) || g == fake.group(j)) {
                continue;
            }
            Without left = without[g];
            if (squared < real.without(i, g)) {
                left.pairs++;
                left.covered.set(i);
                left.inside.set(j);
            }
            if (squared < fake.without(j, g)) {
                left.recalled.set(i);
            }
        }
    }

    private static Balls merge(Balls left, Balls right) {
        for (int j = 0; j < left.around.length; j++) {
            left.around[j] += right.around[j];
        }
        left.covered.or(right.covered);
        left.recalled.or(right.recalled);
        for (int g = 0; g < left.without.length; g++) {
            left.without[g].merge(right.without[g]);
        }
        return left;
    }
}
