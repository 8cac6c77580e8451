package dev.assay.frame;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Which cells of a column have a value.
public final class Validity {
    private final int length;
    private final @Nullable BitSet absent;
    private final int missing;

    private Validity(int length, @Nullable BitSet absent) {
        this.length = length;
        this.missing = absent == null ? 0 : absent.cardinality();
        this.absent = missing == 0 ? null : absent;
    }

    /// Every cell has a value.
    public static Validity all(int length) {
        return new Validity(length, null);
    }

    /// The cells whose bit is set have no value.
    ///
    /// @throws IllegalArgumentException if a bit at or past `length` is set
    public static Validity absent(int length, BitSet absent) {
        if (absent.length() > length) {
            throw new IllegalArgumentException("a bit past the end of " + length + " cells is set");
        }
        return new Validity(length, (BitSet) absent.clone());
    }

    /// Number of cells.
    public int length() {
        return length;
    }

    /// Whether the cell at `row` has a value.
    public boolean isValid(int row) {
        return absent == null || !absent.get(row);
    }

    /// Number of cells without a value.
    public int missing() {
        return missing;
    }

    Validity at(int[] rows) {
        BitSet chosen = new BitSet(rows.length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || !isValid(rows[i])) {
                chosen.set(i);
            }
        }
        return new Validity(rows.length, chosen);
    }

    void requireLength(int expected) {
        if (expected != length) {
            throw new IllegalArgumentException("validity covers " + length + " cells, the column has " + expected);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Validity that
                && length == that.length
                && missing == that.missing
                && (absent == null ? that.absent == null : absent.equals(that.absent));
    }

    @Override
    public int hashCode() {
        return 31 * length + missing;
    }
}
