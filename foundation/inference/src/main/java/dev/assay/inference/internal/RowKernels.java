package dev.assay.inference.internal;

import dev.assay.inference.RowKernel;

/// The loops over rows there are, and the one that this virtual machine uses.
public final class RowKernels {
    private static final RowKernel PLAIN = new PlainRows();

    /// Chosen once. The vector class is only touched when its module is there, so that it never fails to link.
    private static final RowKernel BEST =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorRows() : PLAIN;

    private RowKernels() {}

    /// The fastest loop that works here.
    public static RowKernel best() {
        return BEST;
    }

    /// The loop that works everywhere.
    public static RowKernel plain() {
        return PLAIN;
    }
}
