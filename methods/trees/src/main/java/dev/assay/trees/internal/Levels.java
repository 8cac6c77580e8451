package dev.assay.trees.internal;

/// What both split searches do with the levels of a categorical feature.
final class Levels {
    private Levels() {}

    /// Sorts the first `count` levels by ascending key, ties by level (shell sort: no allocation, few levels).
    static void sort(int[] level, double[] key, int count) {
        for (int gap = count > 32 ? count / 3 : 1; gap > 0; gap = gap == 2 ? 1 : gap / 3) {
            for (int i = gap; i < count; i++) {
                double k = key[i];
                int l = level[i];
                int j = i;
                while (j >= gap && (key[j - gap] > k || (key[j - gap] == k && level[j - gap] > l))) {
                    key[j] = key[j - gap];
                    level[j] = level[j - gap];
                    j -= gap;
                }
                key[j] = k;
                level[j] = l;
            }
        }
    }

    /// Notes the split that sends `level[0..cut]` left and the node's other levels right; levels that do not
    /// occur in
    /// the node go with the heavier side.
    static void record(Candidate best, double gain, int feature, int[] level, int cut, int count, boolean absentLeft) {
        best.gain = gain;
        best.feature = feature;
        best.categorical = true;
        java.util.Arrays.fill(best.set, absentLeft ? -1L : 0L);
        for (int i = 0; i < count; i++) {
            long bit = 1L << level[i];
            if (i <= cut) {
                best.set[level[i] >>> 6] |= bit;
            } else {
                best.set[level[i] >>> 6] &= ~bit;
            }
        }
    }
}
