package dev.assay.distil.internal.rows;

import dev.assay.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does work on rows with many threads and hands on the results in order. Memory: three batches and their
/// results.
public final class Batches {
    private static final int PARTS = 32;

    private Batches() {}

    /// Where rows come from.
    @FunctionalInterface
    public interface Source<R> {
        /// The next rows; empty at the end.
        List<R> next() throws IOException;
    }

    /// While one batch is worked on, the results of the one before are handed on.
    ///
    /// @param work    called for every row, from many threads
    /// @param ordered called with every result, in the order of the rows, from one other thread; what it
    ///                writes is seen by the caller when this returns
    /// @return how many rows there were
    public static <R, T> long each(Source<R> rows, Engine engine, Function<R, T> work, Consumer<List<T>> ordered) {
        long count = 0;
        try (ExecutorService behind =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            Future<?> last = CompletableFuture.completedFuture(null);
            try {
                while (true) {
                    List<R> batch = rows.next();
                    if (batch.isEmpty()) {
                        await(last);
                        return count;
                    }
                    count += batch.size();
                    List<List<T>> results = results(batch, engine, work);
                    await(last);
                    last = behind.submit(() -> results.forEach(ordered));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                // Nobody reads or writes on after this has returned.
                behind.shutdown();
            }
        }
    }

    private static <R, T> List<List<T>> results(List<R> batch, Engine engine, Function<R, T> work) {
        int parts = Math.min(PARTS, batch.size());
        return engine.map(parts, part -> {
            int from = (int) ((long) part * batch.size() / parts);
            int to = (int) ((part + 1L) * batch.size() / parts);
            List<T> made = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                made.add(work.apply(batch.get(i)));
            }
            return made;
        });
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
