package dev.assay.inference;

/// How an interval was made, and so what it is for. Tables show the title beside the numbers.
public enum Interval {
    /// Quantiles of the bootstrap replicates.
    PERCENTILE("percentile bootstrap"),
    /// Bias-corrected and accelerated quantiles of the bootstrap replicates (Efron 1987).
    BCA("BCa bootstrap"),
    /// Quantiles of the bootstrap replicates, moved by the difference of the value and their mean: for a
    /// statistic that resampling biases so much that the value lies outside the quantiles. Shows how
    /// much the value varies from sample to sample; the bias of the value itself remains.
    CENTRED("centred bootstrap: spread of the value, bias left in"),
    /// log ratio +- z sqrt(1/a + 1/b) for two counts a and b, each of effective size.
    LOG_RATIO("log ratio"),
    /// Of a distance between laws that cannot be negative: covers 0 where the laws are equal, and the
    /// distance where they are not (Dümbgen 1993; Fang and Santos 2019). See [Bootstrap#distances].
    DIRECTIONAL("distance between the laws, bootstrap by directional derivatives"),
    /// Exact limits of a share (Clopper and Pearson 1934) at its effective sample size (Korn and
    /// Graubard 1998).
    EXACT("exact, at the effective size"),
    /// Of the difference of two shares by their score intervals (Newcombe 1998), at effective sizes.
    SCORE("score, at the effective sizes"),
    /// Of quantiles, by the exact limits of the share below them (Woodruff 1952).
    WOODRUFF("quantiles at the limits of their share"),
    /// Delete-a-group jackknife over both samples: other samples of these sizes from both laws,
    /// everything that depends on them computed anew.
    JACKKNIFE("both samples drawn anew, balls recomputed"),
    /// The same for a share: exact limits at the effective size of the jackknife's variance.
    JACKKNIFE_EXACT("both samples drawn anew, balls recomputed; exact limits");

    private final String title;

    Interval(String title) {
        this.title = title;
    }

    /// In a few words, for tables.
    public String title() {
        return title;
    }
}
