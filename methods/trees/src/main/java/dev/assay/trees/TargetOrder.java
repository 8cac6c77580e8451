package dev.assay.trees;

/// In which order targets are modelled, each on those before it.
public enum TargetOrder {
    /// As listed.
    GIVEN,
    /// By descending share of rows that are neither missing nor zero; ties as listed.
    DESCENDING_NONZERO
}
