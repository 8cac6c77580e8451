package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.files.OwnFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Locks between processes, and between threads of this one.
///
/// The operating system's locks belong to the process: a second thread would get one again, and closing any
/// handle of the file gives it up. So a thread first takes the file's permit in this process, and nobody opens
/// the file without.
public final class FileLocks {
    private static final ConcurrentHashMap<Path, Semaphore> PERMITS = new ConcurrentHashMap<>();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration SAY_SO = Duration.ofSeconds(1);
    private static final int NOTE_BYTES = 200;
    private static final Pattern NOTE = Pattern.compile("run ([0-9a-f-]{1,40}), process ([0-9]{1,10})");

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

    /// Waits for a lock, as long as the limit [Limit#WAIT_SECONDS] allows.
    ///
    /// @param run     the run that wants it, which those who wait later are told
    /// @param waiting told once, in words, who has it, when that takes more than a moment
    /// @throws InterruptedException if interrupted meanwhile
    /// @throws Fault (STORAGE) if it is not free in time
    /// @throws IOException          if the file cannot be made or locked
    public static Held acquire(OwnFolder files, Path file, String run, Limits limits, Consumer<String> waiting)
            throws InterruptedException, IOException {
        long begin = System.nanoTime();
        boolean said = false;
        while (true) {
            Optional<Held> held = tryAcquire(files, file);
            if (held.isPresent()) {
                sign(held.get().channel, run);
                return held.get();
            }
            long passed = System.nanoTime() - begin;
            if (!said && passed > SAY_SO.toNanos()) {
                said = true;
                waiting.accept(holder(files, file));
            }
            if (passed > TimeUnit.SECONDS.toNanos(limits.of(Limit.WAIT_SECONDS))) {
                throw Fault.of(
                                Fault.Kind.STORAGE,
                                "waited " + limits.of(Limit.WAIT_SECONDS) + " s for " + holder(files, file)
                                        + "; end that one, or wait longer with --limit " + Limit.WAIT_SECONDS.label()
                                        + "=N")
                        .at(file.toString());
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static void sign(FileChannel channel, String run) throws IOException {
        byte[] note = ("run " + run + ", process " + ProcessHandle.current().pid() + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(note), 0);
    }

    /// Who has a lock, in words. What the file says counts only if it has the form of such a note.
    private static String holder(OwnFolder files, Path file) {
        Semaphore permit = permit(file);
        if (!permit.tryAcquire()) {
            // To open the file here and close it again would give up the lock of this process.
            return "another run of this process, which makes the same results";
        }
        try (FileChannel channel = files.openLock(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES);
            channel.read(bytes, 0);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
            Matcher note = NOTE.matcher(text);
            return note.matches()
                    ? "run " + note.group(1) + " (process " + note.group(2) + "), which makes the same results"
                    : "another run, which makes the same results";
        } catch (IOException e) {
            return "another run, which makes the same results";
        } finally {
            permit.release();
        }
    }

    /// Takes a lock if nobody holds it.
    public static Optional<Held> tryAcquire(OwnFolder files, Path file) throws IOException {
        Semaphore permit = permit(file);
        if (!permit.tryAcquire()) {
            return Optional.empty();
        }
        boolean done = false;
        try {
            FileChannel channel = files.openLock(file);
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
    public static boolean held(OwnFolder files, Path file) {
        if (!files.isFile(file)) {
            return false;
        }
        try {
            Optional<Held> held = tryAcquire(files, file);
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
}
