package dev.assay.frame.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// What a gzip file holds (RFC 1952): all its members after each other, each with its checksum. Unlike
/// [java.util.zip.GZIPInputStream], which passes over whatever stands behind a member, anything but
/// another member is an error.
final class GzipBytes extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int FLAG_HEADER_CHECK = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 check = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private boolean inMember;
    /// How many bytes of the buffer the inflater was given last.
    private int given;

    GzipBytes(InputStream in) {
        this.in = new PushbackInputStream(in, BUFFER);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        while (true) {
            if (!inMember && !startMember()) {
                return -1;
            }
            int n;
            try {
                n = inflater.inflate(into, from, count);
            } catch (DataFormatException e) {
                throw new ZipException(String.valueOf(e.getMessage()));
            }
            if (n > 0) {
                check.update(into, from, n);
                return n;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a preset dictionary");
            } else if (inflater.needsInput()) {
                given = in.read(buffer);
                if (given < 0) {
                    throw new EOFException("cut short");
                }
                inflater.setInput(buffer, 0, given);
            }
        }
    }

    private boolean startMember() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || need() != 0x8b || need() != 8) {
            throw new ZipException("no gzip member");
        }
        int flags = need();
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(need() | need() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CHECK) != 0) {
            skip(2);
        }
        inflater.reset();
        check.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        int left = inflater.getRemaining();
        if (left > 0) {
            in.unread(buffer, given - left, left);
        }
        long crc = need() | need() << 8 | need() << 16 | (need() & 0xffL) << 24;
        long size = need() | need() << 8 | need() << 16 | (need() & 0xffL) << 24;
        if (crc != check.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("the checksum does not match");
        }
        inMember = false;
    }

    private int need() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("cut short");
        }
        return next;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            need();
        }
    }

    private void skipText() throws IOException {
        int next = need();
        while (next != 0) {
            next = need();
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
