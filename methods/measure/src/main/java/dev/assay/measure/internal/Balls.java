package dev.assay.measure.internal;

import dev.assay.engine.Engine;
import java.util.Arrays;
import java.util.BitSet;

/// Who lies in whose ball, between a real and a synthetic set whose radii are known.
///
/// Counts are integers and sets are united, so merging is exact in any order.
///
/// @param around   for each synthetic row, in how many real balls it lies
/// @param covered  real rows with a synthetic row in their ball
/// @param recalled real rows in some synthetic ball
public record Balls(int[] around, BitSet covered, BitSet recalled) {

    /// @param realSquared squared radii of the real rows
    /// @param fakeSquared squared radii of the synthetic rows
    public static Balls between(
            double[] real,
            double[] realSquared,
            double[] fake,
            double[] fakeSquared,
            int columns,
            TileKernel kernel,
            Engine engine,
            Runnable finished) {
        int n = realSquared.length;
        int m = fakeSquared.length;
        int blocks = AllPairs.blocks(m);
        int realBlocks = AllPairs.blocks(n);
        double[] realLimits = Arrays.copyOf(realSquared, realBlocks * AllPairs.BLOCK);
        int partitions = Math.min(blocks, KNearest.partitions(engine));
        return engine.reduce(
                partitions,
                p -> {
                    Balls found = new Balls(new int[m], new BitSet(n), new BitSet(n));
                    AllPairs pairs = new AllPairs(kernel, columns);
                    AllPairs.Hit hit = (j, i, squared) -> {
                        if (squared < realSquared[i]) {
                            found.around[j]++;
                            found.covered.set(i);
                        }
                        if (squared < fakeSquared[j]) {
                            found.recalled.set(i);
                        }
                    };
                    for (int block = p; block < blocks; block += partitions) {
                        for (int other = 0; other < realBlocks; other++) {
                            pairs.visit(fake, m, block, fakeSquared, real, n, other, realLimits, hit);
                            finished.run();
                        }
                    }
                    return found;
                },
                Balls::merge);
    }

    private static Balls merge(Balls left, Balls right) {
        for (int j = 0; j < left.around.length; j++) {
            left.around[j] += right.around[j];
        }
        left.covered.or(right.covered);
        left.recalled.or(right.recalled);
        return left;
    }
}
