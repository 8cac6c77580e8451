package dev.assay.report;

/// What the evidence says about a claim.
public enum Verdict {
    /// The whole interval lies on the claimed side of the threshold.
    HOLDS,
    /// The whole interval lies on the other side.
    CONTRADICTED,
    /// The interval reaches across the threshold.
    UNDECIDED,
    /// The metric was not measured in this run.
    NOT_MEASURED
}
