package dev.assay.weigh;

/// What to do with rows for which a target's filter is neither true nor false because a cell is missing,
/// or
/// which lie in no cell of a margin for the same reason.
public enum MissingCells {
    /// Fail, and say how many rows each target leaves open.
    REFUSE,
    /// Do not count them for that target, and say how many they are.
    EXCLUDE
}
