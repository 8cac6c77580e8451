package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.util.List;

/// How to calibrate by gradient.
///
/// @param epochs       reads of the design a batch of targets, `>= 1`
/// @param learningRate Adam's first step size, `> 0`: about the most that the logarithm of a weight moves in
///                     an epoch; it falls along a half cosine to a hundredth
/// @param distance     what moving away from the design weights costs, `>= 0`: the entropy distance over the
///                     sum of design weights times this is added to the loss; 0 for none
/// @param bounds       what weights may be; held in every epoch. Ratios stay positive whatever the bounds
/// @param tolerance    relative error at which a target counts as met, `> 0`
/// @param batches      columns of the targets in the order in which they join: batch k is fitted together
///                     with those before it, from their weights. Empty for all at once
/// @param groups       `[targets]` the group of each target, whose members share one target's say in the
///                     loss; empty if every target has the same say
public record GradientSettings(
        int epochs,
        double learningRate,
        double distance,
        Bounds bounds,
        double tolerance,
        List<List<Integer>> batches,
        List<Integer> groups) {
    /// The price of the distance unless told otherwise.
    public static final double DEFAULT_DISTANCE = 1e-4;

    /// @throws Fault (BAD_SETTING) if a setting is out of range
    public GradientSettings {
        if (epochs < 1 || !(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "Epochs must be at least 1 and the learning rate above 0.");
        }
        if (!(distance >= 0) || Double.isInfinite(distance)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "The price of the distance must be 0 or more.");
        }
        if (!(tolerance > 0)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "The tolerance must be above 0.");
        }
        if (!(bounds.upper() > 0) || !(bounds.most() > 0)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "Weights stay positive here: upper bounds must be above 0.");
        }
        batches = batches.stream().map(List::copyOf).toList();
        groups = List.copyOf(groups);
    }

    /// 1,000 epochs at 0.02, a slight price on the distance, a tolerance of 1 percent.
    public static GradientSettings defaults() {
        return new GradientSettings(1_000, 0.02, DEFAULT_DISTANCE, Bounds.none(), 0.01, List.of(), List.of());
    }

    /// These settings with another number of epochs.
    public GradientSettings withEpochs(int newEpochs) {
        return new GradientSettings(newEpochs, learningRate, distance, bounds, tolerance, batches, groups);
    }

    /// These settings with another learning rate.
    public GradientSettings withLearningRate(double newRate) {
        return new GradientSettings(epochs, newRate, distance, bounds, tolerance, batches, groups);
    }

    /// These settings with another price of the distance.
    public GradientSettings withDistance(double newDistance) {
        return new GradientSettings(epochs, learningRate, newDistance, bounds, tolerance, batches, groups);
    }

    /// These settings with bounds.
    public GradientSettings withBounds(Bounds newBounds) {
        return new GradientSettings(epochs, learningRate, distance, newBounds, tolerance, batches, groups);
    }

    /// These settings with another tolerance.
    public GradientSettings withTolerance(double newTolerance) {
        return new GradientSettings(epochs, learningRate, distance, bounds, newTolerance, batches, groups);
    }

    /// These settings with batches of targets.
    public GradientSettings withBatches(List<List<Integer>> newBatches) {
        return new GradientSettings(epochs, learningRate, distance, bounds, tolerance, newBatches, groups);
    }

    /// These settings with groups of targets.
    public GradientSettings withGroups(List<Integer> newGroups) {
        return new GradientSettings(epochs, learningRate, distance, bounds, tolerance, batches, newGroups);
    }
}
