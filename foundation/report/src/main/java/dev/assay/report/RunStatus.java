package dev.assay.report;

/// How a run ended.
public enum RunStatus {
    /// Every stage passed or was reused.
    PASSED,
    /// At least one stage failed.
    FAILED,
    /// Stopped from outside before it was done; it can be resumed.
    INTERRUPTED
}
