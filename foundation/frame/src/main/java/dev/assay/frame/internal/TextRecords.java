package dev.assay.frame.internal;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a text file one at a time, each cell as a text. Close it.
interface TextRecords extends Closeable {
    /// The cells of the next row, null where one is missing.
    ///
    /// @return whether there was one
    /// @throws dev.assay.fault.Fault (MALFORMED_FILE) at its line if it is not well-formed
    boolean next(@Nullable String[] cells) throws IOException;
}
