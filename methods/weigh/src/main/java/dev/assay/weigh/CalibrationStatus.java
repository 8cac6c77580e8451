package dev.assay.weigh;

/// How a calibration ended; exactly one.
public enum CalibrationStatus {
    /// Every target is met on errors recomputed from the stored weights.
    CONVERGED,
    /// Some targets have a finite cost: every target that must be met is, and the others are missed by what
    /// the costs make best, which the diagnostics tell.
    CONVERGED_PENALISED,
    /// Every target that must be met is met, but only on the edge of what is possible: some weights have
    /// to be
    /// (nearly) 0, or a quarter of the rows or more are at a bound, or the targets leave rows at bounds
    /// no choice.
    /// Such targets often rest on a mistake, and the rows hardly count any more.
    CONVERGED_AT_BOUNDARY,
    /// The step limit was reached, or no step helped; whether weights exist is not known.
    NOT_CONVERGED,
    /// No weights within the bounds meet the targets; the evidence is in the result.
    INFEASIBLE,
    /// A target is a linear combination of others and its value is not.
    INCONSISTENT,
    /// A target other than 0 has no row that contributes to it.
    EMPTY_SUPPORT,
    /// Bounds leave no room on some row, or do not go with the distance there.
    BAD_BOUNDS;

    /// The name of a column of weights that ended so: `weight` only if they met every target that
    /// must be met.
    public String weightColumn() {
        return isConverged() ? "weight" : "weight_unverified";
    }

    /// Whether every target that must be met is met.
    public boolean isConverged() {
        return this == CONVERGED || this == CONVERGED_PENALISED || this == CONVERGED_AT_BOUNDARY;
    }
}
