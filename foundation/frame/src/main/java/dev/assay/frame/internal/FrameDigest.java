package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.Schema;
import dev.assay.receipt.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The digest of a frame's content; [Frame#digest()] says what is hashed.
public final class FrameDigest {
    private static final byte[] HEAD = "assay.frame.1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int LEAST_BLOCK_BYTES = 1 << 10;
    /// Of the blocks of all columns, unless there are very many.
    private static final int MOST_BYTES = 1 << 26;
    private static final int LONGEST_NUMBER_CELL = 1 + Long.BYTES;

    private static final byte MISSING = 0;
    private static final byte WHOLE = 1;
    private static final byte REAL = 2;
    private static final byte FALSE = 3;
    private static final byte TRUE = 4;
    private static final byte TEXT = 5;
    private static final byte INSTANT = 6;
    private static final byte DATE = 7;
    private static final byte DATE_TIME = 8;

    private final Schema schema;
    private final List<Block> blocks = new ArrayList<>();

    /// The digest of frames of this schema, one below the other.
    public FrameDigest(Schema schema) {
        this.schema = schema;
        int columns = schema.fields().size();
        int bytes = Math.max(LEAST_BLOCK_BYTES, Math.min(BLOCK_BYTES, MOST_BYTES / Math.max(1, columns)));
        for (int i = 0; i < columns; i++) {
            blocks.add(new Block(bytes));
        }
    }

    /// See [Frame#digest()].
    public static Digest of(Frame frame) {
        FrameDigest digest = new FrameDigest(frame.schema());
        for (int i = 0; i < frame.columns().size(); i++) {
            digest.add(i, frame.columns().get(i));
        }
        return digest.finish(frame.rows());
    }

    /// Adds the next cells of a column. Several threads may add to different columns.
    public void add(int column, Column cells) {
        cells(cells, blocks.get(column));
    }

    /// The digest of all rows; nothing can be added any more.
    public Digest finish(long rows) {
        MessageDigest sha = Digest.sha256();
        sha.update(HEAD);
        sha.update(longBytes(blocks.size()));
        sha.update(longBytes(rows));
        for (int i = 0; i < blocks.size(); i++) {
            byte[] name = schema.fields().get(i).name().getBytes(StandardCharsets.UTF_8);
            sha.update(longBytes(name.length));
            sha.update(name);
            sha.update(blocks.get(i).finish());
        }
        return Digest.from(sha);
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static void cells(Column column, Block block) {
        int rows = column.length();
        switch (column) {
            case Column.Doubles c -> {
                for (int i = 0; i < rows; i++) {
                    block.number(c.value(i));
                }
            }
            case Column.Longs c -> {
                for (int i = 0; i < rows; i++) {
                    block.cell(c.isMissing(i) ? MISSING : WHOLE, c.value(i));
                }
            }
            case Column.Booleans c -> {
                for (int i = 0; i < rows; i++) {
                    block.tag(c.isMissing(i) ? MISSING : c.value(i) ? TRUE : FALSE);
                }
            }
            case Column.Categories c -> {
                List<byte[]> levels = c.levels().stream().map(FrameDigest::utf8).toList();
                for (int i = 0; i < rows; i++) {
                    if (c.isMissing(i)) {
                        block.tag(MISSING);
                    } else {
                        block.text(levels.get(c.code(i)));
                    }
                }
            }
            case Column.Texts c -> {
                for (int i = 0; i < rows; i++) {
                    String text = c.text(i);
                    if (text == null) {
                        block.tag(MISSING);
                    } else {
                        block.text(utf8(text));
                    }
                }
            }
            case Column.Dates c -> {
                for (int i = 0; i < rows; i++) {
                    block.cell(c.isMissing(i) ? MISSING : DATE, c.day(i));
                }
            }
            case Column.Moments c -> {
                byte tag = c.type() == ColumnType.INSTANT ? INSTANT : DATE_TIME;
                for (int i = 0; i < rows; i++) {
                    block.cell(c.isMissing(i) ? MISSING : tag, c.micros(i));
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Cells on their way into the hash, gathered because hashing a few bytes at a time is several
    /// times slower.
    private static final class Block {
        private final MessageDigest sha = Digest.sha256();
        private final ByteBuffer bytes;

        Block(int bytes) {
            this.bytes = ByteBuffer.allocate(bytes);
        }

        void number(double v) {
            long whole = (long) v;
            if (Double.isNaN(v)) {
                tag(MISSING);
            } else if (v == whole && Math.abs(v) <= 0x1p53) {
                cell(WHOLE, whole);
            } else {
                cell(REAL, Double.doubleToLongBits(v));
            }
        }

        void tag(byte tag) {
            room(1);
            bytes.put(tag);
        }

        void cell(byte tag, long value) {
            room(LONGEST_NUMBER_CELL);
            bytes.put(tag);
            if (tag != MISSING) {
                bytes.putLong(value);
            }
        }

        void text(byte[] text) {
            cell(TEXT, text.length);
            if (text.length > bytes.capacity()) {
                flush();
                sha.update(text);
            } else {
                room(text.length);
                bytes.put(text);
            }
        }

        private void room(int needed) {
            if (bytes.remaining() < needed) {
                flush();
            }
        }

        private void flush() {
            sha.update(bytes.array(), 0, bytes.position());
            bytes.clear();
        }

        byte[] finish() {
            flush();
            return sha.digest();
        }
    }
}
