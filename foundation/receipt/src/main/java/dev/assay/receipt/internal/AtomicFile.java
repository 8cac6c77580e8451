package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import dev.assay.files.Tree;
import java.io.IOException;
import java.nio.file.Path;

/// Files of receipts that appear whole or not at all, in folders that are made where they are missing.
public final class AtomicFile {
    private AtomicFile() {}

    private interface Writing {
        void write(Path file, byte[] bytes) throws IOException;
    }

    /// Puts these bytes into place; a former file of that name is replaced.
    ///
    /// @throws Fault if the folder cannot be written
    public static void write(Path file, byte[] bytes) {
        write(file, bytes, dev.assay.files.AtomicFile::write);
    }

    /// As [#write(Path, byte[])], but all may read the file and its owner alone may write it, whatever the umask.
    ///
    /// @throws Fault if the folder cannot be written
    public static void writePublic(Path file, byte[] bytes) {
        write(file, bytes, dev.assay.files.AtomicFile::writePublic);
    }

    private static void write(Path file, byte[] bytes, Writing how) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a file lies in a folder, the root is none");
        }
        try {
            Tree.makeFolders(folder);
            how.write(file, bytes);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.STORAGE, "the file cannot be written: free space or choose another folder")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    /// Deletes what processes that were killed while they wrote this file have left beside it.
    public static void discardUnfinished(Path file) {
        try {
            dev.assay.files.AtomicFile.discardUnfinished(file);
        } catch (IOException ignored) {
            // What is left is found, and told, when the run is verified.
        }
    }
}
