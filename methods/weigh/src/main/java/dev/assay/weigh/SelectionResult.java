package dev.assay.weigh;

import java.util.List;

/// Rows selected and their weights.
///
/// @param result     weights `[rows]`, 0 for rows left out, judged like every calibration's. With a polish
///                   its status and evidence are the polish's; without, or where the selection stopped early,
///                   the status is CONVERGED or NOT_CONVERGED
/// @param activeRows rows with a weight other than 0
/// @param sparsity   the price of rows that led here
/// @param trials     every price that was tried, in order
/// @param epochs     every epoch of the run that was chosen
public record SelectionResult(
        CalibrationResult result, int activeRows, double sparsity, List<Trial> trials, List<Epoch> epochs) {
    /// Copies the lists.
    public SelectionResult {
        trials = List.copyOf(trials);
        epochs = List.copyOf(epochs);
    }

    /// One run at one price.
    ///
    /// @param sparsity   the price
    /// @param activeRows rows left
    /// @param maxError   greatest relative error of a target before any polish
    /// @param stopped    why it stopped before its time, empty if it did not
    public record Trial(double sparsity, int activeRows, double maxError, String stopped) {}
}
