package dev.assay.distil.internal.similar;

import java.util.Arrays;
import java.util.Comparator;

/// Rows grouped by equal keys; a row whose key no other has is in no group.
///
/// The high bits of the keys are sorted together with the row numbers, one `long` a row, and whole keys are
/// compared where those agree: 8 bytes a row while grouping, 4 a grouped row after.
public final class Groups {
    private final int[] members;
    private final int[] starts;
    private final int count;

    private Groups(int[] members, int[] starts, int count) {
        this.members = members;
        this.starts = starts;
        this.count = count;
    }

    /// What rows are grouped by. Keys are evenly spread over all 64-bit numbers.
    public interface Keys {
        /// The key of a row.
        long of(int row);

        /// Whether the row is grouped at all.
        default boolean has(int row) {
            return true;
        }

        /// Tells apart rows whose keys are equal though they differ.
        default long second(int row) {
            return 0;
        }
    }

    /// The groups of rows `0..rows-1`.
    public static Groups of(int rows, Keys keys) {
        int rowBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(rows));
        long rowMask = (1L << rowBits) - 1;
        long[] sorted = new long[rows];
        int n = 0;
        for (int row = 0; row < rows; row++) {
            if (keys.has(row)) {
                sorted[n++] = keys.of(row) & ~rowMask | row;
            }
        }
        Arrays.sort(sorted, 0, n);
        Builder builder = new Builder();
        int from = 0;
        for (int to = 1; to <= n; to++) {
            if (to == n || (sorted[to] & ~rowMask) != (sorted[from] & ~rowMask)) {
                if (to - from > 1) {
                    builder.split(sorted, from, to, rowMask, keys);
                }
                from = to;
            }
        }
        return builder.build();
    }

    /// How many groups there are.
    public int count() {
        return count;
    }

    /// Where group `g` starts in the rows of all groups; `start(count())` is their number.
    public int start(int g) {
        return starts[g];
    }

    /// The row at a place; within a group rows ascend.
    public int row(int place) {
        return members[place];
    }

    private static final class Builder {
        private int[] members = new int[64];
        private int[] starts = new int[16];
        private int count;
        private int size;

        void split(long[] sorted, int from, int to, long rowMask, Keys keys) {
            int first = (int) (sorted[from] & rowMask);
            boolean same = true;
            for (int i = from + 1; i < to && same; i++) {
                same = equal(keys, first, (int) (sorted[i] & rowMask));
            }
            if (same) {
                for (int i = from; i < to; i++) {
                    add((int) (sorted[i] & rowMask));
                }
                close();
                return;
            }
            Integer[] rows = new Integer[to - from];
            for (int i = from; i < to; i++) {
                rows[i - from] = (int) (sorted[i] & rowMask);
            }
            Arrays.sort(
                    rows,
                    Comparator.comparingLong((Integer r) -> keys.of(r))
                            .thenComparingLong(r -> keys.second(r))
                            .thenComparingInt(r -> r));
            for (int i = 0; i < rows.length; i++) {
                add(rows[i]);
                if (i + 1 == rows.length || !equal(keys, rows[i], rows[i + 1])) {
                    close();
                }
            }
        }

        private static boolean equal(Keys keys, int x, int y) {
            return keys.of(x) == keys.of(y) && keys.second(x) == keys.second(y);
        }

        private void add(int row) {
            if (size == members.length) {
                members = Arrays.copyOf(members, size + size / 2);
            }
            members[size++] = row;
        }

        /// Ends a group; one of a single row is no group.
        private void close() {
            if (size - starts[count] == 1) {
                size--;
                return;
            }
            count++;
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count] = size;
        }

        Groups build() {
            return new Groups(Arrays.copyOf(members, size), Arrays.copyOf(starts, count + 1), count);
        }
    }
}
