package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.util.List;
import java.util.OptionalInt;

/// How to select rows.
///
/// @param epochs       reads of the design a batch of targets and run, `>= 10`
/// @param learningRate Adam's first step size, `> 0`; it falls along a half cosine to a hundredth
/// @param sparsity     the price lambda of keeping all rows, `>= 0`, in units of the mean squared relative
///                     error; not looked at where `targetRows` is given
/// @param targetRows   how many rows to keep: the price is then searched for, in at most 12 runs
/// @param minRows      a run stops when fewer rows are left than this, or than twice the independent
///     targets
/// @param temperature  how soft gates are (beta of the paper), in (0, 1)
/// @param keep         the probability with which a gate is open at the start, in (0.5, 1)
/// @param shrinkage    the price of the mean square of the weights' logarithmic ratios, `>= 0`
/// @param polish       ratio bounds around the selected weights within which the targets are then met
///                     exactly; the polish is left out if they are [Bounds#none()]
/// @param tolerance    relative error at which a target is met, `> 0`
/// @param batches      columns of the targets in the order in which they join; only the first batch prunes,
///                     the others refit the rows that are left. Empty for all at once
/// @param groups       `[targets]` the group of each target, whose members share one target's say; empty
///     for equal say
public record SparseSettings(
        int epochs,
        double learningRate,
        double sparsity,
        OptionalInt targetRows,
        int minRows,
        double temperature,
        double keep,
        double shrinkage,
        Bounds polish,
        double tolerance,
        List<List<Integer>> batches,
        List<Integer> groups) {
    /// The price of keeping all rows unless told otherwise.
    public static final double DEFAULT_SPARSITY = 1e-3;

    /// @throws Fault (BAD_SETTING) if a setting is out of range
    public SparseSettings {
        check(epochs >= 10, "at least 10 epochs are needed, as gates open and close in stages");
        check(learningRate > 0 && Double.isFinite(learningRate), "the learning rate must be above 0");
        check(sparsity >= 0 && Double.isFinite(sparsity), "the price of rows must be 0 or more");
        check(targetRows.isEmpty() || targetRows.getAsInt() >= 1, "at least one row must be kept");
        check(minRows >= 0, "the least number of rows must be 0 or more");
        check(temperature > 0 && temperature < 1, "the temperature must lie between 0 and 1");
        check(keep > 0.5 && keep < 1, "the probability of an open gate at the start must lie between 0.5 and 1");
        check(shrinkage >= 0 && Double.isFinite(shrinkage), "the shrinkage must be 0 or more");
        check(tolerance > 0, "the tolerance must be above 0");
        check(
                polish.isNone() || (polish.lower() <= 1 && polish.upper() >= 1),
                "the bounds of the polish must allow a ratio of 1");
        batches = batches.stream().map(List::copyOf).toList();
        groups = List.copyOf(groups);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "For selecting rows " + what + ".");
        }
    }

    /// 1,000 epochs at 0.15, temperature 0.35, gates open with probability 0.999 at the start, polished
    /// within a factor of ten.
    public static SparseSettings defaults() {
        return new SparseSettings(
                1_000,
                0.15,
                DEFAULT_SPARSITY,
                OptionalInt.empty(),
                0,
                0.35,
                0.999,
                1e-12,
                Bounds.ofRatio(0.1, 10),
                CalibrationSettings.DEFAULT_TOLERANCE,
                List.of(),
                List.of());
    }

    /// These settings with another price of rows, which is used as it is.
    public SparseSettings withSparsity(double newSparsity) {
        return new SparseSettings(
                epochs,
                learningRate,
                newSparsity,
                OptionalInt.empty(),
                minRows,
                temperature,
                keep,
                shrinkage,
                polish,
                tolerance,
                batches,
                groups);
    }

    /// These settings with a number of rows to keep.
    public SparseSettings withTargetRows(int rows) {
        return new SparseSettings(
                epochs,
                learningRate,
                sparsity,
                OptionalInt.of(rows),
                minRows,
                temperature,
                keep,
                shrinkage,
                polish,
                tolerance,
                batches,
                groups);
    }

    /// These settings with another number of epochs.
    public SparseSettings withEpochs(int newEpochs) {
        return new SparseSettings(
                newEpochs,
                learningRate,
                sparsity,
                targetRows,
                minRows,
                temperature,
                keep,
                shrinkage,
                polish,
                tolerance,
                batches,
                groups);
    }

    /// These settings with another polish.
    public SparseSettings withPolish(Bounds newPolish) {
        return new SparseSettings(
                epochs,
                learningRate,
                sparsity,
                targetRows,
                minRows,
                temperature,
                keep,
                shrinkage,
                newPolish,
                tolerance,
                batches,
                groups);
    }

    /// These settings with a least number of rows.
    public SparseSettings withMinRows(int newMinRows) {
        return new SparseSettings(
                epochs,
                learningRate,
                sparsity,
                targetRows,
                newMinRows,
                temperature,
                keep,
                shrinkage,
                polish,
                tolerance,
                batches,
                groups);
    }

    /// These settings with batches of targets.
    public SparseSettings withBatches(List<List<Integer>> newBatches) {
        return new SparseSettings(
                epochs,
                learningRate,
                sparsity,
                targetRows,
                minRows,
                temperature,
                keep,
                shrinkage,
                polish,
                tolerance,
                newBatches,
                groups);
    }
}
