package dev.assay.distil;

/// Where an index takes its vectors from.
public sealed interface VectorSource {
    /// Dimensions of the latent space unless said otherwise.
    int DEFAULT_DIMENSIONS = 128;

    /// The index holds no vectors; rankings by words need none.
    record None() implements VectorSource {}

    /// A truncated singular value decomposition of the TF-IDF matrix of the playbooks that the index was made
    /// from (Deerwester et al. 1990). Playbooks added later are projected into the same space.
    ///
    /// @param dimensions of the space, at least 1; fewer are kept if the matrix has a lower rank
    record Latent(int dimensions) implements VectorSource {
        /// @throws IllegalArgumentException if out of range
        public Latent {
            if (dimensions < 1 || dimensions > 4096) {
                throw new IllegalArgumentException("dimensions must be between 1 and 4096, got " + dimensions);
            }
        }
    }

    /// An embeddings end point.
    ///
    /// @param batch how many texts a request carries
    record Embedded(EndPoint endPoint, int batch) implements VectorSource {
        /// Texts in one request unless said otherwise.
        public static final int DEFAULT_BATCH = 32;

        /// @throws IllegalArgumentException if the batch is out of range
        public Embedded {
            if (batch < 1 || batch > 2048) {
                throw new IllegalArgumentException("a batch has between 1 and 2048 texts, got " + batch);
            }
        }
    }
}
