package dev.assay.frame;

import dev.assay.fault.Fault;
import java.util.Locale;

/// What tables that are held may take of the heap, and what is said of those that do not fit.
///
/// A column takes for each row 8 bytes of numbers and moments, 1 of booleans, 4 of categories, and an
/// eighth of a byte for which cells are missing; a text takes 4 bytes for where it is (8 in a heap of 32
/// GB or more), and 44 bytes and its own for each text that is kept: each different one up to 65,536,
/// else one for each row.
public final class HeapRoom {
    /// The share of the heap for tables: the rest is for what is made of them, and for how collectors
    /// divide it.
    public static final double SHARE = 0.7;

    private static final double GIGABYTE = 1e9;
    private static final long GIBIBYTE = 1L << 30;

    private HeapRoom() {}

    /// Bytes that tables may take in this process.
    public static long bytes() {
        return (long) (SHARE * Runtime.getRuntime().maxMemory());
    }

    /// What to say of tables that do not fit.
    ///
    /// @param what  the beginning of the sentence: `it must hold table 'y'`
    /// @param bytes the need of this table and of those that are held besides
    /// @return a fault of the kind BAD_DATA
    public static Fault tooSmall(String what, long rows, int columns, long bytes) {
        long heap = Runtime.getRuntime().maxMemory();
        long enough = Math.max(1, (long) Math.ceil(bytes / SHARE / GIBIBYTE));
        return Fault.of(
                Fault.Kind.BAD_DATA,
                what + ": " + rows + " rows x " + columns + " columns need about " + gigabytes(bytes)
                        + ", and the heap has " + gigabytes(heap) + ", of which tables may take "
                        + Math.round(100 * SHARE) + " %; start with ASSAY_JVM=-Xmx" + enough
                        + "g or take fewer columns with 'columns' when reading.");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, bytes < GIGABYTE / 10 ? "%.3f GB" : "%.1f GB", bytes / GIGABYTE);
    }
}
