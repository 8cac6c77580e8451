package dev.assay.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.concurrent.atomic.AtomicLong;

/// Files that appear whole or not at all: written beside their place under a name that nobody else uses, forced
/// to the disk, and renamed. A link that lies in the place is replaced, not followed.
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /// Puts bytes into place, for everybody whom the process lets read its files. A former file of that name is
    /// replaced; the folder must be there.
    ///
    /// @throws IOException if it cannot be written; then nothing is left beside it
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, new FileAttribute<?>[0]);
    }

    /// The same, for the owner's eyes alone from the first moment on.
    ///
    /// @throws IOException if it cannot be written; then nothing is left beside it
    public static void writeOwn(Path file, byte[] bytes) throws IOException {
        write(file, bytes, Modes.of(folder(file), Modes.FILE));
    }

    private static void write(Path file, byte[] bytes, FileAttribute<?>[] mode) throws IOException {
        Path beside = Files.createFile(beside(file), mode);
        try {
            // A stream: a channel would close itself when its thread is interrupted, and a run must be able to
            // write down that it was. The file behind the name was made just now.
            try (FileOutputStream out = new FileOutputStream(beside.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            replace(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
        force(folder(file));
    }

    /// A name in the same folder that nobody else uses, hidden from those who list it.
    public static Path beside(Path file) {
        return folder(file)
                .resolve("." + file.getFileName() + "."
                        + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + ".part");
    }

    /// Renames a file that is complete onto its name.
    ///
    /// @throws IOException if it cannot be renamed
    public static void replace(Path complete, Path file) throws IOException {
        try {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Forces a file or folder to the disk. Folders cannot be forced on every system; there the rename alone
    /// must do.
    ///
    /// @throws IOException if a file cannot be forced
    public static void force(Path path) throws IOException {
        boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        } catch (IOException e) {
            if (!isFolder) {
                throw e;
            }
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a file lies in a folder, the root is none");
        }
        return folder;
    }
}
