package dev.assay.trees.internal;

import java.util.Arrays;

/// Grows a tree depth first until no split is allowed or none helps. Holds scratch memory: one a thread.
///
/// Rows are numbered by ascending response, so a node is pure iff its first and last in-bag row have the same
/// response, and because partitions are stable every leaf's members come out sorted by response.
final class Grower {
    private final Codes codes;
    private final double[] response;
    private final SplitSearch search;
    private final long minSplit;
    private final int maxDepth;

    private final Tree.Builder builder = new Tree.Builder();
    private double[] count = new double[0];
    private int[] inBag = new int[0];
    private int[] outOfBag = new int[0];
    private int[] scratch = new int[0];

    // A stack of open nodes, SIZE ints each.
    private static final int SIZE = 7;
    private int[] stack = new int[64 * SIZE];
    private int top;

    /// @param response by row, ascending
    /// @param minSplit least in-bag rows of a node that is split
    Grower(Codes codes, double[] response, SplitSearch search, long minSplit, int maxDepth) {
        this.codes = codes;
        this.response = response;
        this.search = search;
        this.minSplit = minSplit;
        this.maxDepth = maxDepth;
    }

    /// Grows a tree.
    ///
    /// @param sample the tree's rows, ascending
    /// @param weight in-bag weight by row; a row of weight 0 is out of bag: it shapes no split, but joins its
    ///     leaf
    /// @param newCount by row: as how many rows an in-bag row counts towards the smallest leaf, at least 1
    Grown grow(int[] sample, double[] weight, double[] newCount, FeatureChoice choice) {
        count = newCount;
        if (inBag.length < sample.length) {
            inBag = new int[sample.length];
            outOfBag = new int[sample.length];
            scratch = new int[sample.length];
        }
        int in = 0;
        int out = 0;
        for (int row : sample) {
            if (weight[row] > 0) {
                inBag[in++] = row;
            } else {
                outOfBag[out++] = row;
            }
        }
        int[] members = new int[sample.length];
        int placed = 0;
        int[] ends = new int[64];
        double[] importance = new double[codes.features()];

        builder.reset();
        search.start(inBag, weight, newCount);
        top = 0;
        push(0, 0, in, 0, out, 0, grows(0, in, 0) ? search.root(0, in) : SplitSearch.NOTHING);
        while (top > 0) {
            top -= SIZE;
            int node = stack[top];
            int from = stack[top + 1];
            int to = stack[top + 2];
            int outFrom = stack[top + 3];
            int outTo = stack[top + 4];
            int depth = stack[top + 5];
            int memory = stack[top + 6];
            boolean split = false;
            if (grows(from, to, depth)) {
                choice.next();
                search.search(from, to, memory, choice);
                split = search.best.found();
                if (!split) {
                    search.forget(memory);
                }
            }
            if (!split) {
                int leaf = builder.leaf(node);
                if (leaf == ends.length) {
                    ends = Arrays.copyOf(ends, ends.length * 2);
                }
                placed = merge(from, to, outFrom, outTo, members, placed);
                ends[leaf] = placed;
                continue;
            }
            Candidate best = search.best;
            importance[best.feature] += best.gain;
            int child = builder.split(node, best);
            byte[] column = codes.column(best.feature);
            int middle = Partition.stable(column, inBag, from, to, best, scratch);
            int outMiddle = Partition.stable(column, outOfBag, outFrom, outTo, best, scratch);
            boolean leftGrows = grows(from, middle, depth + 1);
            boolean rightGrows = grows(middle, to, depth + 1);
            search.children(from, middle, to, memory, leftGrows, rightGrows);
            int leftMemory = search.leftMemory;
            int rightMemory = search.rightMemory;
            // The smaller child is done first: then at most log2(rows) histograms wait.
            if (middle - from < to - middle) {
                push(child + 1, middle, to, outMiddle, outTo, depth + 1, rightMemory);
                push(child, from, middle, outFrom, outMiddle, depth + 1, leftMemory);
            } else {
                push(child, from, middle, outFrom, outMiddle, depth + 1, leftMemory);
                push(child + 1, middle, to, outMiddle, outTo, depth + 1, rightMemory);
            }
        }
        Tree tree = builder.build();
        return new Grown(tree, new Leaves(members, Arrays.copyOf(ends, tree.leaves())), importance);
    }

    private boolean grows(int from, int to, int depth) {
        return depth < maxDepth
                && response[inBag[from]] != response[inBag[to - 1]]
                && codes.features() > 0
                && isLarge(from, to);
    }

    /// Whether there are rows enough to split. A row counts at least once.
    private boolean isLarge(int from, int to) {
        double rows = to - from;
        for (int i = from; i < to && rows < minSplit; i++) {
            rows += count[inBag[i]] - 1;
        }
        return rows >= minSplit;
    }

    private void push(int node, int from, int to, int outFrom, int outTo, int depth, int memory) {
        if (top + SIZE > stack.length) {
            stack = Arrays.copyOf(stack, stack.length * 2);
        }
        stack[top] = node;
        stack[top + 1] = from;
        stack[top + 2] = to;
        stack[top + 3] = outFrom;
        stack[top + 4] = outTo;
        stack[top + 5] = depth;
        stack[top + 6] = memory;
        top += SIZE;
    }

    private int merge(int from, int to, int outFrom, int outTo, int[] members, int placed) {
        int at = placed;
        int i = from;
        int o = outFrom;
        while (i < to && o < outTo) {
            members[at++] = inBag[i] < outOfBag[o] ? inBag[i++] : outOfBag[o++];
        }
        while (i < to) {
            members[at++] = inBag[i++];
        }
        while (o < outTo) {
            members[at++] = outOfBag[o++];
        }
        return at;
    }
}
