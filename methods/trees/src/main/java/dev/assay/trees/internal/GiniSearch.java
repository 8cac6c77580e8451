package dev.assay.trees.internal;

import java.util.Arrays;

/// Gini splits for classes.
///
/// With class weights L_k on a side, the weighted Gini impurity is `W - sum L_k^2 / W`, so a split gains `QL/WL
/// + QR/WR - Q/W` with `Q = sum L_k^2`. A node's rows are sorted by code (counting sort) and Q follows each row
/// by `Q += w (2 L_k + w)`: the cost is the rows, whatever the number of classes.
final class GiniSearch extends SplitSearch {
    private static final double LEAST = 1e-12;
    private static final int POWER_STEPS = 8;

    private final Codes codes;
    private final int[] classOf;
    private final int classes;
    private final int minLeaf;

    private final double[] total;
    private final double[] left;
    private final double[] right;
    private final int[] start = new int[257];
    private final int[] level = new int[256];
    private final double[] key = new double[256];
    private double[] shares = new double[0];
    private final double[] axis;
    private final double[] nextAxis;

    private int[] rows = new int[0];
    private double[] weight = new double[0];
    private double[] count = new double[0];
    private int[] sortedClass = new int[0];
    private double[] sortedWeight = new double[0];
    private double[] sortedCount = new double[0];

    // The running scan over one feature.
    private double leftQ;
    private double rightQ;
    private double leftW;
    private double rightW;
    private double leftN;

    /// @param response class code by row
    GiniSearch(Codes codes, double[] response, int classes, int minLeaf) {
        this.codes = codes;
        this.classes = classes;
        this.minLeaf = minLeaf;
        this.classOf = new int[response.length];
        for (int i = 0; i < classOf.length; i++) {
            classOf[i] = (int) response[i];
        }
        this.total = new double[classes];
        this.left = new double[classes];
        this.right = new double[classes];
        this.axis = new double[classes];
        this.nextAxis = new double[classes];
    }

    @Override
    void start(int[] newRows, double[] newWeight, double[] newCount) {
        rows = newRows;
        weight = newWeight;
        count = newCount;
        if (sortedClass.length < newRows.length) {
            sortedClass = new int[newRows.length];
            sortedWeight = new double[newRows.length];
            sortedCount = new double[newRows.length];
        }
    }

    @Override
    void search(int from, int to, int memory, FeatureChoice choice) {
        best.reset();
        Arrays.fill(total, 0);
        double w = 0;
        double n = 0;
        for (int i = from; i < to; i++) {
            double v = weight[rows[i]];
            n += count[rows[i]];
            total[classOf[rows[i]]] += v;
            w += v;
        }
        double q = 0;
        for (double t : total) {
            q += t * t;
        }
        for (int k = 0; k < choice.tried(); k++) {
            int f = choice.feature(k);
            sort(codes.column(f), from, to, codes.values(f));
            if (codes.isCategorical(f)) {
                categorical(f, q, w, n);
            } else {
                numeric(f, q, w, n);
            }
        }
    }

    private void sort(byte[] column, int from, int to, int last) {
        Arrays.fill(start, 0, last + 2, 0);
        for (int i = from; i < to; i++) {
            start[(column[rows[i]] & 0xFF) + 1]++;
        }
        for (int c = 1; c <= last; c++) {
            start[c + 1] += start[c];
        }
        for (int i = from; i < to; i++) {
            int row = rows[i];
            int at = start[column[row] & 0xFF]++;
            sortedClass[at] = classOf[row];
            sortedWeight[at] = weight[row];
            sortedCount[at] = count[row];
        }
        // start[c] is now the end of c, which is the start of c + 1: shift back.
        System.arraycopy(start, 0, start, 1, last + 1);
        start[0] = 0;
    }

    private void begin(double q, double w) {
        Arrays.fill(left, 0);
        System.arraycopy(total, 0, right, 0, classes);
        leftQ = 0;
        rightQ = q;
        leftW = 0;
        rightW = w;
        leftN = 0;
    }

