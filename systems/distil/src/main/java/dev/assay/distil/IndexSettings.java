package dev.assay.distil;

/// How an index is made. Kept in its manifest; a query is analysed in the same way.
///
/// @param analysis   how texts become tokens
/// @param vectors    where vectors come from
/// @param exactBelow with fewer vectors all are compared, from this number on a graph is searched; at least 1
public record IndexSettings(TextAnalysis analysis, VectorSource vectors, int exactBelow) {
    /// Vectors that are compared one by one in a few milliseconds.
    public static final int DEFAULT_EXACT_BELOW = 50_000;

    /// English words, no vectors.
    public static final IndexSettings DEFAULT =
            new IndexSettings(TextAnalysis.ENGLISH, new VectorSource.None(), DEFAULT_EXACT_BELOW);

    /// @throws IllegalArgumentException if `exactBelow` is below 1
    public IndexSettings {
        if (exactBelow < 1) {
            throw new IllegalArgumentException(
                    "a graph is searched from 1 vector on at the earliest, got " + exactBelow);
        }
    }

    /// The same with another analysis.
    public IndexSettings withAnalysis(TextAnalysis newAnalysis) {
        return new IndexSettings(newAnalysis, vectors, exactBelow);
    }

    /// The same with other vectors.
    public IndexSettings withVectors(VectorSource newVectors) {
        return new IndexSettings(analysis, newVectors, exactBelow);
    }

    /// The same with a graph from another number of vectors on.
    public IndexSettings withExactBelow(int vectorsAtLeast) {
        return new IndexSettings(analysis, vectors, vectorsAtLeast);
    }
}
