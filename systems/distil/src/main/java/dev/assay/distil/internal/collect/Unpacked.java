package dev.assay.distil.internal.collect;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// What a gzip file unfolds into, up to [Limit#EXPANSION] times what was read of it. Memory: a buffer.
final class Unpacked extends FilterInputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Counted packed;
    private final Path file;
    private final Limits limits;
    private final long free;
    private long unpacked;

    /// @param free bytes that are always allowed
    /// @throws IOException if it is no gzip file
    Unpacked(InputStream packed, Path file, Limits limits, long free) throws IOException {
        this(new Counted(packed), file, limits, free);
    }

    private Unpacked(Counted packed, Path file, Limits limits, long free) throws IOException {
        super(new Members(packed));
        this.packed = packed;
        this.file = file;
        this.limits = limits;
        this.free = free;
    }

    /// The members of a file one after the other. What follows a member and is none ends a [GZIPInputStream] without
    /// a word, with all that stands behind it; here it is an error.
    private static final class Members extends GZIPInputStream {
        private static final int TRAILER_BYTES = 8;

        private final Counted packed;
        /// Bytes of the file read when the inflater got the last of them.
        private long filled;

        Members(Counted packed) throws IOException {
            super(packed, BUFFER_BYTES);
            this.packed = packed;
        }

        @Override
        protected void fill() throws IOException {
            super.fill();
            filled = packed.bytes;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            if (n < 0) {
                int left = inf.getRemaining();
                boolean whole = left <= TRAILER_BYTES && packed.bytes == filled + TRAILER_BYTES - left;
                if (!whole || packed.read() >= 0) {
                    throw new ZipException("something that is no gzip follows");
                }
            }
            return n;
        }
    }

    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            bytes += Math.max(n, 0);
            return n;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// @throws Fault (MALFORMED_FILE) if it unfolds into more than is allowed: how many rows would follow nobody
    ///     knows, so this is no matter of one row
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int n = super.read(into, from, length);
        unpacked += Math.max(n, 0);
        if (unpacked > free && unpacked / limits.of(Limit.EXPANSION) > packed.bytes) {
            throw limits.exceeded(
                            Fault.Kind.MALFORMED_FILE,
                            Limit.EXPANSION,
                            "the file unfolds into more than " + limits.of(Limit.EXPANSION) + " times its size")
                    .at(file.toString());
        }
        return n;
    }
}
