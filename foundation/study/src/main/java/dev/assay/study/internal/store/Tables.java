package dev.assay.study.internal.store;

import dev.assay.files.AtomicFile;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.util.Map;

/// Tables in files.
final class Tables {
    private Tables() {}

    /// @throws dev.assay.fault.Fault if the file is missing, malformed or holds no table
    static Frame read(Path file) {
        return Frames.read(file);
    }

    /// The same without holding it. What is no Parquet is made so.
    ///
    /// @param folder the stage's own, for what is made
    static FrameFile open(Path file, Path folder) {
        if (Frames.isParquet(file)) {
            return FrameFile.of(file);
        }
        Path target = AtomicFile.beside(folder.resolve("table"));
        return FrameFile.convert(
                file,
                ReadOptions.DEFAULTS,
                Map.of(),
                target.resolveSibling(target.getFileName() + ".parquet"),
                folder.resolve("spill"));
    }

    /// @throws dev.assay.fault.Fault if it cannot be written
    static void write(Frame frame, Path file) {
        Frames.write(frame, file);
    }
}
