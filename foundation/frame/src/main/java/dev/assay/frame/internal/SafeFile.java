package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// A file that appears complete or not at all: written beside its place, forced to disk, renamed.
final class SafeFile {
    private SafeFile() {}

    /// What fills a file that does not exist yet.
    @FunctionalInterface
    interface Filling {
        void fill(Path fresh) throws SQLException, IOException;
    }

    /// @throws Fault (MISSING_FILE) if there is no such folder, (STORAGE) if it cannot be written
    static void write(Path file, Filling filling) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such folder to write into; make it first.")
                    .at(String.valueOf(folder));
        }
        if (Files.isDirectory(target)) {
            throw Fault.of(Fault.Kind.STORAGE, "this is a folder; name a file.").at(file.toString());
        }
        Path fresh = AtomicFile.beside(target);
        try {
            filling.fill(fresh);
            AtomicFile.force(fresh);
            AtomicFile.replace(fresh, target);
        } catch (SQLException | IOException e) {
            throw Troubles.writing(e, file);
        } finally {
            remove(fresh);
        }
    }

    private static void remove(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            // What went wrong before this matters more than a leftover whose name says that it is one.
        }
    }
}
