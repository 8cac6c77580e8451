package dev.assay.trees.internal;

import static dev.assay.trees.internal.Layout.SUMS;

/// Finds the best split of one feature from its histogram of (response, weight, rows) sums.
///
/// A split gains `SL^2/WL + SR^2/WR - S^2/W`. With weights and weighted responses this is the fall of the
/// weighted sum
/// of squares (variance split); with hessians and negative gradients it is twice the second-order gain of
/// boosting
/// without penalty.
final class SumScan {
    /// Least gain, relative to the node's own score: below it two sides are equal but for rounding.
    private static final double LEAST = 1e-12;

    private final int minLeaf;
    private final double minWeight;

    // A categorical feature's levels that occur in the node, ordered by mean response.
    private final int[] level = new int[256];
    private final double[] mean = new double[256];

    /// @param minLeaf   least rows a side
    /// @param minWeight least weight a side
    SumScan(int minLeaf, double minWeight) {
        this.minLeaf = minLeaf;
        this.minWeight = minWeight;
    }

    /// Scans every code of a feature.
    ///
    /// @param h     sums; the feature's cell of code 0 starts at `start`
    /// @param last  the feature's largest code
    /// @param s     the node's sums: response, weight `w`, rows `n`
    void dense(double[] h, int start, int last, double s, double w, double n, int feature, Candidate best) {
        double parent = s * s / w;
        double floor = Math.max(best.gain, LEAST * parent) + parent;
        boolean missing = h[start + 2] > 0;
        double most = n - minLeaf;
        for (int side = 0; side <= (missing ? 1 : 0); side++) {
            boolean missingLeft = side == 1;
            double ls = missingLeft ? h[start] : 0;
            double lw = missingLeft ? h[start + 1] : 0;
            double ln = missingLeft ? h[start + 2] : 0;
            int bestCode = -1;
            double bestHeavy = 0;
            for (int c = 1, o = start + SUMS; c <= last; c++, o += SUMS) {
                double count = h[o + 2];
                if (count == 0) {
                    continue;
                }
                ls += h[o];
                lw += h[o + 1];
                ln += count;
                if (ln < minLeaf) {
                    continue;
                }
                if (ln > most) {
                    break;
                }
                double rw = w - lw;
                double rs = s - ls;
                // One division for two quotients.
                double score = (ls * ls * rw + rs * rs * lw) / (lw * rw);
                if (score > floor && lw >= minWeight && rw >= minWeight) {
                    floor = score;
                    bestCode = c;
                    bestHeavy = lw - rw;
                }
            }
            if (bestCode >= 0) {
                best.numeric(floor - parent, feature, bestCode, missing ? missingLeft : bestHeavy > 0);
            }
        }
        if (missing) {
            // Missing against everything else; as "missing left" its threshold is code 0.
            single(h, start, s, w, n, feature, floor, parent, best);
        }
    }

    private void single(
            double[] h,
            int start,
            double s,
            double w,
            double n,
            int feature,
            double floor,
            double parent,
            Candidate best) {
        double lw = h[start + 1];
        double ln = h[start + 2];
        double rw = w - lw;
        if (ln < minLeaf || ln > n - minLeaf || lw < minWeight || rw < minWeight) {
            return;
        }
        double rs = s - h[start];
        double score = (h[start] * h[start] * rw + rs * rs * lw) / (lw * rw);
        if (score > floor) {
            best.numeric(score - parent, feature, 0, true);
        }
    }

