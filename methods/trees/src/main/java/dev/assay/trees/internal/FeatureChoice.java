package dev.assay.trees.internal;

import java.util.random.RandomGenerator;

/// Which features compete for a split: all, or a fresh random subset for each node.
final class FeatureChoice {
    private final int[] order;
    private final int tried;
    private final RandomGenerator random;

    FeatureChoice(int features, int tried, RandomGenerator random) {
        this.order = new int[features];
        for (int f = 0; f < features; f++) {
            order[f] = f;
        }
        this.tried = tried;
        this.random = random;
    }

    boolean all() {
        return tried == order.length;
    }

    int tried() {
        return tried;
    }

    /// The k-th feature of the choice.
    int feature(int k) {
        return order[k];
    }

    /// Chooses anew, for the next node.
    void next() {
        if (all()) {
            return;
        }
        for (int k = 0; k < tried; k++) {
            int j = k + random.nextInt(order.length - k);
            int swap = order[k];
            order[k] = order[j];
            order[j] = swap;
        }
    }
}
