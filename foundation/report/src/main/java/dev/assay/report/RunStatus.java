package dev.assay.report;

/// How a run ended.
public enum RunStatus {
    /// Every stage passed or was reused.
    PASSED,
    /// Every stage passed or was reused, and what was measured contradicts a claim.
    CONTRADICTED,
    /// At least one stage failed.
    FAILED,
    /// Stopped from outside before it was done; it can be resumed.
    INTERRUPTED
}
