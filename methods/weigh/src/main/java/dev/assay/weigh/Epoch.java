package dev.assay.weigh;

/// What one epoch of [GradientCalibration] or [SparseSelection] came to: one read of the design.
///
/// @param batch        which of the target batches, from 0
/// @param epoch        epochs done in this batch, from 1
/// @param loss         what is minimised, at the new weights: the mean squared relative error of the batch's
///                     targets and the penalties
/// @param maxError     greatest relative error of a target of the batch
/// @param meanError    mean relative error of the batch's targets
/// @param learningRate Adam's step size in this epoch
/// @param sparsity     the price of an active row in this epoch, 0 where nothing is pruned
/// @param activeRows   rows whose weight is not 0 when gates take their evaluation value
public record Epoch(
        int batch,
        int epoch,
        double loss,
        double maxError,
        double meanError,
        double learningRate,
        double sparsity,
        int activeRows) {}
