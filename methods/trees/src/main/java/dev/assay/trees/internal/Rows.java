package dev.assay.trees.internal;

import dev.assay.trees.Predictors;
import dev.assay.trees.Response;
import java.util.Arrays;

/// Training rows as the growers want them: rows of weight 0 left out, the rest numbered by ascending response.
///
/// @param order    original row of each kept row
/// @param response value of each kept row, ascending
/// @param weight   its weight, all ones if all weights are equal
/// @param equal    whether all weights are equal
/// @param tie      the first kept row with the same response
public record Rows(int[] order, double[] response, double[] weight, boolean equal, int[] tie) {
    /// Checks and sorts.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no row has positive
    ///     weight
    public static Rows of(Predictors x, Response y, double[] weights) {
        int[] kept = Weights.positive(x.rows(), y.length(), weights);
        int n = kept.length;
        double[] sorted = new double[n];
        for (int k = 0; k < n; k++) {
            sorted[k] = y.value(kept[k]) + 0.0; // -0.0 becomes 0.0, so that equal values sort together
        }
        Arrays.sort(sorted);
        int[] tie = new int[n];
        for (int i = 1; i < n; i++) {
            tie[i] = sorted[i] == sorted[i - 1] ? tie[i - 1] : i;
        }
        int[] seen = new int[n];
        int[] order = new int[n];
        double[] weight = new double[n];
        boolean equal = true;
        for (int i : kept) {
            int place = firstAtLeast(sorted, y.value(i));
            order[place + seen[place]++] = i;
            equal &= weights[i] == weights[kept[0]];
        }
        for (int i = 0; i < n; i++) {
            weight[i] = equal ? 1 : weights[order[i]];
        }
        return new Rows(order, sorted, weight, equal, tie);
    }

    /// Number of kept rows.
    public int count() {
        return order.length;
    }

    /// The responses less their weighted mean: sums of squares of small numbers lose fewer digits.
    public double[] centred() {
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < response.length; i++) {
            sum += weight[i] * response[i];
            mass += weight[i];
        }
        double mean = sum / mass;
        double[] centred = new double[response.length];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = response[i] - mean;
        }
        return centred;
    }

    /// The first position whose value is at least `v`, in an ascending array.
    public static int firstAtLeast(double[] ascending, double v) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < v) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The first position whose value is greater than `v`, in an ascending array.
    public static int firstAbove(double[] ascending, double v) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= v) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
