package dev.assay.study.internal.store;

import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.nio.file.Path;

/// Tables in files.
final class Tables {
    private Tables() {}

    /// @throws dev.assay.fault.Fault if the file is missing, malformed or holds no table
    static Frame read(Path file) {
        return Frames.read(file);
    }

    /// @throws dev.assay.fault.Fault if it cannot be written
    static void write(Frame frame, Path file) {
        Frames.write(frame, file);
    }

    /// What the table says, whatever the file's encoding.
    static String digest(Frame frame) {
        return frame.digest().hex();
    }
}
