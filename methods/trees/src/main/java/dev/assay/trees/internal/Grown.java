package dev.assay.trees.internal;

/// A tree, its leaves' members, and what each feature's splits gained.
record Grown(Tree tree, Leaves leaves, double[] importance) {}
