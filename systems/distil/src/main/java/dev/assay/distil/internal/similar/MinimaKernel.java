package dev.assay.distil.internal.similar;

/// The inner loop of MinHash: for each hash function the least value over a set.
interface MinimaKernel {
    /// Writes the least of `(factors[i] h + shifts[i]) mod (2^61 - 1)` over the first `size` hashes into
    /// `minima[i]`.
    ///
    /// @param hashes  each from 0 to 2^61 - 1
    /// @param size    at least 1
    /// @param factors from 1 to 2^61 - 2; a multiple of 8 of them
    /// @param shifts  from 0 to 2^61 - 2; as many
    /// @param minima  as many
    void minima(long[] hashes, int size, long[] factors, long[] shifts, long[] minima);
}
