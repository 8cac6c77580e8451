package dev.assay.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
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
    private static final String PART = ".part";
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

    /// The same, for all to read and for the owner alone to write, whatever the process's mask says.
    ///
    /// @throws IOException if it cannot be written; then nothing is left beside it
    public static void writePublic(Path file, byte[] bytes) throws IOException {
        Path folder = folder(file);
        Path beside = Files.createFile(beside(file), Modes.of(folder, Modes.PUBLIC));
        try {
            Modes.set(beside, Modes.PUBLIC);
            fill(beside, bytes);
            replace(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
        force(folder);
    }

    /// Writes a new file for the owner's eyes alone from the first moment on. Nothing is ever replaced by it.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is something of that name, a link too
    /// @throws IOException if it cannot be written
    public static void createOwn(Path file, byte[] bytes) throws IOException {
        Files.createFile(file, Modes.of(folder(file), Modes.FILE));
        fill(file, bytes);
        force(folder(file));
    }

    /// Fills a file that was made just now.
    private static void fill(Path fresh, byte[] bytes) throws IOException {
        // A stream: a channel would close itself when its thread is interrupted, and a run must be able to write
        // down that it was.
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /// Deletes what processes that were killed while they wrote a file have left beside it.
    ///
    /// @throws IOException if the folder cannot be read
    public static void discardUnfinished(Path file) throws IOException {
        String begin = "." + file.getFileName() + ".";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                folder(file), p -> String.valueOf(p.getFileName()).startsWith(begin))) {
            for (Path left : all) {
                if (left.toString().endsWith(PART)) {
                    Files.deleteIfExists(left);
                }
            }
        }
    }

    private static void write(Path file, byte[] bytes, FileAttribute<?>[] mode) throws IOException {
        Path beside = Files.createFile(beside(file), mode);
        try {
            fill(beside, bytes);
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
                        + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + PART);
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
