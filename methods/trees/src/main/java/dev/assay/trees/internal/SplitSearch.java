package dev.assay.trees.internal;

/// Finds the best split of a node. Holds scratch memory and what it remembers of open nodes: one a thread.
abstract class SplitSearch {
    /// What the last call of [#search] found.
    final Candidate best = new Candidate();

    /// No memory is kept for the node.
    static final int NOTHING = -1;

    /// Starts a tree.
    ///
    /// @param rows   the array of in-bag rows that the grower partitions
    /// @param weight by row
    /// @param count  by row: as how many rows it counts towards the smallest leaf
    abstract void start(int[] rows, double[] weight, double[] count);

    /// Looks for the best split of the node that holds `rows[from..to-1]`; [#best] tells.
    ///
    /// @param memory what [#children] or [#root] gave this node
    abstract void search(int from, int to, int memory, FeatureChoice choice);

    /// What the root needs remembered.
    abstract int root(int from, int to);

    /// Remembers what the children `[from, middle)` and `[middle, to)` need and forgets the parent. Either
    /// child's memory is left in [#leftMemory] and [#rightMemory].
    abstract void children(int from, int middle, int to, int memory, boolean leftGrows, boolean rightGrows);

    /// Forgets a node that was searched in vain.
    abstract void forget(int memory);

    int leftMemory = NOTHING;
    int rightMemory = NOTHING;
}
