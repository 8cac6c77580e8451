package dev.assay.trees.internal;

import java.util.Arrays;

/// The masses of one row's conditional distribution over training rows, found in two steps: by bucket of
/// neighbouring
/// training rows, then within the one bucket where a level is reached. So a row costs its leaf members once,
/// and no
/// array of the training set's length is swept.
final class Masses {
    private static final int BUCKETS = 1024;

    private final Ensemble ensemble;
    private final Rows rows;
    private final int shift;
    private final double[] bucket;
    private final double[] fine;

    private int[] leaf = new int[0];
    private int at;
    private int stride;
    private int loaded;

    Masses(Ensemble ensemble) {
        this.ensemble = ensemble;
        this.rows = ensemble.rows();
        int s = 0;
        while ((rows.count() - 1) >>> s >= BUCKETS) {
            s++;
        }
        this.shift = s;
        this.bucket = new double[((rows.count() - 1) >>> s) + 1];
        this.fine = new double[1 << s];
    }

    /// Takes the row `i` of a block of `n` with these leaves `[trees, n]`. Afterwards `bucket[b]` is B times F
    /// at the
    /// bucket's end.
    void load(int[] leaves, int i, int n) {
        leaf = leaves;
        at = i;
        stride = n;
        loaded = -1;
        Arrays.fill(bucket, 0);
        for (int t = 0; t < ensemble.trees(); t++) {
            int l = leaves[t * n + i];
            Leaves of = ensemble.leaves(t);
            int[] members = of.members();
            double mass = 1 / ensemble.leafWeight(t, l);
            int to = of.to(l);
            if (rows.equal()) {
                for (int k = of.from(l); k < to; k++) {
                    bucket[members[k] >>> shift] += mass;
                }
            } else {
                for (int k = of.from(l); k < to; k++) {
                    bucket[members[k] >>> shift] += mass * rows.weight()[members[k]];
                }
            }
        }
        for (int b = 1; b < bucket.length; b++) {
            bucket[b] += bucket[b - 1];
        }
    }

    /// The first training row at which B times F is at least `target` and that has mass.
    int reach(double target) {
        int b = Rows.firstAtLeast(bucket, Math.max(target, Double.MIN_VALUE));
        if (b == bucket.length) {
            // Rounding left the sum just below the level: the last bucket with mass has the answer.
            b = Rows.firstAtLeast(bucket, bucket[bucket.length - 1]);
        }
        if (b != loaded) {
            refine(b);
        }
        double sum = b == 0 ? 0 : bucket[b - 1];
        int last = 0;
        for (int k = 0; k < fine.length; k++) {
            if (fine[k] > 0) {
                sum += fine[k];
                last = k;
                if (sum >= target) {
                    break;
                }
            }
        }
        return (b << shift) + last;
    }

    private void refine(int b) {
        Arrays.fill(fine, 0);
        int first = b << shift;
        int end = first + fine.length;
        for (int t = 0; t < ensemble.trees(); t++) {
            int l = leaf[t * stride + at];
            Leaves of = ensemble.leaves(t);
            int[] members = of.members();
            double mass = 1 / ensemble.leafWeight(t, l);
            for (int k = of.firstAtLeast(l, first); k < of.to(l) && members[k] < end; k++) {
                fine[members[k] - first] += mass * rows.weight()[members[k]];
            }
        }
        loaded = b;
    }
}
