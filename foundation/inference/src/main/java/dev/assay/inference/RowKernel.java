package dev.assay.inference;

import dev.assay.inference.internal.RowKernels;

/// The inner loop of weighted sums over rows.
public interface RowKernel {
    /// The fastest loop that works on this virtual machine: in vectors if the module of the Vector API is there.
    static RowKernel best() {
        return RowKernels.best();
    }

    /// The loop that works everywhere.
    static RowKernel plain() {
        return RowKernels.plain();
    }

    /// `sum[sumAt + i] = fma(scale, row[rowAt + i], sum[sumAt + i])` for `0 <= i < length`. Every implementation
    /// computes exactly this. The arrays differ.
    void addScaled(double scale, double[] row, int rowAt, double[] sum, int sumAt, int length);
}
