package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.ZipException;

/// The bytes of a text file, decompressed, in one pass of which nothing is kept; a compressed file that
/// expands without end is refused on the way.
final class TextBytes {
    /// Bytes that are handed over at a time, at most.
    static final int BUFFER = 1 << 18;

    private TextBytes() {}

    /// Takes the bytes of a file one buffer after the other.
    interface Pass {
        /// The next `n` bytes, more than none. The buffer is used again.
        ///
        /// @throws Fault (MALFORMED_FILE) at `line n` if they cannot be
        void take(byte[] buffer, int n);
    }

    /// Hands over all bytes.
    ///
    /// @throws Fault (MALFORMED_FILE) if the compression is damaged or the expansion beyond its limit, or
    ///     as the pass says
    /// @throws SQLException if DuckDB cannot decompress it
    static void each(Database database, Path file, FileFormat format, Limits limits, Pass pass) throws SQLException {
        each(database, file, format, limits, Limits.FREE_BYTES, pass);
    }

    /// The same where a compressed file may always become so many bytes.
    static void each(Database database, Path file, FileFormat format, Limits limits, long free, Pass pass)
            throws SQLException {
        try (InputStream in = guarded(database, file, format, limits, free)) {
            byte[] buffer = new byte[BUFFER];
            // The first buffer is filled, so that whoever looks at the beginning of the file sees
            // enough of it.
            for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = Math.max(0, in.read(buffer))) {
                pass.take(buffer, n);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// What a failure while bytes are read means.
    static Fault unreadable(IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? FileFormat.malformed("the file is damaged, cut short or has a line that is too long; make it anew.")
                        .causedBy(e)
                : Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                        .causedBy(e);
    }

    /// All bytes, decompressed, and a fault when they become too many.
    static InputStream guarded(Database database, Path file, FileFormat format, Limits limits, long free)
            throws IOException, SQLException {
        InputStream in = open(database, file, format, limits);
        if (format.compression().equals("none")) {
            return in;
        }
        long most = allowed(Files.size(file), limits, free);
        return new FilterInputStream(in) {
            private long bytes;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int count) throws IOException {
                int n = in.read(into, offset, count);
                bytes += Math.max(0, n);
                if (bytes > most) {
                    throw limits.exceeded(
                            Fault.Kind.MALFORMED_FILE,
                            Limit.EXPANSION,
                            "the compressed file becomes more than " + most + " bytes, more than "
                                    + limits.of(Limit.EXPANSION) + " for each of its own");
                }
                return n;
            }
        };
    }

    private static InputStream open(Database database, Path file, FileFormat format, Limits limits)
            throws IOException, SQLException {
        if (!format.compression().equals("zstd")) {
            return open(file, format);
        }
        ZstdFrames.check(file);
        return new LinesOfZstd(database, file, limits);
    }

    /// The bytes of a file that is not compressed, or by gzip.
    static InputStream open(Path file, FileFormat format) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return format.compression().equals("gzip") ? new GzipBytes(bytes) : bytes;
    }

    private static long allowed(long bytes, Limits limits, long free) {
        double most = (double) bytes * limits.of(Limit.EXPANSION);
        return Math.max(free, most > Long.MAX_VALUE ? Long.MAX_VALUE : (long) most);
    }
}
