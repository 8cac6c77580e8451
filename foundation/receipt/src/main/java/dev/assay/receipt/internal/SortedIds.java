package dev.assay.receipt.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// SHA-256 digests in any number, without an object for each: gathered in blocks, each block sorted, the
/// blocks merged.
public final class SortedIds {
    /// Bytes of a digest.
    public static final int ID_BYTES = 32;

    private static final int INDEX_BITS = 16;
    private static final int BLOCK_BYTES = ID_BYTES << INDEX_BITS;
    private static final int SMALLEST_BYTES = ID_BYTES << 5;
    private static final int LINE_BYTES = 2 * ID_BYTES + 1;
    private static final int LINES_AT_ONCE = 1 << 10;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final List<byte[]> full = new ArrayList<>();
    private byte[] open = new byte[SMALLEST_BYTES];
    private int openBytes;

    /// Adds digests that stand one behind the other.
    public void add(byte[] ids, int count) {
        int from = 0;
        int to = count * ID_BYTES;
        while (from < to) {
            if (openBytes == open.length) {
                grow();
            }
            int some = Math.min(to - from, open.length - openBytes);
            System.arraycopy(ids, from, open, openBytes, some);
            openBytes += some;
            from += some;
        }
    }

    private void grow() {
        if (open.length < BLOCK_BYTES) {
            open = Arrays.copyOf(open, 2 * open.length);
        } else {
            full.add(open);
            open = new byte[BLOCK_BYTES];
            openBytes = 0;
        }
    }

    /// Feeds the digests to another in sorted order, each in hexadecimal digits and with a line feed.
    /// Nothing may be added afterwards.
    public void hash(MessageDigest sha) {
        byte[][] blocks = full.toArray(new byte[full.size() + 1][]);
        blocks[full.size()] = Arrays.copyOf(open, openBytes);
        full.clear();
        open = new byte[0];
        List<Shares.Job> jobs = new ArrayList<>();
        for (int i = 0; i < blocks.length; i++) {
            int number = i;
            jobs.add(() -> blocks[number] = sorted(blocks[number]));
        }
        try {
            Shares.run(jobs, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read here", e);
        }
        byte[] lines = new byte[LINES_AT_ONCE * LINE_BYTES];
        int length = 0;
        Merge merge = new Merge(blocks);
        while (merge.hasMore()) {
            byte[] block = merge.block();
            int from = merge.place();
            for (int i = 0; i < ID_BYTES; i++) {
                lines[length++] = DIGITS[block[from + i] >> 4 & 15];
                lines[length++] = DIGITS[block[from + i] & 15];
            }
            lines[length++] = '\n';
            if (length == lines.length) {
                sha.update(lines);
                length = 0;
            }
            merge.next();
        }
        sha.update(lines, 0, length);
    }

    /// The digests of a block in order. Sorted are their first 48 bits and, behind them, their places.
    private static byte[] sorted(byte[] block) {
        long[] keys = new long[block.length / ID_BYTES];
        long places = (1L << INDEX_BITS) - 1;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (key(block, i * ID_BYTES) & ~places) | i;
        }
        Arrays.sort(keys);
        for (int i = 1; i < keys.length; i++) {
            // Nearly always digests that are the same throughout, and so in order.
            long moved = keys[i];
            int to = i;
            while (to > 0
                    && keys[to - 1] >> INDEX_BITS == moved >> INDEX_BITS
                    && compare(block, place(keys[to - 1]), block, place(moved)) > 0) {
                keys[to] = keys[to - 1];
                to--;
            }
            keys[to] = moved;
        }
        byte[] sorted = new byte[block.length];
        for (int i = 0; i < keys.length; i++) {
            System.arraycopy(block, place(keys[i]), sorted, i * ID_BYTES, ID_BYTES);
        }
        return sorted;
    }

    private static int place(long key) {
        return (int) (key & ((1L << INDEX_BITS) - 1)) * ID_BYTES;
    }

    /// The first eight bytes, such that longs are in the order of bytes without a sign.
    private static long key(byte[] block, int at) {
        return (long) WORDS.get(block, at) ^ Long.MIN_VALUE;
    }

    private static int compare(byte[] a, int i, byte[] b, int j) {
        return Arrays.compareUnsigned(a, i, i + ID_BYTES, b, j, j + ID_BYTES);
    }

    /// A heap of sorted blocks by the digest at which each of them is.
    private static final class Merge {
        private final byte[][] blocks;
        private final int[] places;
        private final long[] keys;
        private int size;

        Merge(byte[][] sorted) {
            blocks = Arrays.stream(sorted).filter(b -> b.length > 0).toArray(byte[][]::new);
            size = blocks.length;
            places = new int[size];
            keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = key(blocks[i], 0);
            }
            for (int i = size / 2 - 1; i >= 0; i--) {
                sink(i);
            }
        }

        boolean hasMore() {
            return size > 0;
        }

        byte[] block() {
            return blocks[0];
        }

        int place() {
            return places[0];
        }

        void next() {
            places[0] += ID_BYTES;
            if (places[0] < blocks[0].length) {
                keys[0] = key(blocks[0], places[0]);
            } else {
                size--;
                move(size, 0);
            }
            sink(0);
        }

        private void sink(int from) {
            if (from >= size) {
                return;
            }
            byte[] block = blocks[from];
            int place = places[from];
            long key = keys[from];
            int i = from;
            while (2 * i + 1 < size) {
                int child = 2 * i + 1;
                if (child + 1 < size && order(child + 1, keys[child], blocks[child], places[child]) < 0) {
                    child++;
                }
                if (order(child, key, block, place) >= 0) {
                    break;
                }
                move(child, i);
                i = child;
            }
            blocks[i] = block;
            places[i] = place;
            keys[i] = key;
        }

        private int order(int i, long key, byte[] block, int place) {
            return keys[i] != key ? Long.compare(keys[i], key) : compare(blocks[i], places[i], block, place);
        }

        private void move(int from, int to) {
            blocks[to] = blocks[from];
            places[to] = places[from];
            keys[to] = keys[from];
        }
    }
}
