package dev.assay.inference.internal;

import dev.assay.inference.RowKernel;

/// The loop without the Vector API.
final class PlainRows implements RowKernel {
    @Override
    public void addScaled(double scale, double[] row, int rowAt, double[] sum, int sumAt, int length) {
        for (int i = 0; i < length; i++) {
            sum[sumAt + i] = Math.fma(scale, row[rowAt + i], sum[sumAt + i]);
        }
    }
}
