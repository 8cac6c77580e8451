package dev.assay.trees;

import dev.assay.fault.Fault;

/// How a boosted classifier is grown.
///
/// @param iterations      most boosting rounds, at least 1
/// @param learningRate    share of each Newton step that is taken, in (0, 1]
/// @param leaves          most leaves of a tree, at least 2; the leaf whose split gains most is split next
/// @param minLeaf         least number of rows in a leaf, at least 1
/// @param bins            most distinct values that a numeric feature is reduced to, 2 to 255
/// @param folds           parts of the training rows, at least 1: each is judged by a model of the
///     others, and the number of rounds with the least weighted log-loss is taken, at every number of
///     rows, of trees of this size or
///     of four leaves, whichever is better. With 1 all rounds are grown
/// @param patience        rounds without a better log-loss after which no more are tried, at least 1
public record BoostingSettings(
        int iterations, double learningRate, int leaves, int minLeaf, int bins, int folds, int patience) {
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
    /// Five folds: each model sees four fifths of the rows.
    public static final int FOLDS = 5;
    /// Ten rounds.
    public static final int PATIENCE = 10;

    /// The defaults. Trees are as in other histogram boosters; these grow 100 rounds on few rows, whose
    /// probabilities, drawn from, lose most of a rare class.
    public static final BoostingSettings DEFAULT =
            new BoostingSettings(ITERATIONS, LEARNING_RATE, LEAVES, MIN_LEAF, BINS, FOLDS, PATIENCE);

    /// @throws Fault (BAD_SETTING) if a component is out of range
    public BoostingSettings {
        require(iterations >= 1, "iterations", "at least 1");
        require(learningRate > 0 && learningRate <= 1, "learningRate", "in (0, 1]");
        require(leaves >= 2, "leaves", "at least 2");
        require(minLeaf >= 1, "minLeaf", "at least 1");
        require(bins >= 2 && bins <= 255, "bins", "between 2 and 255");
        require(folds >= 1, "folds", "at least 1");
        require(patience >= 1, "patience", "at least 1");
    }

    /// The same with another number of rounds.
    public BoostingSettings withIterations(int rounds) {
        return new BoostingSettings(rounds, learningRate, leaves, minLeaf, bins, folds, patience);
    }

    /// The same with another largest number of leaves.
    public BoostingSettings withLeaves(int most) {
        return new BoostingSettings(iterations, learningRate, most, minLeaf, bins, folds, patience);
    }

    /// The same with another smallest leaf.
    public BoostingSettings withMinLeaf(int rows) {
        return new BoostingSettings(iterations, learningRate, leaves, rows, bins, folds, patience);
    }

    /// The same with another number of folds.
    public BoostingSettings withFolds(int number) {
        return new BoostingSettings(iterations, learningRate, leaves, minLeaf, bins, number, patience);
    }

    private static void require(boolean holds, String name, String range) {
        if (!holds) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "boosting setting '" + name + "' is out of range; it must be " + range + ".");
        }
    }
}
