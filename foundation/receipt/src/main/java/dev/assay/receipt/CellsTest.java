package dev.assay.receipt;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Whether two samples of categories come from one distribution, at the level that it says for any
/// counts.
///
/// The chi-square distribution fits where every cell is expected to hold [#FEWEST_EXPECTED] values of
/// either sample. Where that fails, up to [#MOST_PERMUTED] values are dealt anew to the two samples,
/// up to [#DEALS] times, and p is (1 + how often the statistic is as large) / (deals + 1) (Patefield
/// 1981; Phipson and Smyth 2010). Beyond, cells with too few are taken together into one, and chi-square
/// is right again.
///
/// @param method    which of these
/// @param statistic chi-square, or the two-proportion z
/// @param p         how often samples of one distribution lie so far apart, more than 0 up to 1
public record CellsTest(DriftReport.Method method, double statistic, double p) {
    /// Values that a cell of either sample is expected to hold.
    public static final double FEWEST_EXPECTED = 5;
    /// Up to so many values in both samples are dealt anew.
    public static final long MOST_PERMUTED = 20_000;
    /// How often they are dealt.
    public static final int DEALS = 1_999;
    /// After so many deals with as large a statistic no more are made, and p is their share (Besag and
    /// Clifford 1991).
    private static final int ENOUGH = 20;
    /// Statistics that are equal but for rounding are equal.
    private static final double ROUNDING = 1e-9;
    /// Deals depend on nothing but the counts, so that a report can be made again.
    private static final long SEED = 20_260_101;

    /// The test of these counts.
    public static CellsTest of(CellCounts cells) {
        if (!sparse(cells)) {
            return fitting(cells);
        }
        if (cells.referenceTotal() + cells.currentTotal() <= MOST_PERMUTED) {
            return permuted(cells);
        }
        return fitting(pooled(cells));
    }

    private static CellsTest fitting(CellCounts cells) {
        if (cells.cells() <= 2) {
            TwoProportionTest test = TwoProportionTest.of(cells);
            return new CellsTest(DriftReport.Method.TWO_PROPORTIONS, test.z(), test.p());
        }
        ChiSquareTest test = ChiSquareTest.of(cells);
        return new CellsTest(DriftReport.Method.CHI_SQUARE, test.statistic(), test.p());
    }

    private static boolean sparse(CellCounts cells) {
        return IntStream.range(0, cells.cells())
                .anyMatch(i -> held(cells, i) > 0 && expected(cells, i) < FEWEST_EXPECTED);
    }

    private static long held(CellCounts cells, int i) {
        return cells.reference(i) + cells.current(i);
    }

    /// Values expected of the smaller sample.
    private static double expected(CellCounts cells, int i) {
        double n = cells.referenceTotal();
        double m = cells.currentTotal();
        return held(cells, i) * Math.min(n, m) / (n + m);
    }

    /// The same counts with all cells that hold too few in one.
    private static CellCounts pooled(CellCounts cells) {
        int[] kept = IntStream.range(0, cells.cells())
                .filter(i -> expected(cells, i) >= FEWEST_EXPECTED)
                .toArray();
        long[] reference = new long[kept.length + 1];
        long[] current = new long[kept.length + 1];
        for (int k = 0; k < kept.length; k++) {
            reference[k] = cells.reference(kept[k]);
            current[k] = cells.current(kept[k]);
        }
        reference[kept.length] =
                cells.referenceTotal() - Arrays.stream(reference).sum();
        current[kept.length] = cells.currentTotal() - Arrays.stream(current).sum();
        CellCounts all = CellCounts.of(reference, current);
        if (kept.length == 0 || expected(all, kept.length) >= FEWEST_EXPECTED) {
            return all;
        }
        // What is left over is too little for a cell of its own: it joins the smallest that is kept.
        int least = IntStream.range(0, kept.length)
                .boxed()
                .min(java.util.Comparator.comparingLong(k -> held(all, k)))
                .orElse(0);
        reference[least] += reference[kept.length];
        current[least] += current[kept.length];
        return CellCounts.of(Arrays.copyOf(reference, kept.length), Arrays.copyOf(current, kept.length));
    }

    private static CellsTest permuted(CellCounts cells) {
        int[] present = IntStream.range(0, cells.cells())
                .filter(i -> held(cells, i) > 0)
                .toArray();
        double n = cells.referenceTotal();
        double m = cells.currentTotal();
        double statistic = ChiSquareTest.of(cells).statistic();
        if (present.length < 2) {
            return new CellsTest(DriftReport.Method.CHI_SQUARE_PERMUTED, statistic, 1);
        }
        int[] of = new int[(int) (n + m)];
        int at = 0;
        double[] perCell = new double[present.length];
        for (int k = 0; k < present.length; k++) {
            long count = held(cells, present[k]);
            // chi-square is the sum over cells of (x - e)^2 (1 / e + 1 / (held - e)), x of the smaller
            // sample.
            double e = count * Math.min(n, m) / (n + m);
            perCell[k] = 1 / e + 1 / (count - e);
            for (long i = 0; i < count; i++) {
                of[at++] = k;
            }
        }
        int smaller = (int) Math.min(n, m);
        SplittableRandom random = new SplittableRandom(SEED);
        int[] dealt = new int[present.length];
        int asLarge = 0;
        for (int deal = 0; deal < DEALS; deal++) {
            Arrays.fill(dealt, 0);
            for (int i = 0; i < smaller; i++) {
                int j = i + random.nextInt(of.length - i);
                int k = of[j];
                of[j] = of[i];
                of[i] = k;
                dealt[k]++;
            }
            double each = 0;
            for (int k = 0; k < dealt.length; k++) {
                double e = held(cells, present[k]) * (smaller / (n + m));
                each += (dealt[k] - e) * (dealt[k] - e) * perCell[k];
            }
            asLarge += each >= statistic * (1 - ROUNDING) ? 1 : 0;
            if (asLarge == ENOUGH) {
                return new CellsTest(DriftReport.Method.CHI_SQUARE_PERMUTED, statistic, ENOUGH / (deal + 1.0));
            }
        }
        return new CellsTest(DriftReport.Method.CHI_SQUARE_PERMUTED, statistic, (1.0 + asLarge) / (DEALS + 1.0));
    }
}
