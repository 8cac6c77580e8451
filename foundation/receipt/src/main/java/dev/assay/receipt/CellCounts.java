package dev.assay.receipt;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Two samples counted into the same cells: a contingency table of 2 by k.
///
/// Cells in which neither sample has a value are kept only between the edges of numbers; they contribute nothing
/// to any statistic but the population stability index, which has its own rule for zeros.
public final class CellCounts {
    /// Up to so many different numbers each has a cell of its own.
    public static final int MOST_SINGLE_VALUES = 20;

    private final long[] reference;
    private final long[] current;

    private CellCounts(long[] reference, long[] current) {
        this.reference = reference;
        this.current = current;
    }

    /// Counts of both samples, cell by cell.
    ///
    /// @throws IllegalArgumentException if there are not as many of either, one is negative, or a sample is
    ///     empty
    public static CellCounts of(long[] reference, long[] current) {
        Rules.require(reference.length == current.length, "both samples must have the same cells");
        CellCounts cells = new CellCounts(reference.clone(), current.clone());
        for (int i = 0; i < reference.length; i++) {
            Rules.count(reference[i], "a count");
            Rules.count(current[i], "a count");
        }
        Rules.require(cells.referenceTotal() > 0 && cells.currentTotal() > 0, "there must be a value in both samples");
        return cells;
    }

    /// A cell for each value that either sample has.
    ///
    /// @throws IllegalArgumentException if a sample is empty
    public static CellCounts of(ColumnSample.Categories reference, ColumnSample.Categories current) {
        Set<String> values = new TreeSet<>(reference.counts().keySet());
        values.addAll(current.counts().keySet());
        return of(counts(values, reference.counts()), counts(values, current.counts()));
    }

    /// A cell for each number if both samples together have at most [#MOST_SINGLE_VALUES] different ones. Else
    /// k = ceil(log2 N) + 1 cells of equal width over both samples, N their values together (Sturges 1926); each
    /// holds its lower edge, the last one its upper edge too.
    ///
    /// @throws IllegalArgumentException if a sample is empty
    public static CellCounts of(ColumnSample.Numbers reference, ColumnSample.Numbers current) {
        double[] a = reference.sorted();
        double[] b = current.sorted();
        Rules.require(a.length > 0 && b.length > 0, "there must be a value in both samples");
        if (distinct(reference, current, MOST_SINGLE_VALUES + 1) <= MOST_SINGLE_VALUES) {
            return of(reference.asCategories(), current.asCategories());
        }
        double low = Math.min(a[0], b[0]);
        double high = Math.max(a[a.length - 1], b[b.length - 1]);
        int cells = bins(a.length + (long) b.length);
        // A range that no double holds is divided before it is taken.
        double width = Double.isFinite(high - low) ? (high - low) / cells : high / cells - low / cells;
        double[] edges = new double[cells + 1];
        for (int i = 0; i < cells; i++) {
            edges[i] = low + i * width;
        }
        edges[cells] = high;
        return of(binned(a, edges), binned(b, edges));
    }

    /// Number of different numbers in both samples together, counted up to `limit`.
    static int distinct(ColumnSample.Numbers reference, ColumnSample.Numbers current, int limit) {
        double[] a = reference.sorted();
        double[] b = current.sorted();
        int distinct = 0;
        int i = 0;
        int j = 0;
        while ((i < a.length || j < b.length) && distinct < limit) {
            double next = j == b.length || i < a.length && a[i] <= b[j] ? a[i] : b[j];
            distinct++;
            while (i < a.length && a[i] == next) {
                i++;
            }
            while (j < b.length && b[j] == next) {
                j++;
            }
        }
        return distinct;
    }

    /// ceil(log2 n) + 1 for n of 2 or more.
    private static int bins(long n) {
        return Long.SIZE - Long.numberOfLeadingZeros(n - 1) + 1;
    }

    private static long[] binned(double[] sorted, double[] edges) {
        long[] counts = new long[edges.length - 1];
        int cell = 0;
        for (double value : sorted) {
            while (cell < counts.length - 1 && value >= edges[cell + 1]) {
                cell++;
            }
            counts[cell]++;
        }
        return counts;
    }

    private static long[] counts(Set<String> values, Map<String, Long> of) {
        return values.stream().mapToLong(value -> of.getOrDefault(value, 0L)).toArray();
    }

    /// Number of cells.
    public int cells() {
        return reference.length;
    }

    /// Values of the reference in a cell.
    public long reference(int cell) {
        return reference[cell];
    }

    /// Values of the present sample in a cell.
    public long current(int cell) {
        return current[cell];
    }

    /// Values of the reference.
    public long referenceTotal() {
        return total(reference);
    }

    /// Values of the present sample.
    public long currentTotal() {
        return total(current);
    }

    private static long total(long[] counts) {
        long total = 0;
        for (long n : counts) {
            total += n;
        }
        return total;
    }
}
