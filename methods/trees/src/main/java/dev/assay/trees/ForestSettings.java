package dev.assay.trees;

import dev.assay.fault.Fault;

/// How a quantile regression forest is grown.
///
/// @param trees        number of trees, at least 1
/// @param minLeaf      least number of in-bag training rows in a leaf, at least 1. A row that a bootstrap
///     sample drew twice counts twice, as in randomForest and ranger (scikit-learn counts it once)
/// @param maxDepth     largest number of splits on the way to a leaf, at least 0
/// @param featureShare share of the features tried at each split, in (0, 1]; at least one is tried
/// @param bootstrap    whether each tree sees a bootstrap sample (rows drawn in proportion to their weights) or
///     all rows
/// @param bins         most distinct values that a numeric feature is reduced to, 2 to 255; missing is one more
/// @param memoryLimit  bytes that leaf membership (trees x rows x 4) may take; over it every tree is grown on a
///     random subset of the rows and [QuantileForest#rowFraction()] says how large it was
/// @param rule         how [QuantileForest] draws when it is not told
public record ForestSettings(
        int trees,
        int minLeaf,
        int maxDepth,
        double featureShare,
        boolean bootstrap,
        int bins,
        long memoryLimit,
        DrawRule rule)
        implements BaseSettings {
    /// 100 trees: the number Meinshausen's successors settled on; the CDF's error falls with its square root.
    public static final int TREES = 100;
    /// Leaves of single rows draw best: the forest's average smooths, not the leaf.
    public static final int MIN_LEAF = 1;
    /// No limit.
    public static final int MAX_DEPTH = Integer.MAX_VALUE;
    /// All features compete for each split.
    public static final double FEATURE_SHARE = 1.0;
    /// As many value bins as fit a byte beside the missing bin.
    public static final int BINS = 255;
    /// 4 GiB: 100 trees over ten million rows.
    public static final long MEMORY_LIMIT = 4L << 30;

    /// The defaults.
    public static final ForestSettings DEFAULT = new ForestSettings(
            TREES, MIN_LEAF, MAX_DEPTH, FEATURE_SHARE, true, BINS, MEMORY_LIMIT, DrawRule.INTERPOLATED);

    /// @throws Fault (BAD_SETTING) if a component is out of range
    public ForestSettings {
        require(trees >= 1, "trees", "at least 1");
        require(minLeaf >= 1, "minLeaf", "at least 1");
        require(maxDepth >= 0, "maxDepth", "at least 0");
        require(featureShare > 0 && featureShare <= 1, "featureShare", "in (0, 1]");
        require(bins >= 2 && bins <= 255, "bins", "between 2 and 255");
        require(memoryLimit >= 4L * trees, "memoryLimit", "at least 4 bytes a tree");
    }

    /// The same with another number of trees.
    public ForestSettings withTrees(int number) {
        return new ForestSettings(number, minLeaf, maxDepth, featureShare, bootstrap, bins, memoryLimit, rule);
    }

    /// The same with another smallest leaf.
    public ForestSettings withMinLeaf(int rows) {
        return new ForestSettings(trees, rows, maxDepth, featureShare, bootstrap, bins, memoryLimit, rule);
    }

    /// The same with another depth limit.
    public ForestSettings withMaxDepth(int depth) {
        return new ForestSettings(trees, minLeaf, depth, featureShare, bootstrap, bins, memoryLimit, rule);
    }

    /// The same with another share of features a split.
    public ForestSettings withFeatureShare(double share) {
        return new ForestSettings(trees, minLeaf, maxDepth, share, bootstrap, bins, memoryLimit, rule);
    }

    /// The same with or without bootstrap samples.
    public ForestSettings withBootstrap(boolean on) {
        return new ForestSettings(trees, minLeaf, maxDepth, featureShare, on, bins, memoryLimit, rule);
    }

    /// The same with another number of bins.
    public ForestSettings withBins(int number) {
        return new ForestSettings(trees, minLeaf, maxDepth, featureShare, bootstrap, number, memoryLimit, rule);
    }

    /// The same with another limit on the memory of leaf membership.
    public ForestSettings withMemoryLimit(long bytes) {
        return new ForestSettings(trees, minLeaf, maxDepth, featureShare, bootstrap, bins, bytes, rule);
    }

    /// The same with another way to draw.
    public ForestSettings withRule(DrawRule other) {
        return new ForestSettings(trees, minLeaf, maxDepth, featureShare, bootstrap, bins, memoryLimit, other);
    }

    private static void require(boolean holds, String name, String range) {
        if (!holds) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "forest setting '" + name + "' is out of range; it must be " + range + ".");
        }
    }
}
