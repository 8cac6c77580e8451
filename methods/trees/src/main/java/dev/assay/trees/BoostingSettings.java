package dev.assay.trees;

import dev.assay.fault.Fault;

/// How a boosted classifier is grown.
///
/// @param iterations      most boosting rounds, at least 1
/// @param learningRate    share of each Newton step that is taken, in (0, 1]
/// @param leaves          most leaves of a tree, at least 2; the leaf whose split gains most is split next
/// @param minLeaf         least number of rows in a leaf, at least 1
/// @param bins            most distinct values that a numeric feature is reduced to, 2 to 255
/// @param earlyStopRows   with more training rows than this, part of them decides when to stop
/// @param validationShare the share of rows of each class that decides, in (0, 1)
/// @param patience        rounds without a better validation log-loss after which growth stops, at least 1; the best
///                        round's model is kept
public record BoostingSettings(
        int iterations,
        double learningRate,
        int leaves,
        int minLeaf,
        int bins,
        int earlyStopRows,
        double validationShare,
        int patience) {
    /// 100 rounds.
    public static final int ITERATIONS = 100;
    /// A tenth of each step.
    public static final double LEARNING_RATE = 0.1;
    /// 31 leaves: five levels' worth.
    public static final int LEAVES = 31;
    /// 20 rows.
    public static final int MIN_LEAF = 20;
    /// As many value bins as fit a byte beside the missing bin.
    public static final int BINS = 255;
    /// With fewer rows than this a tenth of them is too few to tell when to stop.
    public static final int EARLY_STOP_ROWS = 10_000;
    /// A tenth decides.
    public static final double VALIDATION_SHARE = 0.1;
    /// Ten rounds.
    public static final int PATIENCE = 10;

    /// The defaults, as in other histogram boosters.
    public static final BoostingSettings DEFAULT = new BoostingSettings(
            ITERATIONS, LEARNING_RATE, LEAVES, MIN_LEAF, BINS, EARLY_STOP_ROWS, VALIDATION_SHARE, PATIENCE);

    /// @throws Fault (BAD_SETTING) if a component is out of range
    public BoostingSettings {
        require(iterations >= 1, "iterations", "at least 1");
        require(learningRate > 0 && learningRate <= 1, "learningRate", "in (0, 1]");
        require(leaves >= 2, "leaves", "at least 2");
        require(minLeaf >= 1, "minLeaf", "at least 1");
        require(bins >= 2 && bins <= 255, "bins", "between 2 and 255");
        require(earlyStopRows >= 0, "earlyStopRows", "at least 0");
        require(validationShare > 0 && validationShare < 1, "validationShare", "in (0, 1)");
        require(patience >= 1, "patience", "at least 1");
    }

    /// The same with another number of rounds.
    public BoostingSettings withIterations(int rounds) {
        return new BoostingSettings(
                rounds, learningRate, leaves, minLeaf, bins, earlyStopRows, validationShare, patience);
    }

    /// The same with another smallest leaf.
    public BoostingSettings withMinLeaf(int rows) {
        return new BoostingSettings(
                iterations, learningRate, leaves, rows, bins, earlyStopRows, validationShare, patience);
    }

    private static void require(boolean holds, String name, String range) {
        if (!holds) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "boosting setting '" + name + "' is out of range; it must be " + range + ".");
        }
    }
}
