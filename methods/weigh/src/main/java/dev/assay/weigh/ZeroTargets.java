package dev.assay.weigh;

/// What to do with a target of 0 whose column is nonzero with one sign only, where weights cannot be
/// negative: the only solution gives those rows no weight at all.
public enum ZeroTargets {
    /// End as infeasible and name the target.
    ERROR,
    /// Set the weights of those rows to exactly 0 and calibrate the others. With a distance that allows
    /// negative weights the rows are set to 0 as well.
    ZERO_ROWS,
    /// Treat such a target as one that may be missed, at [Target#SOFT_COST].
    PENALISE
}
