package dev.assay.distil;

import java.util.List;

/// How playbooks are ranked for a query. Scores of different methods cannot be compared.
///
/// N is the number of playbooks, df(t) the number that hold token t, tf its count in one of them.
public sealed interface RetrievalMethod {
    /// BM25 with k1 = 0.9 and b = 0.4, lengths as Lucene stores them.
    RetrievalMethod DEFAULT = new Bm25(Bm25.DEFAULT_K1, Bm25.DEFAULT_B, false);

    /// Okapi BM25 (Robertson and Zaragoza 2009, equation 3.15, without the constant factor k1 + 1): the sum over
    /// the query's tokens, repetitions included, of idf(t) tf / (tf + k1 (1 - b + b len / avglen)) with
    /// idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5)).
    ///
    /// @param k1           how fast repetitions saturate, at least 0
    /// @param b            how much length counts, in [0, 1]
    /// @param exactLengths false: by Lucene's index, which keeps lengths above 40 rounded to one byte and
    ///                     sums in 32 bits, and is fast on any number of playbooks; true: exact lengths in 64
    ///                     bits, by going through all playbooks that share a token with the query
    record Bm25(double k1, double b, boolean exactLengths) implements RetrievalMethod {
        /// The default of k1.
        public static final double DEFAULT_K1 = 0.9;

        /// The default of b.
        public static final double DEFAULT_B = 0.4;

        /// @throws IllegalArgumentException if k1 or b is out of range
        public Bm25 {
            if (!(k1 >= 0) || Double.isInfinite(k1) || !(b >= 0 && b <= 1)) {
                throw new IllegalArgumentException(
                        "BM25 needs k1 of at least 0 and b between 0 and 1, got " + k1 + " and " + b);
            }
        }
    }

    /// Jaccard's index of the token sets, |A and B| / |A or B|.
    record Jaccard() implements RetrievalMethod {}

    /// Cosine of vectors with weights (1 + ln tf) (ln((1 + N) / (1 + df)) + 1).
    record TfIdf() implements RetrievalMethod {}

    /// Cosine of the index's vectors. With fewer than [IndexSettings#exactBelow()] vectors all are compared;
    /// with more a graph proposes (Malkov and Yashunin 2018; 16 neighbours, built with a width of 100 and
    /// searched with one of 150). The index must hold vectors.
    record Vectors() implements RetrievalMethod {}

    /// Reciprocal ranks: the sum over the parts of 1 / (60 + rank), each part's first 1000 ranks (Cormack,
    /// Clarke and Buettcher 2009).
    ///
    /// @param parts at least two, none of them fused itself
    record Fused(List<RetrievalMethod> parts) implements RetrievalMethod {
        /// What is added to each rank.
        public static final int RANK_CONSTANT = 60;

        /// How many ranks of each part count.
        public static final int DEPTH = 1000;

        /// @throws IllegalArgumentException if there are fewer than two parts, or one is fused
        public Fused {
            parts = List.copyOf(parts);
            if (parts.size() < 2 || parts.stream().anyMatch(p -> p instanceof Fused)) {
                throw new IllegalArgumentException("fusion takes two or more rankings that are not fused themselves");
            }
        }

        /// Fusion of these.
        public static Fused of(RetrievalMethod... parts) {
            return new Fused(List.of(parts));
        }
    }
}
