package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/// A file that appears complete or not at all: written beside its place, forced to disk, renamed.
final class SafeFile {
    private static final AtomicLong WRITTEN = new AtomicLong();

    private SafeFile() {}

    /// What fills a file that does not exist yet.
    @FunctionalInterface
    interface Filling {
        void fill(Path fresh) throws SQLException;
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
        // The process and a counter make the name unique on this machine without drawing a random number.
        Path fresh = folder.resolve("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + WRITTEN.incrementAndGet() + ".part");
        try {
            filling.fill(fresh);
            force(fresh);
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (SQLException | IOException e) {
            throw Troubles.writing(e, file);
        } finally {
            remove(fresh);
        }
    }

    private static void force(Path fresh) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
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
