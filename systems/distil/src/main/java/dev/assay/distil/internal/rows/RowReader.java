package dev.assay.distil.internal.rows;

import java.io.IOException;

/// Rows of one file, a batch at a time, in order. Memory: a batch.
public interface RowReader extends Batches.Source<RawRow>, AutoCloseable {
    /// A batch is closed when its rows have this many bytes.
    int BATCH_BYTES = 4 << 20;

    /// A row longer than this is skipped without being held.
    int MAX_ROW_BYTES = 16 << 20;

    @Override
    void close() throws IOException;
}
