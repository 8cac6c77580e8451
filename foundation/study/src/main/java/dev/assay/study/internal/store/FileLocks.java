package dev.assay.study.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Locks between processes, and between threads of this one.
///
/// The operating system's locks belong to the process: a second thread would get one again, and closing any
/// handle of the file gives it up. So a thread first takes the file's permit in this process, and nobody opens
/// the file without.
public final class FileLocks {
    private static final ConcurrentHashMap<Path, Semaphore> PERMITS = new ConcurrentHashMap<>();

    private FileLocks() {}

    /// A lock that is held until it is closed. The file stays, as deleting it would let two in.
    public static final class Held implements AutoCloseable {
        private final FileChannel channel;
        private final FileLock lock;
        private final Semaphore permit;

        private Held(FileChannel channel, FileLock lock, Semaphore permit) {
            this.channel = channel;
            this.lock = lock;
            this.permit = permit;
        }

        @Override
        public void close() throws IOException {
            try {
                if (channel.isOpen()) {
                    lock.release();
                }
                channel.close();
            } finally {
                permit.release();
            }
        }
    }

    /// Waits for a lock.
    ///
    /// @throws InterruptedException if interrupted meanwhile
    /// @throws IOException          if the file cannot be made or locked
    public static Held acquire(Path file) throws InterruptedException, IOException {
        Semaphore permit = permit(file);
        permit.acquire();
        boolean done = false;
        try {
            FileChannel channel = open(file);
            try {
                Held held = new Held(channel, channel.lock(), permit);
                done = true;
                return held;
            } catch (FileLockInterruptionException e) {
                throw new InterruptedException("interrupted while waiting for " + file);
            } finally {
                if (!done) {
                    channel.close();
                }
            }
        } finally {
            if (!done) {
                permit.release();
            }
        }
    }

    /// Takes a lock if nobody holds it.
    public static Optional<Held> tryAcquire(Path file) throws IOException {
        Semaphore permit = permit(file);
        if (!permit.tryAcquire()) {
            return Optional.empty();
        }
        boolean done = false;
        try {
            FileChannel channel = open(file);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    return Optional.empty();
                }
                done = true;
                return Optional.of(new Held(channel, lock, permit));
            } finally {
                if (!done) {
                    channel.close();
                }
            }
        } finally {
            if (!done) {
                permit.release();
            }
        }
    }

    /// Whether somebody holds the lock now. A file that does not exist is held by nobody.
    public static boolean held(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Optional<Held> held = tryAcquire(file);
            if (held.isPresent()) {
                held.get().close();
            }
            return held.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static Semaphore permit(Path file) {
        return PERMITS.computeIfAbsent(file.toAbsolutePath().normalize(), f -> new Semaphore(1));
    }

    private static FileChannel open(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
