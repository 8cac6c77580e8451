package dev.assay.frame;

import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/// Rows, a frame at a time, in order. Whoever opens it closes it.
///
/// Every chunk has the same schema and, in category columns, the same levels, so codes mean the same
/// throughout.
public interface Chunks extends Iterator<Frame>, AutoCloseable {
    /// The schema of every chunk.
    default Schema schema() {
        return none().schema();
    }

    /// A frame of the same schema and levels without rows.
    Frame none();

    /// The next rows.
    ///
    /// @throws dev.assay.fault.Fault as [Frames#read(java.nio.file.Path)] does, when a later part of the
    ///     file is damaged
    @Override
    Frame next();

    /// Lets go of what the rows come from.
    @Override
    void close();

    /// A frame as one chunk.
    static Chunks of(Frame frame) {
        Iterator<Frame> one = List.of(frame).iterator();
        return new Chunks() {
            @Override
            public Frame none() {
                return frame.at(new int[0]);
            }

            @Override
            public boolean hasNext() {
                return one.hasNext();
            }

            @Override
            public Frame next() {
                return one.next();
            }

            @Override
            public void close() {}
        };
    }

    /// Each of these chunks, changed.
    ///
    /// @param change gives frames of one schema and the same levels throughout, also of the frame
    ///     without rows
    default Chunks map(UnaryOperator<Frame> change) {
        Chunks chunks = this;
        Frame changed = change.apply(none());
        return new Chunks() {
            @Override
            public Frame none() {
                return changed;
            }

            @Override
            public boolean hasNext() {
                return chunks.hasNext();
            }

            @Override
            public Frame next() {
                return change.apply(chunks.next());
            }

            @Override
            public void close() {
                chunks.close();
            }
        };
    }
}
