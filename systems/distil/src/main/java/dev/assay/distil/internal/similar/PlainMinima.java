package dev.assay.distil.internal.similar;

/// The loop with the 128-bit product of the processor. Since 2^61 = 1 modulo p = 2^61 - 1, a product is
/// reduced by adding its high part to its low 61 bits.
final class PlainMinima implements MinimaKernel {
    @Override
    public void minima(long[] hashes, int size, long[] factors, long[] shifts, long[] minima) {
        for (int i = 0; i < factors.length; i++) {
            long a = factors[i];
            long b = shifts[i];
            long least = Long.MAX_VALUE;
            for (int j = 0; j < size; j++) {
                long low = a * hashes[j];
                long high = Math.multiplyHigh(a, hashes[j]);
                long sum = (low & MinHash.PRIME) + (high << 3 | low >>> 61) + b;
                sum = (sum & MinHash.PRIME) + (sum >>> 61);
                least = Math.min(least, sum >= MinHash.PRIME ? sum - MinHash.PRIME : sum);
            }
            minima[i] = least;
        }
    }
}
