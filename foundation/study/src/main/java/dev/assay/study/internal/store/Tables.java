package dev.assay.study.internal.store;

import dev.assay.files.AtomicFile;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.frame.Reading;
import java.nio.file.Path;
import java.util.Map;

/// Tables in files.
final class Tables {
    private Tables() {}

    /// @throws dev.assay.fault.Fault if the file is missing, malformed or holds no table
    static Frame read(Path file) {
        return Frames.read(file);
    }

    /// The table in a file of somebody else's, and what is to be told of its columns.
    static ArtefactFiles.Read foreign(Path file) {
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS);
        return new ArtefactFiles.Read(reading.frame(), reading.columns());
    }

    /// The same without holding it. What is no Parquet is made so.
    ///
    /// @param folder the stage's own, for what is made
    static ArtefactFiles.Read foreign(Path file, Path folder) {
        if (Frames.isParquet(file)) {
            FrameFile.Converted reading = FrameFile.reading(file);
            return new ArtefactFiles.Read(reading.table(), reading.columns());
        }
        Path target = AtomicFile.beside(folder.resolve("table"));
        FrameFile.Converted converted = FrameFile.convert(
                file,
                ReadOptions.DEFAULTS,
                Map.of(),
                target.resolveSibling(target.getFileName() + ".parquet"),
                folder.resolve("spill"));
        return new ArtefactFiles.Read(converted.table(), converted.columns());
    }

    /// @throws dev.assay.fault.Fault if it cannot be written
    static void write(Frame frame, Path file) {
        Frames.write(frame, file);
    }
}
