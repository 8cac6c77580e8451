package dev.assay.distil.internal.similar;

import dev.assay.distil.KeyedText;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a stream of texts once, in batches that the threads fetch as they need them.
///
/// No more texts are held than there are threads times the texts of a batch. Which thread gets which batch is
/// left to chance; results are put back in the order of the texts.
public final class TextReader implements AutoCloseable {
    /// Texts in a batch. Every batch but the last has so many.
    public static final int BATCH = 64;

    /// Batches between two points where the reader's caller can look at what came out, and where an interrupt
    /// ends the work.
    private static final int WAVE = 64;

    private final Stream<KeyedText> stream;
    private final Iterator<KeyedText> texts;
    private int rows;

    /// Takes the stream over and closes it in the end.
    public TextReader(Stream<KeyedText> stream) {
        this.stream = stream;
        this.texts = stream.iterator();
    }

    /// What is done with one batch.
    ///
    /// @param <T> what comes out
    @FunctionalInterface
    public interface Work<T> extends Serializable {
        /// @param first the row of the first text
        T on(int first, List<KeyedText> texts);
    }

    private record Done<T>(int first, T result) {}

    private record Batch(int first, List<KeyedText> texts) {}

    /// Works on the next batches.
    ///
    /// @return the results in the order of the texts; empty at the end of the stream
    public <T> List<T> wave(Engine engine, Work<T> work) {
        return engine
                .map(WAVE, p -> {
                    Batch batch = next();
                    return batch.texts().isEmpty()
                            ? Optional.<Done<T>>empty()
                            : Optional.of(new Done<>(batch.first(), work.on(batch.first(), batch.texts())));
                })
                .stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Done::first))
                .map(Done::result)
                .toList();
    }

    /// How many texts have been read.
    public int rows() {
        return rows;
    }

    private synchronized Batch next() {
        int first = rows;
        List<KeyedText> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH && texts.hasNext()) {
            batch.add(texts.next());
        }
        if (rows > Integer.MAX_VALUE / 4) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "Near duplicates: there are more than " + Integer.MAX_VALUE / 4
                            + " texts, which is the most that are compared at once; split them.");
        }
        rows += batch.size();
        return new Batch(first, batch);
    }

    @Override
    public void close() {
        stream.close();
    }
}
