package dev.assay.distil.internal.similar;

import java.util.Arrays;
import java.util.SplittableRandom;

/// The MinHash signature of a set and the keys of its bands.
///
/// The i-th hash of h is (a_i h + b_i) mod p with p = 2^61 - 1, where a_i = 1 + (next `>>> 3`) mod (p - 1)
/// and b_i = (next `>>> 3`) mod p are drawn in turn from SplitMix64; the i-th element of a signature is the
/// least over the set. Two sets of similarity s agree there with probability s (Broder, 1997). A band is
/// `rows` successive elements; its key is a 64-bit mix of them.
///
/// Immutable.
public final class MinHash {
    static final long PRIME = (1L << 61) - 1;

    private static final int LANES = 8;
    private static final MinimaKernel PLAIN = new PlainMinima();

    /// Chosen once. The vector class is only touched when its module is there, so that it never fails to link.
    private static final MinimaKernel BEST =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorMinima() : PLAIN;

    private final int bands;
    private final int rows;
    private final long[] factors;
    private final long[] shifts;

    /// Hash functions for this many bands of this many rows.
    public MinHash(int bands, int rows, long seed) {
        this.bands = bands;
        this.rows = rows;
        int hashes = bands * rows;
        int padded = (hashes + LANES - 1) / LANES * LANES;
        factors = new long[padded];
        shifts = new long[padded];
        Arrays.fill(factors, 1);
        // Java's splittable generator made from a number is SplitMix64 started there.
        SplittableRandom next = new SplittableRandom(seed);
        for (int i = 0; i < hashes; i++) {
            factors[i] = 1 + (next.nextLong() >>> 3) % (PRIME - 1);
            shifts[i] = (next.nextLong() >>> 3) % PRIME;
        }
    }

    /// How many bands there are.
    public int bands() {
        return bands;
    }

    /// The signature of a set.
    ///
    /// @param hashes its elements, from 0 to 2^61 - 1
    /// @param size   how many of them there are; at least 1
    /// @return `bands x rows` numbers and what pads them to a multiple of 8
    public long[] signature(long[] hashes, int size) {
        long[] minima = new long[factors.length];
        BEST.minima(hashes, size, factors, shifts, minima);
        return minima;
    }

    /// The same by the loop that works everywhere.
    long[] plainSignature(long[] hashes, int size) {
        long[] minima = new long[factors.length];
        PLAIN.minima(hashes, size, factors, shifts, minima);
        return minima;
    }

    /// Writes the keys of a signature's bands into `keys` from `at` on.
    public void bandKeys(long[] signature, long[] keys, int at) {
        for (int band = 0; band < bands; band++) {
            long key = 0;
            for (int i = band * rows; i < (band + 1) * rows; i++) {
                key = mixed(key + signature[i]);
            }
            keys[at + band] = key;
        }
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014), a bijection; the constant keeps 0 from
    /// staying 0.
    static long mixed(long z) {
        long mix = z + 0x9E3779B97F4A7C15L;
        mix = (mix ^ mix >>> 30) * 0xBF58476D1CE4E5B9L;
        mix = (mix ^ mix >>> 27) * 0x94D049BB133111EBL;
        return mix ^ mix >>> 31;
    }
}
