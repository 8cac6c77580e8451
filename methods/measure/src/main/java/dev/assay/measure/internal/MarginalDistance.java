package dev.assay.measure.internal;

/// Distances of one column, and how far a draw moves them in first order, see
/// [dev.assay.inference.Bootstrap#distances].
public sealed interface MarginalDistance permits NumberDistances, LevelDistance {
    /// The distances of the samples themselves, NaN where a side has no value.
    double[] values();

    /// How far a draw moves each distance.
    ///
    /// @param first  times each real unit was drawn
    /// @param second times each synthetic unit was drawn
    /// @param most   receives as many numbers as there are distances from `at` on, NaN where a side has
    ///     no value
    /// @param least  the same
    void moves(int[] first, int[] second, double[] most, double[] least, int at);
}
