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
/// The operating system's locks belong to the process: a second thread would get one again, and closing
/// any handle of the file gives it up. So a thread first takes the file's permit in this process, and
/// nobody opens the file without.
public final class FileLocks {
    private static final ConcurrentHashMap<Path, Semaphore> PERMITS = new ConcurrentHashMap<>();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration SIGNED_BY = Duration.ofSeconds(1);
    private static final int NOTE_BYTES = 400;
    private static final Pattern NOTE =
            Pattern.compile("run ([0-9a-f-]{1,40})(?:, stage ([A-Za-z0-9._-]{1,200}))?, process ([0-9]{1,10})");

    /// Who of this process has a lock; the others write it into the file.
    private static final ConcurrentHashMap<Path, Owner> OWNERS = new ConcurrentHashMap<>();

    private FileLocks() {}

    /// Who wants a lock, or has it.
    ///
    /// @param run   the run's id
    /// @param stage the stage's name
    public record Owner(String run, String stage) {
        private String note() {
            return "run " + run + ", stage " + stage + ", process "
                    + ProcessHandle.current().pid() + "\n";
        }
    }

    /// A lock that is held until it is closed. The file stays, as deleting it would let two in.
    public static final class Held implements AutoCloseable {
        private final FileChannel channel;
        private final FileLock lock;
        private final Semaphore permit;

        private final Path file;

        private Held(Path file, FileChannel channel, FileLock lock, Semaphore permit) {
            this.file = key(file);
            this.channel = channel;
            this.lock = lock;
            this.permit = permit;
        }

        @Override
        public void close() throws IOException {
            OWNERS.remove(file);
            try {
                unsign(channel);
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
    /// @param owner   who wants it, which those who wait later are told
    /// @param waiting told at once, in words, who has it if somebody has, and again whenever another
    ///     one has got it
    /// @throws InterruptedException if interrupted meanwhile
    /// @throws Fault (STORAGE) if it is not free in time
    /// @throws IOException          if the file cannot be made or locked
    public static Held acquire(OwnFolder files, Path file, Owner owner, Limits limits, Consumer<String> waiting)
            throws InterruptedException, IOException {
        long begin = System.nanoTime();
        String said = "";
        while (true) {
            Optional<Held> held = tryAcquire(files, file);
            if (held.isPresent()) {
                sign(held.get().channel, owner);
                OWNERS.put(key(file), owner);
                return held.get();
            }
            long passed = System.nanoTime() - begin;
            String holder = holder(files, file, owner.run());
            // One that has just got it may not have signed yet.
            boolean named = !holder.equals(ANOTHER);
            if (!holder.equals(said) && (named || said.isEmpty() && passed > SIGNED_BY.toNanos())) {
                said = holder;
                waiting.accept(holder);
            }
            if (passed > TimeUnit.SECONDS.toNanos(limits.of(Limit.WAIT_SECONDS))) {
                throw Fault.of(
                                Fault.Kind.STORAGE,
                                "waited " + limits.of(Limit.WAIT_SECONDS) + " s for " + holder
                                        + "; end that one, or wait longer with --limit " + Limit.WAIT_SECONDS.label()
                                        + "=N")
                        .at(file.toString());
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static void sign(FileChannel channel, Owner owner) throws IOException {
        byte[] note = owner.note().getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(note), 0);
    }

    /// Takes the note away, so that whoever is next is not taken for this one before it has signed.
    private static void unsign(FileChannel channel) {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            // An interrupt closes the channel, which gives up the lock, too. The note is a courtesy.
        }
    }

    private static final String ANOTHER = "another run, which makes the same results";

    /// Who has a lock, in words. What the file says counts only if it has the form of such a note.
    private static String holder(OwnFolder files, Path file, String run) {
        Semaphore permit = permit(file);
        if (!permit.tryAcquire()) {
            // To open the file here and close it again would give up the lock of this process.
            Owner owner = OWNERS.get(key(file));
            if (owner == null) {
                return ANOTHER;
            }
            return owner.run().equals(run)
                    ? "stage " + owner.stage() + " of this run, which makes the same results"
                    : "run " + owner.run() + ", stage " + owner.stage()
                            + " (this process), which makes the same results";
        }
        try (FileChannel channel = files.openLock(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES);
            channel.read(bytes, 0);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
            Matcher note = NOTE.matcher(text);
            if (!note.matches()) {
                return ANOTHER;
            }
            String stage = note.group(2) == null ? "" : ", stage " + note.group(2);
            return "run " + note.group(1) + stage + " (process " + note.group(3) + "), which makes the same results";
        } catch (IOException e) {
            return ANOTHER;
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
                return Optional.of(new Held(file, channel, lock, permit));
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

    /// Whether somebody holds the lock now. A file that does not exist is held by nobody; of one that cannot be
    /// looked at, as it is somebody else's, nobody here can say that it is free.
    public static boolean held(OwnFolder files, Path file) {
        try {
            if (!files.isFile(file)) {
                return false;
            }
            Optional<Held> held = tryAcquire(files, file);
            if (held.isPresent()) {
                held.get().close();
            }
            return held.isEmpty();
        } catch (IOException | Fault e) {
            return true;
        }
    }

    private static Semaphore permit(Path file) {
        return PERMITS.computeIfAbsent(key(file), f -> new Semaphore(1));
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
