package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.CanonicalScan;
import dev.assay.receipt.internal.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// Row ids of a JSON Lines file in sorted blocks, merged into one digest.
final class JsonLinesDigest {
    private static final int BLOCK_ROWS = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int BATCH_BYTES = 4 << 20;
    private static final int PARTS = 32;
    private static final int ID_BYTES = 32;

    private final List<byte[]> sortedBlocks = new ArrayList<>();
    private final List<byte[]> open = new ArrayList<>();
    private final Path file;
    private long line;

    private JsonLinesDigest(Path file) {
        this.file = file;
    }

    static Digest of(Path file) throws IOException {
        JsonLinesDigest digest = new JsonLinesDigest(file);
        digest.read();
        return digest.merge();
    }

    private void read() throws IOException {
        List<byte[]> rows = new ArrayList<>();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == '\n') {
                        if (unfinished.size() == 0) {
                            rows.add(Arrays.copyOfRange(buffer, start, i));
                        } else {
                            unfinished.write(buffer, start, i - start);
                            rows.add(unfinished.toByteArray());
                            unfinished.reset();
                        }
                        start = i + 1;
                    }
                }
                unfinished.write(buffer, start, n - start);
                bytes += n;
                if (bytes >= BATCH_BYTES) {
                    rows(rows);
                    rows = new ArrayList<>();
                    bytes = 0;
                }
            }
        }
        rows.add(unfinished.toByteArray());
        rows(rows);
        closeBlock();
    }

    /// The ids of rows, computed by all cores and kept in order.
    private void rows(List<byte[]> rows) {
        int parts = Math.min(PARTS, rows.size());
        long first = line;
        List<List<byte[]>> ids = IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> ids(
                        rows,
                        (int) ((long) part * rows.size() / parts),
                        (int) ((part + 1L) * rows.size() / parts),
                        first))
                .toList();
        line += rows.size();
        for (List<byte[]> part : ids) {
            for (byte[] id : part) {
                open.add(id);
                if (open.size() == BLOCK_ROWS) {
                    closeBlock();
                }
            }
        }
    }

    private List<byte[]> ids(List<byte[]> rows, int from, int to, long first) {
        CanonicalScan scan = new CanonicalScan(ContentId.VOLATILE, ContentId.DATA_MAPS);
        MessageDigest sha = Digest.sha256();
        List<byte[]> ids = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            byte[] text = rows.get(i);
            if (isBlank(text)) {
                continue;
            }
            try {
                if (scan.read(text, 0, text.length)) {
                    sha.update(scan.bytes(), 0, scan.length());
                    ids.add(sha.digest());
                } else {
                    ids.add(HexFormat.of()
                            .parseHex(ContentId.of(StrictJson.parse(text)).hex()));
                }
            } catch (IllegalArgumentException e) {
                throw Fault.of(Fault.Kind.MALFORMED_FILE, String.valueOf(e.getMessage()))
                        .at(file + ":" + (first + i + 1))
                        .causedBy(e);
            }
        }
        return ids;
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private void closeBlock() {
        open.sort(Arrays::compareUnsigned);
        byte[] block = new byte[open.size() * ID_BYTES];
        for (int i = 0; i < open.size(); i++) {
            System.arraycopy(open.get(i), 0, block, i * ID_BYTES, ID_BYTES);
        }
        open.clear();
        sortedBlocks.add(block);
    }

    /// A place in one sorted block.
    private static final class Cursor {
        private final byte[] block;
        private int at;

        private Cursor(byte[] block) {
            this.block = block;
        }

        private static int compare(Cursor a, Cursor b) {
            return Arrays.compareUnsigned(a.block, a.at, a.at + ID_BYTES, b.block, b.at, b.at + ID_BYTES);
        }
    }

    private Digest merge() {
        PriorityQueue<Cursor> queue = new PriorityQueue<>(Cursor::compare);
        for (byte[] block : sortedBlocks) {
            if (block.length > 0) {
                queue.add(new Cursor(block));
            }
        }
        MessageDigest sha = Digest.sha256();
        while (!queue.isEmpty()) {
            Cursor next = queue.remove();
            String id = HexFormat.of().formatHex(next.block, next.at, next.at + ID_BYTES);
            sha.update((id + "\n").getBytes(StandardCharsets.US_ASCII));
            next.at += ID_BYTES;
            if (next.at < next.block.length) {
                queue.add(next);
            }
        }
        return Digest.from(sha);
    }
}
