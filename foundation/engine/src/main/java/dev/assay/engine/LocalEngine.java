package dev.assay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;

/// The cores of this machine.
///
/// A fork-join pool of daemon threads. Calls from inside a partition join the same pool and cannot deadlock.
/// With one thread the work runs on the caller.
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
        Control control = new Control();
        Span<T> span = new Span<>(0, partitions, work, merge, control);
        try {
            return ForkJoinTask.getPool() == pool ? span.invoke() : await(span, control);
        } catch (RuntimeException | Error e) {
            Throwable first = control.first().orElse(e);
            if (first instanceof Error error) {
                throw error;
            }
            if (first instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e;
        }
    }

    private <T> T await(Span<T> span, Control control) {
        ForkJoinTask<T> task = pool.submit(span);
        try {
            return task.get();
        } catch (InterruptedException e) {
            control.stop();
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

    /// What the partitions of one call know of each other: the earliest that failed. Those before it still run,
    /// because one of them may fail, too, and the first failure in partition order is the one to be thrown;
    /// those after it do not.
    private static final class Control {
        private int limit = Integer.MAX_VALUE;
        private @Nullable Throwable failure;

        synchronized void failed(int partition, Throwable thrown) {
            if (partition < limit) {
                limit = partition;
                failure = thrown;
            }
        }

        synchronized void stop() {
            limit = -1;
            failure = null;
        }

        synchronized boolean mayRun(int partition) {
            return partition < limit;
        }

        synchronized Optional<Throwable> first() {
            return Optional.ofNullable(failure);
        }
    }

    private static final class Span<T> extends RecursiveTask<T> {
        private static final long serialVersionUID = 1L;

        private final int from;
        private final int to;
        private final Work<T> work;
        private final Merge<T> merge;
        private final transient Control control;

        Span(int from, int to, Work<T> work, Merge<T> merge, Control control) {
            this.from = from;
            this.to = to;
            this.work = work;
            this.merge = merge;
            this.control = control;
        }

        @Override
        protected T compute() {
            if (to - from == 1) {
                if (!control.mayRun(from)) {
                    throw new CancellationException("the work was interrupted");
                }
                try {
                    return work.run(from);
                } catch (RuntimeException | Error e) {
                    control.failed(from, e);
                    throw e;
                }
            }
            int middle = (from + to) >>> 1;
            Span<T> right = new Span<>(middle, to, work, merge, control);
            right.fork();
            T left;
            try {
                left = new Span<>(from, middle, work, merge, control).compute();
            } catch (Throwable failure) {
                // Nothing of a call may still be running when it has ended.
                right.quietlyJoin();
                throw failure;
            }
            return merge.merge(left, right.join());
        }
    }
}
