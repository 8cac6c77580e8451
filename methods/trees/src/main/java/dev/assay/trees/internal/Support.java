package dev.assay.trees.internal;

import java.util.Arrays;

/// Where a response has point masses, and where it is empty.
///
/// A value that two or more training rows share is an **atom**: a heap at a round number, a top code, a
/// zero. It is drawn as itself, with its own mass. All other values belong to the continuous part, which
/// falls into runs: a run ends where the distance to the next value is more than [#WIDE] times the
/// median of the [#AROUND] nearest
/// distances on either side. Interpolation joins values of one run only, so that nothing is drawn where
/// training is empty.
public final class Support {
    /// Distances between neighbours are exponential where a density is smooth. One of them exceeds 20
    /// medians once in a million.
    static final double WIDE = 20;
    /// Distances looked at on either side.
    static final int AROUND = 5;

    private final Rows rows;
    private final int[] run;

    private Support(Rows rows, int[] run) {
        this.rows = rows;
        this.run = run;
    }

    static Support of(Rows rows) {
        double[] values = distinct(rows.response());
        int[] run = new int[rows.count()];
        int at = 0;
        int runs = 0;
        for (int i = 1; i < run.length; i++) {
            if (rows.tie()[i] == i) {
                at++;
                runs += isGap(values, at) ? 1 : 0;
            }
            run[i] = runs;
        }
        return new Support(rows, run);
    }

    /// The distinct ones of ascending values.
    static double[] distinct(double[] ascending) {
        double[] values = new double[ascending.length];
        int n = 0;
        for (double v : ascending) {
            if (n == 0 || v > values[n - 1]) {
                values[n++] = v;
            }
        }
        return Arrays.copyOf(values, n);
    }

    /// Whether numbers of both signs stay away from zero: whether there is a gap between the largest
    /// negative and the smallest positive one, zeros left out.
    ///
    /// @param values    the first `n` are ascending
    /// @param tolerance |y| up to this is zero
    public static boolean isGapAroundZero(double[] values, int n, double tolerance) {
        double[] nonzero = distinct(
                Arrays.stream(values, 0, n).filter(v -> Math.abs(v) > tolerance).toArray());
        int positive = Rows.firstAbove(nonzero, 0);
        return positive > 0 && positive < nonzero.length && isGap(nonzero, positive);
    }

    /// Whether there is a gap just below `values[at]`, in ascending distinct values.
    static boolean isGap(double[] values, int at) {
        double[] near = new double[2 * AROUND];
        int n = 0;
        for (int k = Math.max(1, at - AROUND); k <= Math.min(values.length - 1, at + AROUND); k++) {
            if (k != at) {
                near[n++] = values[k] - values[k - 1];
            }
        }
        if (n < AROUND) {
            return false;
        }
        Arrays.sort(near, 0, n);
        return values[at] - values[at - 1] > WIDE * near[n / 2];
    }

    /// Whether other training rows have the value of this one.
    boolean isAtom(int row) {
        return rows.tie()[row] != row || (row + 1 < rows.count() && rows.tie()[row + 1] == row);
    }

    /// Whether what lies between two training rows may be drawn.
    boolean joins(int row, int other) {
        return !isAtom(row) && !isAtom(other) && run[row] == run[other];
    }

    /// Whether a value lies in the run of a training row.
    boolean holds(int row, double value) {
        int above = Rows.firstAtLeast(rows.response(), value);
        return above < rows.count()
                && run[above] == run[row]
                && (rows.response()[above] == value || (above > 0 && run[above - 1] == run[row]));
    }
}
