package dev.assay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.AtomicBoolean;

/// The cores of this machine.
///
/// A fork-join pool of daemon threads. Calls from inside a partition join the same pool and cannot deadlock. With one
/// thread the work runs on the caller.
public final class LocalEngine implements Engine {
    private final int threads;
    private final ForkJoinPool pool;

    private LocalEngine(int threads) {
        this.threads = threads;
        this.pool = new ForkJoinPool(threads);
    }

    /// An engine over all available cores. Close it when done.
    public static LocalEngine ofAllCores() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /// An engine over this many threads. Close it when done.
    ///
    /// @throws IllegalArgumentException if `threads < 1`
    public static LocalEngine of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs at least one thread, got " + threads);
        }
        return new LocalEngine(threads);
    }

    @Override
    public int parallelism() {
        return threads;
    }

    @Override
    public <T> List<T> map(int partitions, Work<T> work) {
        if (partitions <= 0) {
            return List.of();
        }
        return reduce(
                partitions,
                p -> {
                    List<T> one = new ArrayList<>(1);
                    one.add(work.run(p));
                    return one;
                },
                (left, right) -> {
                    left.addAll(right);
                    return left;
                });
    }

    @Override
    public <T> T reduce(int partitions, Work<T> work, Merge<T> merge) {
        if (partitions <= 0) {
            throw new IllegalArgumentException("nothing to reduce: there are no partitions");
        }
        if (threads == 1) {
            return inline(0, partitions, work, merge);
        }
        AtomicBoolean stop = new AtomicBoolean();
        Span<T> span = new Span<>(0, partitions, work, merge, stop);
        if (ForkJoinTask.getPool() == pool) {
            return span.invoke();
        }
        ForkJoinTask<T> task = pool.submit(span);
        try {
            return task.get();
        } catch (InterruptedException e) {
            stop.set(true);
            task.cancel(true);
            Thread.currentThread().interrupt();
            CancellationException end = new CancellationException("the work was interrupted");
            end.initCause(e);
            throw end;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static <T> T inline(int from, int to, Work<T> work, Merge<T> merge) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the work was interrupted");
        }
        if (to - from == 1) {
            return work.run(from);
        }
        int middle = (from + to) >>> 1;
        T left = inline(from, middle, work, merge);
        return merge.merge(left, inline(middle, to, work, merge));
    }

    private static final class Span<T> extends RecursiveTask<T> {
        private static final long serialVersionUID = 1L;

        private final int from;
        private final int to;
        private final Work<T> work;
        private final Merge<T> merge;
        private final AtomicBoolean stop;

        Span(int from, int to, Work<T> work, Merge<T> merge, AtomicBoolean stop) {
            this.from = from;
            this.to = to;
            this.work = work;
            this.merge = merge;
            this.stop = stop;
        }

        @Override
        protected T compute() {
            if (to - from == 1) {
                if (stop.get()) {
                    throw new CancellationException("the work was interrupted");
                }
                return work.run(from);
            }
            int middle = (from + to) >>> 1;
            Span<T> right = new Span<>(middle, to, work, merge, stop);
            right.fork();
            T left;
            try {
                left = new Span<>(from, middle, work, merge, stop).compute();
            } catch (Throwable failure) {
                stop.set(true);
                right.cancel(true);
                throw failure;
            }
            return merge.merge(left, right.join());
        }
    }
}
