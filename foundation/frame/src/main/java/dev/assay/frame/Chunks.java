package dev.assay.frame;

import java.util.Iterator;
import java.util.List;

/// The rows of a file, a frame at a time, in the file's order. Whoever opens it closes it.
///
/// Every chunk has the same schema and, in category columns, the same levels, so codes mean the same
/// throughout.
public interface Chunks extends Iterator<Frame>, AutoCloseable {
    /// The schema of every chunk.
    Schema schema();

    /// How each column came to be what it is.
    List<Reading.ColumnReading> columns();

    /// The next rows.
    ///
    /// @throws dev.assay.fault.Fault as [Frames#read(java.nio.file.Path)] does, when a later part of the
    ///     file is damaged
    @Override
    Frame next();

    /// Lets go of the file.
    @Override
    void close();
}
