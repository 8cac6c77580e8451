package dev.assay.trees.internal;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which features compete for a split: all, or a fresh random subset for each node.
final class FeatureChoice {
    private final int[] order;
    private final int tried;
    private final @Nullable RandomGenerator random;

    private FeatureChoice(int features, int tried, @Nullable RandomGenerator random) {
        this.order = new int[features];
        for (int f = 0; f < features; f++) {
            order[f] = f;
        }
        this.tried = tried;
        this.random = random;
    }

    /// All features, always.
    static FeatureChoice all(int features) {
        return new FeatureChoice(features, features, null);
    }

    /// Fresh random features for each node.
    static FeatureChoice of(int features, int tried, RandomGenerator random) {
        return tried == features ? all(features) : new FeatureChoice(features, tried, random);
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
        if (random == null) {
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
