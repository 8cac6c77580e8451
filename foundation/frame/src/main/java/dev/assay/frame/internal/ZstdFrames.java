package dev.assay.frame.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/// The frames of a Zstandard file (RFC 8878), gone through from header to header without decompressing anything.
/// A decompressor may stop at the end of the data that it has; here the end of the last frame, its checksum
/// included, must be the end of the file.
final class ZstdFrames {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int SKIPPABLE_BITS = 0xFFFFFFF0;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] SIZE_BYTES = {0, 2, 4, 8};
    private static final int BUFFER = 1 << 16;

    private final InputStream in;

    private ZstdFrames(InputStream in) {
        this.in = in;
    }

    /// Goes through a file.
    ///
    /// @throws ZipException if something that is no frame stands in it
    /// @throws EOFException if it ends inside a frame
    static void check(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            ZstdFrames frames = new ZstdFrames(in);
            while (frames.next()) {
                // Up to the end.
            }
        }
    }

    private boolean next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int magic = first | (int) number(3) << 8;
        if ((magic & SKIPPABLE_BITS) == SKIPPABLE) {
            pass(number(4));
            return true;
        }
        if (magic != MAGIC) {
            throw new ZipException("something that is no Zstandard frame");
        }
        int descriptor = (int) number(1);
        boolean single = (descriptor & 0x20) != 0;
        int size = SIZE_BYTES[descriptor >>> 6];
        pass((single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3] + (size == 0 && single ? 1 : size));
        boolean last = false;
        while (!last) {
            int header = (int) number(3);
            last = (header & 1) != 0;
            int type = header >>> 1 & 3;
            if (type == 3) {
                throw new ZipException("a block of no known type");
            }
            // A run of one byte is stored as that byte.
            pass(type == 1 ? 1 : header >>> 3);
        }
        pass((descriptor & 4) == 0 ? 0 : 4);
        return true;
    }

    /// Little-endian.
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("cut short");
            }
            number |= (long) next << 8 * i;
        }
        return number;
    }

    private void pass(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new EOFException("cut short");
        }
    }
}
