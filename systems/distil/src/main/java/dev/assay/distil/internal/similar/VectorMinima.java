package dev.assay.distil.internal.similar;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The loop in vectors, a hash function a lane. Vectors have no 128-bit product, so it is put together from
/// products of halves of 32 and 29 bits, which processors have: with a = a1 2^32 + a0 and h alike, a h = 8 a1
/// h1 + (a1 h0 + a0 h1) 2^32 + a0 h0 modulo 2^61 - 1. The compiler recognises the products by their masks.
final class VectorMinima implements MinimaKernel {
    /// Capped at the 8 lanes that the number of hash functions is a multiple of.
    private static final VectorSpecies<Long> LANES =
            LongVector.SPECIES_PREFERRED.length() > 8 ? LongVector.SPECIES_512 : LongVector.SPECIES_PREFERRED;

    private static final long LOW_32 = 0xFFFF_FFFFL;
    private static final long LOW_29 = (1L << 29) - 1;

    @Override
    public void minima(long[] hashes, int size, long[] factors, long[] shifts, long[] minima) {
        LongVector prime = LongVector.broadcast(LANES, MinHash.PRIME);
        for (int i = 0; i < factors.length; i += LANES.length()) {
            LongVector factor = LongVector.fromArray(LANES, factors, i);
            LongVector a0 = factor.and(LOW_32);
            LongVector a1 = factor.lanewise(VectorOperators.LSHR, 32);
            LongVector b = LongVector.fromArray(LANES, shifts, i);
            LongVector least = LongVector.broadcast(LANES, Long.MAX_VALUE);
            for (int j = 0; j < size; j++) {
                LongVector h0 = LongVector.broadcast(LANES, hashes[j] & LOW_32);
                LongVector h1 = LongVector.broadcast(LANES, hashes[j] >>> 32);
                LongVector low = h0.mul(a0);
                LongVector middle = h0.mul(a1).add(h1.mul(a0));
                // Four terms below 2^61 and some bits: the sum may pass 2^63 and is unsigned.
                LongVector sum = h1.mul(a1)
                        .lanewise(VectorOperators.LSHL, 3)
                        .add(middle.lanewise(VectorOperators.LSHR, 29))
                        .add(middle.and(LOW_29).lanewise(VectorOperators.LSHL, 32))
                        .add(low.lanewise(VectorOperators.LSHR, 61))
                        .add(low.and(prime))
                        .add(b);
                sum = sum.and(prime).add(sum.lanewise(VectorOperators.LSHR, 61));
                // Below the prime the difference wraps and is the greater one.
                least = least.min(sum.lanewise(VectorOperators.UMIN, sum.sub(prime)));
            }
            least.intoArray(minima, i);
        }
    }
}