    /// Scans the codes whose bits are set, all others being empty, and empties them.
    void sparse(
            double[] h,
            long[] touched,
            double s,
            double w,
            double n,
            int feature,
            boolean categorical,
            Candidate best) {
        if (categorical) {
            int levels = 0;
            for (int word = 0; word < 4; word++) {
                for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
                    level[levels++] = (word << 6) + Long.numberOfTrailingZeros(bits);
                }
            }
            levels(h, 0, levels, s, w, n, feature, best);
        } else {
            numeric(h, touched, s, w, n, feature, best);
        }
        for (int word = 0; word < 4; word++) {
            for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
                int o = ((word << 6) + Long.numberOfTrailingZeros(bits)) * SUMS;
                h[o] = 0;
                h[o + 1] = 0;
                h[o + 2] = 0;
            }
            touched[word] = 0;
        }
    }

    private void numeric(double[] h, long[] touched, double s, double w, double n, int feature, Candidate best) {
        double parent = s * s / w;
        double floor = Math.max(best.gain, LEAST * parent) + parent;
        boolean missing = (touched[0] & 1) != 0;
        double most = n - minLeaf;
        for (int side = 0; side <= (missing ? 1 : 0); side++) {
            boolean missingLeft = side == 1;
            double ls = missingLeft ? h[0] : 0;
            double lw = missingLeft ? h[1] : 0;
            double ln = missingLeft ? h[2] : 0;
            int bestCode = -1;
            double bestHeavy = 0;
            scan:
            for (int word = 0; word < 4; word++) {
                long all = word == 0 ? touched[0] & ~1L : touched[word];
                for (long bits = all; bits != 0; bits &= bits - 1) {
                    int c = (word << 6) + Long.numberOfTrailingZeros(bits);
                    int o = c * SUMS;
                    ls += h[o];
                    lw += h[o + 1];
                    ln += h[o + 2];
                    if (ln < minLeaf) {
                        continue;
                    }
                    if (ln > most) {
                        break scan;
                    }
                    double rw = w - lw;
                    double rs = s - ls;
                    double score = (ls * ls * rw + rs * rs * lw) / (lw * rw);
                    if (score > floor && lw >= minWeight && rw >= minWeight) {
                        floor = score;
                        bestCode = c;
                        bestHeavy = lw - rw;
                    }
                }
            }
            if (bestCode >= 0) {
                best.numeric(floor - parent, feature, bestCode, missing ? missingLeft : bestHeavy > 0);
            }
        }
        if (missing) {
            single(h, 0, s, w, n, feature, floor, parent, best);
        }
    }

    /// Scans a categorical feature: its levels ordered by mean response, missing being a level like any other.
    /// The best
    /// of the splits in that order is the best of all two-way splits (Fisher 1958).
    void categories(double[] h, int start, int last, double s, double w, double n, int feature, Candidate best) {
        int levels = 0;
        for (int c = 0; c <= last; c++) {
            if (h[start + c * SUMS + 2] > 0) {
                level[levels++] = c;
            }
        }
        levels(h, start, levels, s, w, n, feature, best);
    }

    private void levels(double[] h, int start, int levels, double s, double w, double n, int feature, Candidate best) {
        for (int i = 0; i < levels; i++) {
            int o = start + level[i] * SUMS;
            mean[i] = h[o + 1] > 0 ? h[o] / h[o + 1] : 0;
        }
        Levels.sort(level, mean, levels);
        double parent = s * s / w;
        double floor = Math.max(best.gain, LEAST * parent) + parent;
        double ls = 0;
        double lw = 0;
        double ln = 0;
        int cut = -1;
        double heavy = 0;
        for (int i = 0; i < levels - 1; i++) {
            int o = start + level[i] * SUMS;
            ls += h[o];
            lw += h[o + 1];
            ln += h[o + 2];
            double rw = w - lw;
            if (ln < minLeaf || n - ln < minLeaf || lw < minWeight || rw < minWeight) {
                continue;
            }
            double rs = s - ls;
            double score = (ls * ls * rw + rs * rs * lw) / (lw * rw);
            if (score > floor) {
                floor = score;
                cut = i;
                heavy = lw - rw;
            }
        }
        if (cut >= 0) {
            Levels.record(best, floor - parent, feature, level, cut, levels, heavy > 0);
        }
    }
}
