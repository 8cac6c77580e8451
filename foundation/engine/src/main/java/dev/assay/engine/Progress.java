package dev.assay.engine;

/// Told how far long work has come. Called from any thread, cheaply and often; implementations must be
/// thread-safe.
@FunctionalInterface
public interface Progress {
    /// @param done  units finished so far, never falling
    /// @param total units in all
    void at(long done, long total);

    /// Listens to nothing.
    static Progress none() {
        return (done, total) -> {};
    }
}
