package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.CanonicalScan;
import dev.assay.receipt.internal.FileSizes;
import dev.assay.receipt.internal.PlainBytes;
import dev.assay.receipt.internal.Shares;
import dev.assay.receipt.internal.SortedIds;
import dev.assay.receipt.internal.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a JSON Lines file once, batch by batch. While the rows of one batch are hashed, part by part, its
/// bytes are fed to the digest of the whole file and the next batch is read.
final class JsonLinesDigest {
    private static final int BATCH_BYTES = 4 << 20;
    private static final int PART_BYTES = 1 << 17;
    private static final int LARGEST_BATCH_BYTES = Integer.MAX_VALUE - 8;
    private static final int READ_BYTES = 1 << 18;

    private final Path file;
    private final Optional<MessageDigest> whole;
    private final List<Part> parts = new ArrayList<>();
    private final SortedIds ids = new SortedIds();
    private long line;

    private JsonLinesDigest(Path file, Optional<MessageDigest> whole) {
        this.file = file;
        this.whole = whole;
    }

    /// The content digest of a file.
    ///
    /// @param whole is fed the bytes of the file too
    /// @throws Fault (MALFORMED_FILE) naming the first row that has no canonical form
    static Digest of(Path file, Optional<MessageDigest> whole) throws IOException {
        JsonLinesDigest digest = new JsonLinesDigest(file, whole);
        digest.read();
        MessageDigest sha = Digest.sha256();
        digest.ids.hash(sha);
        return Digest.from(sha);
    }

    private void read() throws IOException {
        try (InputStream in = FileSizes.open(file)) {
            Batch batch = new Batch((int) Math.min(BATCH_BYTES, Files.size(file) + 1));
            batch.fill(in);
            Batch other = new Batch(0);
            while (true) {
                hash(batch, other, in);
                if (batch.isLast) {
                    return;
                }
                Batch done = batch;
                batch = other;
                other = done;
            }
        }
    }

    /// Hashes one batch and fills the next.
    private void hash(Batch batch, Batch next, InputStream in) throws IOException {
        int end = batch.endOfRows();
        if (!batch.isLast && end == 0 && batch.length == LARGEST_BATCH_BYTES) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, "a line of more than 2 GiB is no row")
                    .at(file + ":" + (line + 1));
        }
        int count = Math.ceilDiv(end, PART_BYTES);
        while (parts.size() < count) {
            parts.add(new Part());
        }
        List<Shares.Job> jobs = new ArrayList<>();
        // What cannot be divided comes first.
        whole.ifPresent(sha -> jobs.add(() -> sha.update(batch.bytes, batch.carried, batch.length - batch.carried)));
        if (!batch.isLast) {
            jobs.add(() -> {
                next.carry(batch);
                next.fill(in);
            });
        }
        for (int i = 0; i < count; i++) {
            Part part = parts.get(i);
            int from = batch.startOfRow((int) ((long) end * i / count));
            int to = batch.startOfRow((int) ((long) end * (i + 1) / count));
            jobs.add(() -> part.hash(batch.bytes, from, to));
        }
        Shares.run(jobs, batch.length > PART_BYTES ? Integer.MAX_VALUE : 1);
        for (Part part : parts.subList(0, count)) {
            if (part.damage != null) {
                throw Fault.of(Fault.Kind.MALFORMED_FILE, String.valueOf(part.damage.getMessage()))
                        .at(file + ":" + (line + part.lines + 1))
                        .causedBy(part.damage);
            }
            ids.add(part.ids, part.rows);
            line += part.lines;
        }
    }

    /// Some bytes of the file, beginning with a row.
    private static final class Batch {
        private byte[] bytes;
        /// So many of them were read with the batch before.
        private int carried;

        private int length;
        private boolean isLast;

        Batch(int capacity) {
            bytes = new byte[capacity];
        }

        /// Takes over the unfinished row at the end of the batch before. If that is all there was, there is
        /// room for twice as much now.
        void carry(Batch before) {
            int from = before.endOfRows();
            carried = before.length - from;
            int capacity = (int) Math.min(LARGEST_BATCH_BYTES, Math.max(BATCH_BYTES, 2L * carried));
            if (bytes.length < capacity) {
                bytes = new byte[capacity];
            }
            System.arraycopy(before.bytes, from, bytes, 0, carried);
            length = carried;
        }

        void fill(InputStream in) throws IOException {
            while (length < bytes.length) {
                int n = in.read(bytes, length, Math.min(READ_BYTES, bytes.length - length));
                if (n < 0) {
                    isLast = true;
                    return;
                }
                length += n;
            }
        }

        int endOfRows() {
            if (isLast) {
                return length;
            }
            int end = length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return end;
        }

        /// The first place from `from` on at which a row begins, or the end of the rows.
        int startOfRow(int from) {
            if (from == 0) {
                return 0;
            }
            return Math.min(length, PlainBytes.lineFeed(bytes, from - 1, length) + 1);
        }
    }

    /// Hashes rows of a batch, for one thread at a time.
    private static final class Part {
        private final CanonicalScan scan = new CanonicalScan(ContentId.VOLATILE, ContentId.DATA_MAPS);
        private final MessageDigest sha = Digest.sha256();
        private byte[] ids = new byte[0];
        private int rows;
        /// Lines that are done; the damaged one, if there is one, follows.
        private int lines;

        private @Nullable IllegalArgumentException damage;

        void hash(byte[] bytes, int from, int to) {
            rows = 0;
            lines = 0;
            int at = from;
            while (at < to) {
                at = behindBlanks(bytes, at, to);
                if (at < to && bytes[at] != '\n') {
                    int end = scan.readLine(bytes, at, to);
                    if (end >= 0) {
                        scan.update(sha);
                        keep();
                    } else {
                        end = PlainBytes.lineFeed(bytes, at, to);
                        if (!parse(bytes, at, end)) {
                            return;
                        }
                    }
                    at = end;
                }
                at++;
                lines++;
            }
        }

        private static int behindBlanks(byte[] bytes, int from, int to) {
            int at = from;
            while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
                at++;
            }
            return at;
        }

        private void keep() {
            room();
            try {
                sha.digest(ids, rows * SortedIds.ID_BYTES, SortedIds.ID_BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException("a SHA-256 digest has 32 bytes", e);
            }
            rows++;
        }

        private boolean parse(byte[] bytes, int from, int to) {
            try {
                String id =
                        ContentId.of(StrictJson.parse(bytes, from, to - from)).hex();
                room();
                System.arraycopy(HexFormat.of().parseHex(id), 0, ids, rows * SortedIds.ID_BYTES, SortedIds.ID_BYTES);
                rows++;
                return true;
            } catch (IllegalArgumentException e) {
                damage = e;
                return false;
            }
        }

        private void room() {
            if (ids.length == rows * SortedIds.ID_BYTES) {
                ids = Arrays.copyOf(ids, Math.max(128 * SortedIds.ID_BYTES, 2 * ids.length));
            }
        }
    }
}
