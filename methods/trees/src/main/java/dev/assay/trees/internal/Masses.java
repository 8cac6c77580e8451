package dev.assay.trees.internal;

import java.util.Arrays;

/// The masses of one row's conditional distribution over training rows, found in two passes over its leaves'
/// members: by bucket of neighbouring training rows, then row by row in the few buckets where a level is
/// reached. So no array of the training set's length is swept.
final class Masses {
    private static final int BUCKETS = 1024;

    private final Ensemble ensemble;
    private final Rows rows;
    private final int shift;
    private final int width;

    /// B times F at the bucket's end.
    private final double[] bucket;

    /// Where a bucket's rows lie in `fine`, or -1.
    private final int[] slot;

    private double[] fine = new double[0];

    Masses(Ensemble ensemble) {
        this.ensemble = ensemble;
        this.rows = ensemble.rows();
        int s = 0;
        while ((rows.count() - 1) >>> s >= BUCKETS) {
            s++;
        }
        this.shift = s;
        this.width = 1 << s;
        this.bucket = new double[((rows.count() - 1) >>> s) + 1];
        this.slot = new int[bucket.length];
        Arrays.fill(slot, -1);
    }

    /// For each target the first training row with mass at which B times F is at least that target; the last
    /// row with mass if rounding leaves the sum just below it.
    ///
    /// @param leaf    leaf of each row of a block in each tree, `[trees, n]`
    /// @param i       the row of the block
    /// @param targets levels times B
    int[] reach(int[] leaf, int i, int n, double[] targets) {
        sum(leaf, i, n);
        int[] at = new int[targets.length];
        int used = 0;
        for (int k = 0; k < targets.length; k++) {
            int b = Rows.firstAtLeast(bucket, Math.max(targets[k], Double.MIN_VALUE));
            at[k] = b < bucket.length ? b : Rows.firstAtLeast(bucket, bucket[bucket.length - 1]);
            if (slot[at[k]] < 0) {
                slot[at[k]] = used;
                used += width;
            }
        }
        if (fine.length < used) {
            fine = new double[used];
        } else {
            Arrays.fill(fine, 0, used, 0);
        }
        refine(leaf, i, n);
        int[] reached = new int[targets.length];
        for (int k = 0; k < targets.length; k++) {
            reached[k] = within(at[k], targets[k]);
        }
        for (int b : at) {
            slot[b] = -1;
        }
        return reached;
    }

    private void sum(int[] leaf, int i, int n) {
        Arrays.fill(bucket, 0);
        for (int t = 0; t < ensemble.trees(); t++) {
            int l = leaf[t * n + i];
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

    private void refine(int[] leaf, int i, int n) {
        for (int t = 0; t < ensemble.trees(); t++) {
            int l = leaf[t * n + i];
            Leaves of = ensemble.leaves(t);
            int[] members = of.members();
            double mass = 1 / ensemble.leafWeight(t, l);
            int to = of.to(l);
            for (int k = of.from(l); k < to; k++) {
                int row = members[k];
                int start = slot[row >>> shift];
                if (start >= 0) {
                    fine[start + (row & (width - 1))] += mass * rows.weight()[row];
                }
            }
        }
    }

    private int within(int b, double target) {
        double sum = b == 0 ? 0 : bucket[b - 1];
        int start = slot[b];
        int last = 0;
        for (int k = 0; k < width; k++) {
            if (fine[start + k] > 0) {
                sum += fine[start + k];
                last = k;
                if (sum >= target) {
                    break;
                }
            }
        }
        return (b << shift) + last;
    }
}