    private void moveLeft(int code) {
        for (int i = start[code]; i < start[code + 1]; i++) {
            int k = sortedClass[i];
            double w = sortedWeight[i];
            leftQ += w * (2 * left[k] + w);
            rightQ -= w * (2 * right[k] - w);
            left[k] += w;
            right[k] -= w;
            leftW += w;
            rightW -= w;
            leftN += sortedCount[i];
        }
    }

    private void numeric(int f, double q, double w, double n) {
        double parent = q / w;
        double floor = Math.max(best.gain, LEAST * parent) + parent;
        int missing = start[1];
        for (int side = 0; side <= (missing > 0 ? 1 : 0); side++) {
            begin(q, w);
            // Code 0 is missing: moved first it goes left, left out it stays right.
            for (int c = side == 1 ? 0 : 1; c <= codes.values(f); c++) {
                if (start[c] == start[c + 1]) {
                    continue;
                }
                moveLeft(c);
                if (n - leftN < minLeaf) {
                    break;
                }
                if (leftN < minLeaf) {
                    continue;
                }
                double score = leftQ / leftW + rightQ / rightW;
                if (score > floor) {
                    floor = score;
                    best.numeric(score - parent, f, c, missing > 0 ? side == 1 : leftW > rightW);
                }
            }
        }
    }

    private void categorical(int f, double q, double w, double n) {
        int levels = 0;
        for (int c = 0; c <= codes.values(f); c++) {
            if (start[c] < start[c + 1]) {
                level[levels++] = c;
            }
        }
        if (levels < 2) {
            return;
        }
        order(levels, w);
        double parent = q / w;
        double floor = Math.max(best.gain, LEAST * parent) + parent;
        begin(q, w);
        int cut = -1;
        boolean heavy = false;
        for (int i = 0; i < levels - 1; i++) {
            moveLeft(level[i]);
            if (leftN < minLeaf || n - leftN < minLeaf) {
                continue;
            }
            double score = leftQ / leftW + rightQ / rightW;
            if (score > floor) {
                floor = score;
                cut = i;
                heavy = leftW > rightW;
            }
        }
        if (cut >= 0) {
            Levels.record(best, floor - parent, f, level, cut, levels, heavy);
        }
    }

    /// Orders levels along the first principal axis of their class shares: optimal for two classes, and for
    /// more the heuristic of Coppersmith, Hong and Hosking (1999).
    private void order(int levels, double w) {
        if (shares.length < levels * classes) {
            shares = new double[256 * classes];
        }
        Arrays.fill(shares, 0, levels * classes, 0);
        for (int l = 0; l < levels; l++) {
            double mass = 0;
            for (int i = start[level[l]]; i < start[level[l] + 1]; i++) {
                shares[l * classes + sortedClass[i]] += sortedWeight[i];
                mass += sortedWeight[i];
            }
            key[l] = mass;
            for (int k = 0; k < classes; k++) {
                shares[l * classes + k] = shares[l * classes + k] / mass - total[k] / w;
            }
        }
        // Power iteration from a fixed start that is not orthogonal to any single class.
        for (int k = 0; k < classes; k++) {
            axis[k] = 1.0 / (k + 1);
        }
        for (int step = 0; step < POWER_STEPS; step++) {
            Arrays.fill(nextAxis, 0);
            for (int l = 0; l < levels; l++) {
                double along = key[l] * along(l);
                for (int k = 0; k < classes; k++) {
                    nextAxis[k] += along * shares[l * classes + k];
                }
            }
            double norm = 0;
            for (double a : nextAxis) {
                norm += a * a;
            }
            if (!(norm > 0)) {
                break;
            }
            double scale = 1 / Math.sqrt(norm);
            for (int k = 0; k < classes; k++) {
                axis[k] = nextAxis[k] * scale;
            }
        }
        for (int l = 0; l < levels; l++) {
            key[l] = along(l);
        }
        Levels.sort(level, key, levels);
    }

    private double along(int l) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += axis[k] * shares[l * classes + k];
        }
        return sum;
    }

    @Override
    int root(int from, int to) {
        return NOTHING;
    }

    @Override
    void children(int from, int middle, int to, int memory, boolean leftGrows, boolean rightGrows) {
        leftMemory = NOTHING;
        rightMemory = NOTHING;
    }

    @Override
    void forget(int memory) {}
}
