package dev.assay.distil;

/// How an index is made. Kept in its manifest; a query is analysed in the same way.
public record IndexSettings(TextAnalysis analysis, VectorSource vectors) {
    /// English words, no vectors.
    public static final IndexSettings DEFAULT = new IndexSettings(TextAnalysis.ENGLISH, new VectorSource.None());

    /// The same with another analysis.
    public IndexSettings withAnalysis(TextAnalysis newAnalysis) {
        return new IndexSettings(newAnalysis, vectors);
    }

    /// The same with other vectors.
    public IndexSettings withVectors(VectorSource newVectors) {
        return new IndexSettings(analysis, newVectors);
    }
}
