package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that appears whole or not at all: written beside its place, forced to the disk, renamed.
public final class AtomicFile {
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final FileAttribute<?>[] NO_MODE = {};

    private AtomicFile() {}

    /// Puts these bytes into place; a former file of that name is replaced.
    ///
    /// @throws Fault if the folder cannot be written
    public static void write(Path file, byte[] bytes) {
        write(file, bytes, false);
    }

    /// As [#write(Path, byte[])], but all may read the file and its owner alone may write it, whatever the umask.
    ///
    /// @throws Fault if the folder cannot be written
    public static void writePublic(Path file, byte[] bytes) {
        write(file, bytes, true);
    }

    private static void write(Path file, byte[] bytes, boolean open) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a file lies in a folder, the root is none");
        }
        Path temporary = temporary(folder, file);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(temporary);
            boolean mode =
                    open && folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                    mode ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PUBLIC)} : NO_MODE)) {
                if (mode) {
                    Files.setPosixFilePermissions(temporary, PUBLIC);
                }
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.STORAGE, "the file cannot be written: free space or choose another folder")
                    .at(file.toString())
                    .causedBy(e);
        } finally {
            discard(temporary);
        }
    }

    /// Deletes what a process that was killed while it wrote this file has left beside it.
    public static void discardUnfinished(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            discard(temporary(folder, file));
        }
    }

    /// Not Files.createTempFile, which would keep everybody else from reading the file.
    private static Path temporary(Path folder, Path file) {
        return folder.resolve("." + file.getFileName() + ".part");
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // The file has its place already, or the fault on its way says what is wrong.
        }
    }

    /// Makes the rename itself durable. Not every system lets a folder be opened; there the rename alone must
    /// do.
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // See above.
        }
    }
}
