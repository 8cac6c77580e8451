package dev.assay.trees.internal;

import dev.assay.engine.Engine;

/// Rows in blocks of fixed size: the unit of parallel work and of random streams, whatever the number of
/// threads.
public final class Blocks {
    /// Large enough that a tree stays in cache while a block runs through it, small enough to share out.
    public static final int SIZE = 2048;

    private Blocks() {}

    /// What is done for the rows `from..to-1`.
    @FunctionalInterface
    public interface Work {
        void run(int block, int from, int to);
    }

    /// Runs all blocks of `rows` rows.
    public static void run(int rows, Engine engine, Work work) {
        int blocks = (rows + SIZE - 1) / SIZE;
        engine.map(blocks, b -> {
            work.run(b, b * SIZE, Math.min(rows, (b + 1) * SIZE));
            return b;
        });
    }
}
