package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writing so that nothing is ever half there, and what to say when it cannot be written.
public final class Storage {
    private static final AtomicLong COUNTER = new AtomicLong();

    private Storage() {}

    /// Writes a file as a whole: a reader sees the old bytes or the new ones.
    ///
    /// Streams, not channels: a channel closes itself when its thread is interrupted, and a run must be able
    /// to write down that it was.
    ///
    /// @throws Fault (STORAGE) if it cannot be written
    public static void write(Path target, byte[] bytes) {
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet());
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            temporary.toFile().delete();
            throw fault(e, target);
        }
    }

    /// Makes a folder and those above it.
    ///
    /// @throws Fault (STORAGE) if it cannot be made
    public static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw fault(e, folder);
        }
    }

    /// Makes a folder and those above it; nobody but its owner may look into it, where permissions can say
    /// so.
    ///
    /// @throws Fault (STORAGE) if it cannot be made
    public static Path ownerFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE));
            }
            return folder;
        } catch (IOException e) {
            throw fault(e, folder);
        }
    }

    /// Forces all files below a folder, and the folders, to disk.
    public static void force(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                forceOne(i.next());
            }
        }
    }

    /// Forces a file, or a folder with all that is in it, to disk as far as that goes, for those who will
    /// force it for good later.
    static void startForcing(Path path) {
        try {
            force(path);
        } catch (IOException | UncheckedIOException e) {
            // Whoever forces it for good says so.
        }
    }

    /// Forces one file or folder to disk. Folders cannot be forced on every system; there the rename alone
    /// must do.
    static void forceOne(Path path) throws IOException {
        boolean isFolder = Files.isDirectory(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (!isFolder) {
                throw e;
            }
        }
    }

    /// Deletes a folder with all that is in it, if it is there. Links are deleted, not followed.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// A name in the same folder that nobody else uses.
    static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + "." + suffix + "."
                + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet());
    }

    /// What to tell when `path` in the workspace could not be written.
    public static Fault fault(IOException e, Path path) {
        return full(e).map(full -> full.at(path.toString())).orElseGet(() -> {
            String why = e instanceof AccessDeniedException || e.getCause() instanceof ReadOnlyFileSystemException
                    ? "may not be written; check its permissions or choose another workspace"
                    : e instanceof NoSuchFileException
                            ? "has gone; was the workspace deleted meanwhile?"
                            : "cannot be written (" + e.getClass().getSimpleName() + "); choose another workspace";
            return Fault.of(Fault.Kind.STORAGE, why).at(path.toString()).causedBy(e);
        });
    }

    /// The fault of a full disk, if that is what stands behind a failure.
    public static Optional<Fault> full(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if ((cause instanceof IOException || cause instanceof RuntimeException)
                    && (message.contains("no space left on device")
                            || message.contains("disk quota exceeded")
                            || message.contains("not enough space on the disk"))) {
                return Optional.of(Fault.of(
                                Fault.Kind.STORAGE,
                                "the disk is full; free some space and run again, finished stages are kept")
                        .causedBy(failure));
            }
        }
        return Optional.empty();
    }
}
