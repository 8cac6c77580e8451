package dev.assay.measure;

/// How an interval was made.
public enum Interval {
    /// Quantiles of the bootstrap replicates.
    PERCENTILE,
    /// Bias-corrected and accelerated quantiles of the bootstrap replicates (Efron 1987).
    BCA,
    /// log ratio +- z sqrt(1/a + 1/b) for two counts a and b.
    LOG_RATIO
}
