package dev.assay.trees.internal;

/// A tree of a boosted model: a value a leaf.
record BoostedTree(Tree tree, double[] values) {
    double value(byte[] codes, int base) {
        return values[tree.leaf(codes, base)];
    }
}
