package dev.assay.inference.internal;

import dev.assay.inference.RowKernel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The loop in vectors: the compiler cannot know that the two arrays differ, so it does not make them itself.
final class VectorRows implements RowKernel {
    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;

    @Override
    public void addScaled(double scale, double[] row, int rowAt, double[] sum, int sumAt, int length) {
        DoubleVector factor = DoubleVector.broadcast(LANES, scale);
        int i = 0;
        for (int end = LANES.loopBound(length); i < end; i += LANES.length()) {
            DoubleVector.fromArray(LANES, row, rowAt + i)
                    .fma(factor, DoubleVector.fromArray(LANES, sum, sumAt + i))
                    .intoArray(sum, sumAt + i);
        }
        for (; i < length; i++) {
            sum[sumAt + i] = Math.fma(scale, row[rowAt + i], sum[sumAt + i]);
        }
    }
}
