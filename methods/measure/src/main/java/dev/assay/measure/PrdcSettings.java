package dev.assay.measure;

/// How precision, recall, density and coverage are measured.
///
/// @param k the radius of a ball reaches to the k-th nearest other row of its own set; at least 1
public record PrdcSettings(int k) {
    /// The k of Naeem and others (2020).
    public static final int DEFAULT_K = 5;

    /// Rows a side beyond which tables of scores usually sample ([Points#capped]). Scores with different caps
    /// are not comparable: balls shrink as rows are added.
    public static final int CUSTOMARY_CAP = 15_000;

    /// @throws IllegalArgumentException if `k < 1`
    public PrdcSettings {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, got " + k);
        }
    }

    /// Everything at its default.
    public static PrdcSettings defaults() {
        return new PrdcSettings(DEFAULT_K);
    }

    /// The same with another k.
    public PrdcSettings withK(int newK) {
        return new PrdcSettings(newK);
    }
}
