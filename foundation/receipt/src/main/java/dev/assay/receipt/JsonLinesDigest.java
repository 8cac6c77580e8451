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

/// Row ids of a JSON Lines file in sorted blocks, merged into one digest.
final class JsonLinesDigest {
    private static final int BLOCK_ROWS = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ID_BYTES = 32;

    private final List<byte[]> sortedBlocks = new ArrayList<>();
    private final List<byte[]> open = new ArrayList<>();
    private final CanonicalScan scan = new CanonicalScan(ContentId.VOLATILE, ContentId.DATA_MAPS);
    private final MessageDigest sha = Digest.sha256();
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
        byte[] buffer = new byte[BUFFER_BYTES];
        ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == '\n') {
                        unfinished.write(buffer, start, i - start);
                        row(unfinished.toByteArray());
                        unfinished.reset();
                        start = i + 1;
                    }
                }
                unfinished.write(buffer, start, n - start);
            }
        }
        row(unfinished.toByteArray());
        closeBlock();
    }

    private void row(byte[] text) {
        line++;
        if (isBlank(text)) {
            return;
        }
        try {
            // Rows that Assay writes are canonical: their ids need no tree.
            if (scan.read(text, 0, text.length)) {
                sha.update(scan.bytes(), 0, scan.length());
                open.add(sha.digest());
            } else {
                open.add(HexFormat.of()
                        .parseHex(ContentId.of(StrictJson.parse(text)).hex()));
            }
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, String.valueOf(e.getMessage()))
                    .at(file + ":" + line)
                    .causedBy(e);
        }
        if (open.size() == BLOCK_ROWS) {
            closeBlock();
        }
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
