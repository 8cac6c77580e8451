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
import org.jspecify.annotations.Nullable;

/// Does work on rows with many threads and hands on the results in order. Memory: three batches and the
/// results of two.
public final class Batches {
    private static final int PARTS = 32;

    private Batches() {}

    /// Where rows come from.
    @FunctionalInterface
    public interface Source<R> {
        /// The next rows; empty at the end.
        List<R> next() throws IOException;
    }

    /// While one batch is worked on, the next is read and the results of the one before are handed on.
    ///
    /// @param rows    asked from one other thread; not any more when this has returned
    /// @param work    called for every row, from many threads
    /// @param ordered called with every result, in the order of the rows, from one other thread; what it
    ///                writes is seen by the caller when this returns
    /// @return how many rows there were
    public static <R, T> long each(Source<R> rows, Engine engine, Function<R, T> work, Consumer<List<T>> ordered) {
        long count = 0;
        // Both are closed on every way out, which waits for what they do.
        try (ExecutorService ahead =
                        Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
                ExecutorService behind =
                        Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            Future<@Nullable Void> last = CompletableFuture.completedFuture(null);
            Future<List<R>> next = ahead.submit(rows::next);
            while (true) {
                List<R> batch = await(next);
                if (batch.isEmpty()) {
                    await(last);
                    return count;
                }
                next = ahead.submit(rows::next);
                count += batch.size();
                List<List<T>> results = results(batch, engine, work);
                await(last);
                last = behind.submit(() -> {
                    results.forEach(ordered);
                    return null;
                });
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

    /// What a task returns; what it throws is thrown, but for [IOException], which comes unchecked.
    public static <T extends @Nullable Object> T await(Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException wrong -> throw wrong;
                case IOException io -> throw new UncheckedIOException(io);
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
