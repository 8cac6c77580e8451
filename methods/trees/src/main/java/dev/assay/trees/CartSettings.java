package dev.assay.trees;

import dev.assay.fault.Fault;

/// How a single tree is grown and drawn from.
///
/// @param minLeaf  least number of training rows in a leaf, at least 1
/// @param minSplit least number of training rows in a node that is split, at least 1
/// @param maxDepth largest number of splits on the way to a leaf, at least 0
/// @param bins     most distinct values that a numeric feature is reduced to, 2 to 255
/// @param smooth   whether a drawn number is blurred with a Gaussian kernel inside its leaf's range; classes
///     never are
public record CartSettings(int minLeaf, int minSplit, int maxDepth, int bins, boolean smooth) implements BaseSettings {
    /// 5 rows, as in synthpop.
    public static final int MIN_LEAF = 5;
    /// A node is split from three times the smallest leaf on, as in rpart, which synthpop grows its
    /// trees with. From twice the smallest leaf on, trees are larger and give more of single rows away,
    /// at no gain.
    public static final int SPLIT_LEAVES = 3;
    /// No limit.
    public static final int MAX_DEPTH = Integer.MAX_VALUE;
    /// As many value bins as fit a byte beside the missing bin.
    public static final int BINS = 255;

    /// The defaults: draws are training values.
    public static final CartSettings DEFAULT =
            new CartSettings(MIN_LEAF, SPLIT_LEAVES * MIN_LEAF, MAX_DEPTH, BINS, false);

    /// @throws Fault (BAD_SETTING) if a component is out of range
    public CartSettings {
        require(minLeaf >= 1, "minLeaf", "at least 1");
        require(minSplit >= 1, "minSplit", "at least 1");
        require(maxDepth >= 0, "maxDepth", "at least 0");
        require(bins >= 2 && bins <= 255, "bins", "between 2 and 255");
    }

    /// The same with another smallest leaf, and nodes split from three times that on.
    public CartSettings withMinLeaf(int rows) {
        int split = (int) Math.min(Integer.MAX_VALUE, (long) SPLIT_LEAVES * rows);
        return new CartSettings(rows, split, maxDepth, bins, smooth);
    }

    /// The same with another smallest node that is split.
    public CartSettings withMinSplit(int rows) {
        return new CartSettings(minLeaf, rows, maxDepth, bins, smooth);
    }

    /// The same with or without blurred draws.
    public CartSettings withSmooth(boolean on) {
        return new CartSettings(minLeaf, minSplit, maxDepth, bins, on);
    }

    private static void require(boolean holds, String name, String range) {
        if (!holds) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "tree setting '" + name + "' is out of range; it must be " + range + ".");
        }
    }
}
