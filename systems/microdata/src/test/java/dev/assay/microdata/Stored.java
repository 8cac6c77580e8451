package dev.assay.microdata;

import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Frames as the tables in files that stages take.
final class Stored {
    private Stored() {}

    /// The frame in a file that is deleted with the process.
    static FrameFile of(Frame frame) {
        try {
            Path file = Files.createTempFile("table", ".parquet");
            file.toFile().deleteOnExit();
            return FrameFile.write(frame, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
