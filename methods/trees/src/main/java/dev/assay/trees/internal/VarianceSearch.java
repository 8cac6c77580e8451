package dev.assay.trees.internal;

import static dev.assay.trees.internal.Layout.SUMS;

import java.util.ArrayList;
import java.util.List;

/// Variance splits from histograms.
///
/// A large node's histogram over all features is remembered: the smaller child's is counted, the larger child's
/// is parent minus sibling. A small node is counted feature by feature, remembering which codes were touched,
/// so its cost follows its rows and not the number of bins.
final class VarianceSearch extends SplitSearch {
    private final Codes codes;
    private final double[] response;
    private final Layout layout;
    private final SumScan scan;
    private final boolean subtracts;
    private final int smallNode;

    private final List<double[]> histograms = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private final double[] small = new double[256 * SUMS];
    private final long[] touched = new long[4];

    private int[] rows = new int[0];
    private double[] weight = new double[0];
    private double[] count = new double[0];

    // The node's rows gathered once for all features.
    private double[] gatheredSum = new double[0];
    private double[] gatheredWeight = new double[0];
    private double[] gatheredCount = new double[0];
    private double[] ownCount = new double[0];

    /// @param response  by row; centred by the caller, for the sums' precision
    /// @param subtracts whether histograms over all features are worth remembering (not if only some are tried)
    VarianceSearch(Codes codes, double[] response, int minLeaf, double minWeight, boolean subtracts) {
        this.codes = codes;
        this.response = response;
        this.layout = new Layout(codes);
        this.scan = new SumScan(minLeaf, minWeight);
        this.subtracts = subtracts;
        // Counting a node directly touches its rows once a feature; subtracting touches every cell three times.
        int cells = codes.features() == 0 ? 0 : layout.length() / SUMS / codes.features();
        this.smallNode = 2 * cells;
    }

    @Override
    void start(int[] newRows, double[] newWeight, double[] newCount) {
        rows = newRows;
        weight = newWeight;
        count = newCount;
        if (gatheredSum.length < newRows.length) {
            gatheredSum = new double[newRows.length];
            gatheredWeight = new double[newRows.length];
            ownCount = new double[newRows.length];
        }
    }

    @Override
    int root(int from, int to) {
        return subtracts && to - from > smallNode ? count(from, to) : NOTHING;
    }

    @Override
    void search(int from, int to, int memory, FeatureChoice choice) {
        best.reset();
        if (memory == NOTHING) {
            direct(from, to, choice);
            return;
        }
        double[] h = histograms.get(memory);
        double s = 0;
        double w = 0;
        double n = 0;
        for (int c = 0, o = 0; c <= codes.values(0); c++, o += SUMS) {
            s += h[o];
            w += h[o + 1];
            n += h[o + 2];
        }
        for (int f = 0; f < codes.features(); f++) {
            if (codes.isCategorical(f)) {
                scan.categories(h, layout.start(f), codes.values(f), s, w, n, f, best);
            } else {
                scan.dense(h, layout.start(f), codes.values(f), s, w, n, f, best);
            }
        }
    }

    private void direct(int from, int to, FeatureChoice choice) {
        int n = to - from;
        gather(from, to);
        double s = 0;
        double w = 0;
        double rowsHere = 0;
        for (int i = 0; i < n; i++) {
            s += gatheredSum[i];
            w += gatheredWeight[i];
            rowsHere += gatheredCount[i];
        }
        double[] h = small;
        for (int k = 0; k < choice.tried(); k++) {
            int f = choice.feature(k);
            byte[] column = codes.column(f);
            for (int i = 0; i < n; i++) {
                int c = column[rows[from + i]] & 0xFF;
                int o = c * SUMS;
                h[o] += gatheredSum[i];
                h[o + 1] += gatheredWeight[i];
                h[o + 2] += gatheredCount[i];
                touched[c >>> 6] |= 1L << c;
            }
            scan.sparse(h, touched, s, w, rowsHere, f, codes.isCategorical(f), best);
        }
    }

    @Override
    void children(int from, int middle, int to, int memory, boolean leftGrows, boolean rightGrows) {
        leftMemory = NOTHING;
        rightMemory = NOTHING;
        if (memory == NOTHING) {
            return;
        }
        boolean leftSmaller = middle - from <= to - middle;
        int larger = Math.max(middle - from, to - middle);
        boolean largerGrows = leftSmaller ? rightGrows : leftGrows;
        if (!largerGrows || larger <= smallNode) {
            free.add(memory);
            return;
        }
        int smaller = leftSmaller ? count(from, middle) : count(middle, to);
        double[] parent = histograms.get(memory);
        double[] sibling = histograms.get(smaller);
        for (int i = 0; i < parent.length; i++) {
            parent[i] -= sibling[i];
        }
        boolean smallerGrows = leftSmaller ? leftGrows : rightGrows;
        if (!smallerGrows) {
            free.add(smaller);
            smaller = NOTHING;
        }
        leftMemory = leftSmaller ? smaller : memory;
        rightMemory = leftSmaller ? memory : smaller;
    }

    @Override
    void forget(int memory) {
        if (memory != NOTHING) {
            free.add(memory);
        }
    }

    private int count(int from, int to) {
        int slot;
        if (free.isEmpty()) {
            slot = histograms.size();
            histograms.add(new double[layout.length()]);
        } else {
            slot = free.removeLast();
            java.util.Arrays.fill(histograms.get(slot), 0);
        }
        double[] h = histograms.get(slot);
        gather(from, to);
        for (int f = 0; f < codes.features(); f++) {
            add(h, layout.start(f), codes.column(f), from, to - from);
        }
        return slot;
    }

    private void gather(int from, int to) {
        for (int i = from, k = 0; i < to; i++, k++) {
            int row = rows[i];
            double w = weight[row];
            gatheredWeight[k] = w;
            gatheredSum[k] = w * response[row];
        }
        if (count == weight) {
            gatheredCount = gatheredWeight;
            return;
        }
        gatheredCount = ownCount;
        for (int i = from, k = 0; i < to; i++, k++) {
            ownCount[k] = count[rows[i]];
        }
    }

    private void add(double[] h, int start, byte[] column, int from, int n) {
        int[] r = rows;
        double[] sum = gatheredSum;
        double[] mass = gatheredWeight;
        double[] number = gatheredCount;
        for (int i = 0; i < n; i++) {
            int o = start + (column[r[from + i]] & 0xFF) * SUMS;
            h[o] += sum[i];
            h[o + 1] += mass[i];
            h[o + 2] += number[i];
        }
    }
}
