package dev.assay.trees;

/// A weighted resample of the training values: there is nothing to set.
public record MarginalSettings() implements BaseSettings {}
