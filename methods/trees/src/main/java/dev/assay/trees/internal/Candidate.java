package dev.assay.trees.internal;

/// The best split of a node found so far. Mutable and reused: one a thread, written millions of times.
final class Candidate {
    /// What the split gains: the fall of the weighted impurity.
    double gain;

    int feature;
    boolean categorical;

    /// Numeric: the largest key that goes left, see [Tree].
    int threshold;

    boolean missingLeft;

    /// Categorical: the codes that go left.
    final long[] set = new long[4];

    void reset() {
        gain = 0;
        feature = -1;
    }

    boolean found() {
        return feature >= 0;
    }

    void numeric(double newGain, int newFeature, int lastCodeLeft, boolean newMissingLeft) {
        gain = newGain;
        feature = newFeature;
        categorical = false;
        missingLeft = newMissingLeft;
        threshold = newMissingLeft ? lastCodeLeft : lastCodeLeft - 1;
    }

    void take(Candidate other) {
        gain = other.gain;
        feature = other.feature;
        categorical = other.categorical;
        threshold = other.threshold;
        missingLeft = other.missingLeft;
        System.arraycopy(other.set, 0, set, 0, set.length);
    }

    /// Whether a code goes left.
    boolean left(int code) {
        if (categorical) {
            return (set[code >>> 6] >>> code & 1) != 0;
        }
        return ((code - (missingLeft ? 0 : 1)) & 0xFF) <= threshold;
    }
}
