package dev.assay.measure.internal;

import dev.assay.inference.Units;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The AUC of a resample without sorting again: rows are sorted once, a resample only changes how often each
/// counts.
public final class WeightedAuc {
    private final int[] unit;
    private final boolean[] positive;
    private final boolean[] endsTie;

    private WeightedAuc(int[] unit, boolean[] positive, boolean[] endsTie) {
        this.unit = unit;
        this.positive = positive;
        this.endsTie = endsTie;
    }

    /// @param truth 1 for positive rows
    public static WeightedAuc of(double[] score, int[] truth, Units units) {
        int n = score.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> score[i]))
                .mapToInt(i -> i)
                .toArray();
        int[] unit = new int[n];
        boolean[] positive = new boolean[n];
        boolean[] endsTie = new boolean[n];
        for (int i = 0; i < n; i++) {
            unit[i] = units.of(order[i]);
            positive[i] = truth[order[i]] == 1;
            endsTie[i] = i + 1 == n || score[order[i + 1]] > score[order[i]];
        }
        return new WeightedAuc(unit, positive, endsTie);
    }

    /// The AUC with ties 1/2, NaN if the draw holds one class only. Exact: all sums are integers.
    public double of(int[] times) {
        long halves = 0;
        long negatives = 0;
        long positives = 0;
        long tiedNegatives = 0;
        long tiedPositives = 0;
        for (int i = 0; i < unit.length; i++) {
            if (positive[i]) {
                tiedPositives += times[unit[i]];
            } else {
                tiedNegatives += times[unit[i]];
            }
            if (endsTie[i]) {
                halves += tiedPositives * (2 * negatives + tiedNegatives);
                negatives += tiedNegatives;
                positives += tiedPositives;
                tiedNegatives = 0;
                tiedPositives = 0;
            }
        }
        return positives == 0 || negatives == 0 ? Double.NaN : halves / (2.0 * positives * negatives);
    }
}
