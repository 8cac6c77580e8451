package dev.assay.distil.internal.similar;

import dev.assay.distil.KeyedText;

/// The Jaccard similarity of two sets, the size of their intersection over that of their union.
public final class Jaccard {
    /// What [#ifAtLeast] says of a pair below the threshold.
    public static final double BELOW = -1;

    private Jaccard() {}

    /// The similarity, or [#BELOW] if it is less than the threshold, often long before the end of the sets.
    ///
    /// @param x         ascending, distinct, not empty
    /// @param y         as `x`
    /// @param threshold above 0, at most 1
    public static double ifAtLeast(long[] x, long[] y, double threshold) {
        int total = Math.addExact(x.length, y.length);
        int required = overlap(total, threshold);
        int spareX = x.length - required;
        int spareY = y.length - required;
        if (spareX < 0 || spareY < 0) {
            return BELOW;
        }
        int i = 0;
        int j = 0;
        int common = 0;
        while (i < x.length && j < y.length) {
            if (x[i] == y[j]) {
                common++;
                i++;
                j++;
            } else if (x[i] < y[j]) {
                i++;
                if (--spareX < 0) {
                    return BELOW;
                }
            } else {
                j++;
                if (--spareY < 0) {
                    return BELOW;
                }
            }
        }
        double similarity = (double) common / (total - common);
        return similarity >= threshold ? similarity : BELOW;
    }

    /// The least similarity of the parts of two texts in parts, over those that one of them has; or
    /// [#BELOW] if it is less than the threshold. It is at most that of the texts as a whole.
    ///
    /// @param x ascending, distinct, with the part of each in its lowest bits ([Shingles#part])
    /// @param y         as `x`
    static double leastPart(long[] x, long[] y, double threshold) {
        int[] common = new int[KeyedText.MOST_PARTS];
        int[] all = new int[KeyedText.MOST_PARTS];
        int i = 0;
        int j = 0;
        while (i < x.length || j < y.length) {
            boolean ofX = j == y.length || i < x.length && x[i] <= y[j];
            boolean ofY = i == x.length || j < y.length && y[j] <= x[i];
            int part = Shingles.part(ofX ? x[i] : y[j]);
            all[part]++;
            common[part] += ofX && ofY ? 1 : 0;
            i += ofX ? 1 : 0;
            j += ofY ? 1 : 0;
        }
        double least = 1;
        for (int part = 0; part < all.length; part++) {
            least = all[part] == 0 ? least : Math.min(least, (double) common[part] / all[part]);
        }
        return least >= threshold ? least : BELOW;
    }

    /// The similarity of two texts: of their sets, or where they have parts the least of their parts'; or
    /// [#BELOW].
    static double of(long[] x, long[] y, double threshold, boolean parted) {
        double whole = ifAtLeast(x, y, threshold);
        return whole == BELOW || !parted ? whole : leastPart(x, y, threshold);
    }

    /// The fewest common elements with which two sets of `total` elements together can reach the threshold:
    /// t (|x| + |y|) / (1 + t), rounded up. Where rounding could matter it is one too few, never one too many.
    public static int overlap(int total, double threshold) {
        return roundedUp(threshold / (1 + threshold) * total);
    }

    /// The fewest elements of a set of this size that any set as similar as the threshold has in common with it.
    public static int leastCommon(int size, double threshold) {
        return roundedUp(threshold * size);
    }

    private static int roundedUp(double value) {
        return (int) Math.ceil(value * (1 - 1e-12) - 1e-9);
    }
}
