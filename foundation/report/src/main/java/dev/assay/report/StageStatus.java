package dev.assay.report;

/// How a stage ended.
public enum StageStatus {
    /// Ran now, and is done.
    PASSED,
    /// Was done before with the same key; its outputs were used again.
    REUSED,
    /// Ran now, and ended in an error.
    FAILED,
    /// Did not run because a stage it depends on failed.
    SKIPPED,
    /// Was stopped from outside.
    INTERRUPTED
}
