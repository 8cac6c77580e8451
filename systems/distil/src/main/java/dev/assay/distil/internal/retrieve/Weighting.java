package dev.assay.distil.internal.retrieve;

/// Weights of tokens.
final class Weighting {
    private Weighting() {}

    /// (1 + ln tf) (ln((1 + N) / (1 + df)) + 1).
    static double tfIdf(int count, int df, int documents) {
        return (1 + Math.log(count)) * idf(df, documents);
    }

    /// ln((1 + N) / (1 + df)) + 1.
    static double idf(int df, int documents) {
        return Math.log((1.0 + documents) / (1.0 + df)) + 1;
    }
}
