package dev.assay.measure.internal;

/// The kernels there are, and the one that this virtual machine uses.
public final class Kernels {
    private static final TileKernel PLAIN = new PlainKernel();

    /// Chosen once. The vector class is only touched when its module is there, so that it never fails to link.
    private static final TileKernel BEST = vectorised() ? new VectorKernel() : PLAIN;

    private Kernels() {}

    /// The fastest kernel that works here.
    public static TileKernel best() {
        return BEST;
    }

    /// The kernel that works everywhere.
    public static TileKernel plain() {
        return PLAIN;
    }

    /// Whether the module of the Vector API is present.
    public static boolean vectorised() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }
}
