package dev.assay.inference;

/// How an interval was made.
public enum Interval {
    /// Quantiles of the bootstrap replicates.
    PERCENTILE,
    /// Bias-corrected and accelerated quantiles of the bootstrap replicates (Efron 1987).
    BCA,
    /// Quantiles of the bootstrap replicates, moved by the difference of the value and their mean: for a
    /// statistic that resampling biases so much that the value lies outside the quantiles, as it does with
    /// means of absolute differences. Shows how much the value varies from sample to sample; the bias of the
    /// value itself remains.
    CENTRED,
    /// log ratio +- z sqrt(1/a + 1/b) for two counts a and b.
    LOG_RATIO
}
