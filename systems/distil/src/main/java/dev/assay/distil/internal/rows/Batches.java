package dev.assay.distil.internal.rows;

import dev.assay.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does work on rows with many threads and hands on the results in order. Memory: two batches and their results.
public final class Batches {
    private static final int PARTS = 32;

    private Batches() {}

    /// Where rows come from.
    @FunctionalInterface
    public interface Source<R> {
        /// The next rows; empty at the end.
        List<R> next() throws IOException;
    }

    /// @param work    called for every row, from many threads
    /// @param ordered called with every result, in the order of the rows, from this thread
    /// @return how many rows there were
    public static <R, T> long each(Source<R> rows, Engine engine, Function<R, T> work, Consumer<List<T>> ordered) {
        long count = 0;
        try {
            while (true) {
                List<R> batch = rows.next();
                if (batch.isEmpty()) {
                    return count;
                }
                count += batch.size();
                int parts = Math.min(PARTS, batch.size());
                List<List<T>> results = engine.map(parts, part -> {
                    int from = (int) ((long) part * batch.size() / parts);
                    int to = (int) ((part + 1L) * batch.size() / parts);
                    List<T> made = new ArrayList<>(to - from);
                    for (int i = from; i < to; i++) {
                        made.add(work.apply(batch.get(i)));
                    }
                    return made;
                });
                results.forEach(ordered);
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
