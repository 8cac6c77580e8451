package dev.assay.distil.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sorts any number of rows by a key in bounded memory: sorted blocks go to files, which are then merged.
/// Rows with equal keys stay in the order in which they came.
///
/// Memory: `blockBytes` while rows come in, a small buffer a block while they are merged.
public final class SpillSort implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ROW_OVERHEAD = 64;
    private static final Comparator<Row> ORDER = (a, b) -> Arrays.compareUnsigned(a.key, b.key);

    private final Path folder;
    private final String name;
    private final long blockBytes;
    private final List<Path> blocks = new ArrayList<>();
    private List<Row> open = new ArrayList<>();
    private long openBytes;
    private long rows;

    /// @param folder     where blocks go; exists
    /// @param name       a part of their names
    /// @param blockBytes about as much is held in memory
    public SpillSort(Path folder, String name, long blockBytes) {
        this.folder = folder;
        this.name = name;
        this.blockBytes = blockBytes;
    }

    /// A row.
    ///
    /// @param key   ordered as unsigned bytes
    /// @param value anything
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    public record Row(byte[] key, byte[] value) {}

    public void add(byte[] key, byte[] value) {
        open.add(new Row(key, value));
        rows++;
        openBytes += key.length + value.length + ROW_OVERHEAD;
        if (openBytes >= blockBytes) {
            spill();
        }
    }

    public long rows() {
        return rows;
    }

    private void spill() {
        open.sort(ORDER);
        Path file = folder.resolve("." + name + "." + blocks.size() + ".sort");
        try (OutputStream plain = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(plain, BUFFER_BYTES))) {
            for (Row row : open) {
                out.writeInt(row.key.length);
                out.write(row.key);
                out.writeInt(row.value.length);
                out.write(row.value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        blocks.add(file);
        open = new ArrayList<>();
        openBytes = 0;
    }

    /// Gives all rows in order, once.
    public void forEach(Consumer<Row> consumer) {
        try (Merge merge = merge()) {
            for (Row row = merge.next(); row != null; row = merge.next()) {
                consumer.accept(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All rows in order, to be taken one by one, once.
    public Merge merge() throws IOException {
        open.sort(ORDER);
        return new Merge(blocks, open);
    }

    /// Sorted blocks on their way into one order. For one thread.
    public static final class Merge implements AutoCloseable {
        private final List<Row> open;
        private final List<Cursor> cursors = new ArrayList<>();
        private final PriorityQueue<Cursor> queue =
                new PriorityQueue<>(Comparator.comparing(Cursor::row, ORDER).thenComparingInt(Cursor::block));
        private int next;

        private Merge(List<Path> blocks, List<Row> open) throws IOException {
            this.open = open;
            try {
                for (int i = 0; i < blocks.size(); i++) {
                    Cursor cursor = new Cursor(i, blocks.get(i));
                    cursors.add(cursor);
                    if (cursor.advance()) {
                        queue.add(cursor);
                    }
                }
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        /// The next row; null at the end.
        public @Nullable Row next() throws IOException {
            Cursor least = queue.peek();
            if (least == null || (next < open.size() && ORDER.compare(open.get(next), least.row()) < 0)) {
                return next < open.size() ? open.get(next++) : null;
            }
            queue.remove();
            Row row = least.row();
            if (least.advance()) {
                queue.add(least);
            }
            return row;
        }

        @Override
        public void close() {
            cursors.forEach(Cursor::close);
        }
    }

    private static final class Cursor {
        private final int block;
        private final DataInputStream in;
        private @Nullable Row row;

        private Cursor(int block, Path file) throws IOException {
            this.block = block;
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        }

        private Row row() {
            if (row == null) {
                throw new IllegalStateException("before the first row");
            }
            return row;
        }

        private int block() {
            return block;
        }

        private boolean advance() throws IOException {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException end) {
                return false;
            }
            byte[] key = new byte[length];
            in.readFully(key);
            byte[] value = new byte[in.readInt()];
            in.readFully(value);
            row = new Row(key, value);
            return true;
        }

        private void close() {
            try {
                in.close();
            } catch (IOException ignored) {
                // It was only read from.
            }
        }
    }

    /// Removes the blocks.
    @Override
    public void close() {
        for (Path block : blocks) {
            try {
                Files.deleteIfExists(block);
            } catch (IOException ignored) {
                // Lies in a folder that is thrown away as a whole.
            }
        }
        open = new ArrayList<>();
    }
}
