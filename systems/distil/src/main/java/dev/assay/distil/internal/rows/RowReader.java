package dev.assay.distil.internal.rows;

import java.io.IOException;

/// Rows of one file, a batch at a time, in order. Memory: a batch, and a row of [dev.assay.fault.Limit#LINE_BYTES]
/// at most.
public interface RowReader extends Batches.Source<RawRow>, AutoCloseable {
    /// A batch is closed when its rows have this many bytes.
    int BATCH_BYTES = 4 << 20;

    @Override
    void close() throws IOException;
}
