package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Files that are read as a whole must have an end that can be reached. A file with holes states any size and
/// takes no room; the platform does not tell how much room a file takes, but none takes more than its disk has.
public final class FileSizes {
    /// Smaller files are not compared with their disk, which would cost more than to read them.
    private static final long SMALL_BYTES = 1L << 30;

    private static final String SIZE = "the size";

    private FileSizes() {}

    /// Opens a file that is to be read to its end.
    ///
    /// @throws IOException if it cannot be read
    /// @throws Fault (MALFORMED_FILE) if it is no regular file, larger than [Limit#FILE_BYTES], or than its disk
    public static InputStream open(Path file) throws IOException {
        return open(file, Limits.ofProcess());
    }

    /// As [#open(Path)], with these limits.
    public static InputStream open(Path file, Limits limits) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new IOException("it is a folder");
        }
        if (!attributes.isRegularFile()) {
            // A pipe would hold the reader up for ever, and a device may have no end.
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            "it is neither a regular file nor a folder and is not read; give a file")
                    .at(file.toString());
        }
        refuse(file, attributes.size(), SIZE, limits);
        return new Bounded(Files.newInputStream(file), file, limits);
    }

    /// Refuses files that are too much together, a file with several names counted once.
    ///
    /// @param folder that they lie in
    /// @throws IOException if one cannot be looked at
    /// @throws Fault (MALFORMED_FILE) if together they are larger than [Limit#FILE_BYTES], or than their disk
    public static void refuse(Path folder, Collection<Path> files, Limits limits) throws IOException {
        Set<Object> seen = new HashSet<>();
        long sum = 0;
        for (Path file : files) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            if (attributes.isRegularFile() && (key == null || seen.add(key))) {
                sum = sum > Long.MAX_VALUE - attributes.size() ? Long.MAX_VALUE : sum + attributes.size();
            }
        }
        refuse(folder, sum, "the size of its files", limits);
    }

    /// Refuses so many bytes.
    ///
    /// @param path where they lie
    /// @param what whose size it is, such as `the size`
    /// @throws IOException if the disk cannot be asked
    /// @throws Fault (MALFORMED_FILE) if they are more than [Limit#FILE_BYTES], or than the disk has
    public static void refuse(Path path, long bytes, String what, Limits limits) throws IOException {
        if (bytes > limits.of(Limit.FILE_BYTES)) {
            throw tooLarge(path, bytes, what, limits);
        }
        if (bytes > SMALL_BYTES) {
            FileStore disk = Files.getFileStore(path);
            // Some do not know their size, and say 0.
            long room = disk.getTotalSpace();
            if (room > 0 && bytes > room) {
                throw Fault.of(
                                Fault.Kind.MALFORMED_FILE,
                                what + " is said to be " + bytes + " bytes, and the disk has " + room
                                        + ": it is mostly holes and is not read; copy it without them")
                        .at(path.toString());
            }
        }
    }

    private static Fault tooLarge(Path path, long bytes, String what, Limits limits) {
        return limits.exceeded(Fault.Kind.MALFORMED_FILE, Limit.FILE_BYTES, what + " is " + bytes + " bytes")
                .at(path.toString());
    }

    /// Ends a file that grows faster than it is read.
    private static final class Bounded extends FilterInputStream {
        private final Path file;
        private final Limits limits;
        private final long most;
        private long read;

        Bounded(InputStream in, Path file, Limits limits) {
            super(in);
            this.file = file;
            this.limits = limits;
            this.most = limits.of(Limit.FILE_BYTES);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            counted(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = in.read(bytes, from, length);
            counted(n);
            return n;
        }

        private void counted(int n) {
            read += Math.max(0, n);
            if (read > most) {
                throw tooLarge(file, read, SIZE, limits);
            }
        }
    }
}
