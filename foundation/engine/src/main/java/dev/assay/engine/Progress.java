package dev.assay.engine;

import java.util.concurrent.atomic.AtomicLong;

/// Told how far long work has come. Called from any thread, cheaply and often; implementations must be
/// thread-safe.
@FunctionalInterface
public interface Progress {
    /// @param done  units finished so far, never falling
    /// @param total units in all
    void at(long done, long total);

    /// Progress of a part of the work as progress of the whole, of which the part goes from one unit
    /// to another. It never falls, so that pieces of the part may report one after another, each from
    /// 0 on.
    static Progress part(Progress whole, long from, long to, long total) {
        AtomicLong furthest = new AtomicLong(from);
        return (done, of) -> {
            double share = of <= 0 ? 0 : Math.clamp(done / (double) of, 0, 1);
            long at = from + (long) (share * (to - from));
            if (furthest.getAndAccumulate(at, Math::max) < at) {
                whole.at(at, total);
            }
        };
    }

    /// Listens to nothing.
    static Progress none() {
        return (done, total) -> {};
    }
}
