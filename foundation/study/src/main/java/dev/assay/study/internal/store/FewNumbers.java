package dev.assay.study.internal.store;

import java.util.Arrays;

/// The different numbers of a column, up to a number of them. Memory: 16 to 32 bytes each.
final class FewNumbers {
    private static final int SMALLEST = 1 << 6;
    /// Spreads bits that differ over all places.
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    /// The bits of a NaN, which is not among the numbers.
    private static final long NONE = Double.doubleToLongBits(Double.NaN);

    private final int most;
    private long[] slots = empty(SMALLEST);
    private int size;

    /// @param most how many are held
    FewNumbers(int most) {
        this.most = most;
    }

    private static long[] empty(int slots) {
        long[] none = new long[slots];
        Arrays.fill(none, NONE);
        return none;
    }

    /// Takes a number that is not NaN and not -0.
    ///
    /// @return whether it is among those that are held; false if there are too many
    boolean add(double number) {
        long bits = Double.doubleToLongBits(number);
        int at = place(slots, bits);
        if (slots[at] == bits) {
            return true;
        }
        if (size == most) {
            return false;
        }
        slots[at] = bits;
        size++;
        if (2 * size > slots.length) {
            long[] more = empty(2 * slots.length);
            for (long each : slots) {
                if (each != NONE) {
                    more[place(more, each)] = each;
                }
            }
            slots = more;
        }
        return true;
    }

    /// Where it is, or has room.
    private static int place(long[] slots, long bits) {
        int at = (int) ((bits * SPREAD) >>> (1 + Long.numberOfLeadingZeros(slots.length)));
        while (slots[at] != NONE && slots[at] != bits) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    int size() {
        return size;
    }
}
