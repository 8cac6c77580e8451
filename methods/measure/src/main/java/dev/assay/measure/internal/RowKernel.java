package dev.assay.measure.internal;

/// The inner loop of weighted sums over rows.
public interface RowKernel {
    /// `sum[sumAt + i] = fma(scale, row[rowAt + i], sum[sumAt + i])` for `0 <= i < length`. Every implementation
    /// computes exactly this. The arrays differ.
    void addScaled(double scale, double[] row, int rowAt, double[] sum, int sumAt, int length);
}
