package dev.assay.trees.internal;

import java.util.Arrays;

/// Grows a boosting tree: always splits the leaf whose split gains most, up to a number of leaves.
///
/// One Newton step of boosting is a weighted regression: with gradient g and hessian h of the loss at each row,
/// the trees of Friedman, Hastie and Tibshirani (2000) fit the working response `-g/h` with weight h. So the
/// variance search serves: its gain is `(sum g)^2 / sum h` over the sides, and a leaf's value is its weighted
/// mean.
final class BoostedGrower {
    /// Leaves lighter than this have no usable Newton step.
    private static final double LEAST_HESSIAN = 1e-3;

    private final Codes codes;
    private final int minLeaf;
    private final int mostLeaves;
    private final double[] working;
    private final double[] hessian;
    private final VarianceSearch search;
    private final FeatureChoice all;
    private final Tree.Builder builder = new Tree.Builder();
    private final int[] rows;
    private final int[] scratch;
    private final double[] ones;

    private static final class Open {
        final int node;
        final int from;
        final int to;
        final int memory;
        final Candidate best = new Candidate();

        Open(int node, int from, int to, int memory) {
            this.node = node;
            this.from = from;
            this.to = to;
            this.memory = memory;
        }
    }

    BoostedGrower(Codes codes, int trainingRows, int minLeaf, int mostLeaves) {
        this.codes = codes;
        this.minLeaf = minLeaf;
        this.mostLeaves = mostLeaves;
        this.working = new double[trainingRows];
        this.hessian = new double[trainingRows];
        this.search = new VarianceSearch(codes, working, minLeaf, LEAST_HESSIAN, true);
        this.all = FeatureChoice.all(codes.features());
        this.rows = new int[trainingRows];
        this.scratch = new int[trainingRows];
        this.ones = new double[trainingRows];
        Arrays.fill(ones, 1);
    }

    /// The working response of each row, to be set before each tree.
    double[] working() {
        return working;
    }

    /// The hessian of each row, to be set before each tree.
    double[] hessian() {
        return hessian;
    }

    /// Grows a tree, and adds its values to the scores of the training rows.
    ///
    /// @param scores by row, every `stride`-th from `offset`
    BoostedTree grow(double rate, double[] scores, int offset, int stride) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        builder.reset();
        search.start(rows, hessian, ones);
        Open[] open = new Open[mostLeaves];
        int count = 0;
        int memory = grows(0, rows.length) ? search.root(0, rows.length) : SplitSearch.NOTHING;
        open[count++] = open(0, 0, rows.length, memory);
        while (count < mostLeaves) {
            int most = -1;
            for (int i = 0; i < count; i++) {
                if (open[i].best.found() && (most < 0 || open[i].best.gain > open[most].best.gain)) {
                    most = i;
                }
            }
            if (most < 0) {
                break;
            }
            Open parent = open[most];
            int child = builder.split(parent.node, parent.best);
            int middle = Partition.stable(
                    codes.column(parent.best.feature), rows, parent.from, parent.to, parent.best, scratch);
            boolean last = count + 1 == mostLeaves;
            boolean leftGrows = !last && grows(parent.from, middle);
            boolean rightGrows = !last && grows(middle, parent.to);
            search.children(parent.from, middle, parent.to, parent.memory, leftGrows, rightGrows);
            int rightMemory = search.rightMemory;
            open[most] = last
                    ? new Open(child, parent.from, middle, SplitSearch.NOTHING)
                    : open(child, parent.from, middle, search.leftMemory);
            open[count++] = last
                    ? new Open(child + 1, middle, parent.to, SplitSearch.NOTHING)
                    : open(child + 1, middle, parent.to, rightMemory);
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            Open leaf = open[i];
            if (leaf.best.found()) {
                search.forget(leaf.memory);
            }
            double sum = 0;
            double mass = 0;
            for (int k = leaf.from; k < leaf.to; k++) {
                sum += hessian[rows[k]] * working[rows[k]];
                mass += hessian[rows[k]];
            }
            double value = mass > 0 ? rate * sum / mass : 0;
            values[builder.leaf(leaf.node)] = value;
            for (int k = leaf.from; k < leaf.to; k++) {
                scores[rows[k] * stride + offset] += value;
            }
        }
        return new BoostedTree(builder.build(), Arrays.copyOf(values, count));
    }

    private boolean grows(int from, int to) {
        return to - from >= 2L * minLeaf && codes.features() > 0;
    }

    private Open open(int node, int from, int to, int memory) {
        Open open = new Open(node, from, to, memory);
        open.best.reset();
        if (grows(from, to)) {
            search.search(from, to, memory, all);
            open.best.take(search.best);
            if (!open.best.found()) {
                search.forget(memory);
            }
        }
        return open;
    }
}
