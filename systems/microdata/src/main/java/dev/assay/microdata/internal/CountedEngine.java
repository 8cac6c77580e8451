package dev.assay.microdata.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// An engine that tells how far it has come with work that is known to call it so many times, for
/// methods that tell nothing themselves. What it runs and merges is what the other engine would.
final class CountedEngine implements Engine {
    private static final int PARTS = 1000;

    private final Engine engine;
    private final Progress progress;
    private final int calls;
    private final AtomicLong begun = new AtomicLong();

    /// @param calls how often it will be called; further calls tell nothing
    CountedEngine(Engine engine, int calls, Progress progress) {
        this.engine = engine;
        this.calls = calls;
        this.progress = progress;
    }

    @Override
    public int parallelism() {
        return engine.parallelism();
    }

    @Override
    public <T> List<T> map(int partitions, Work<T> work) {
        return engine.map(partitions, counted(partitions, work));
    }

    @Override
    public <T> T reduce(int partitions, Work<T> work, Merge<T> merge) {
        return engine.reduce(partitions, counted(partitions, work), merge);
    }

    private <T> Work<T> counted(int partitions, Work<T> work) {
        long call = begun.getAndIncrement();
        AtomicLong done = new AtomicLong();
        return partition -> {
            T made = work.run(partition);
            long parts = done.incrementAndGet() * PARTS / partitions;
            progress.at(Math.min(call * PARTS + parts, (long) calls * PARTS), (long) calls * PARTS);
            return made;
        };
    }

    /// Leaves the other engine to whoever opened it.
    @Override
    public void close() {}
}
