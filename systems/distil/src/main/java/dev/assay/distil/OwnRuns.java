package dev.assay.distil;

/// What becomes of earlier runs of the very task that is replayed.
public enum OwnRuns {
    /// They are retrieved like others, and counted where it is known which they are.
    KEEP,
    /// They are not retrieved.
    LEAVE_OUT
}
