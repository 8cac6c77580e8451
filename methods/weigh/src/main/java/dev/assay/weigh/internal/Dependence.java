package dev.assay.weigh.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which columns are linear combinations of others: Cholesky with pivoting of the scaled Gram matrix.
///
/// Columns enter in the order of their tolerances (exact ones first), within one tolerance by the greatest remaining
/// pivot, so that of several dependent targets the loosest is the one that leaves the solve.
final class Dependence {
    /// A column whose remaining pivot is below this part of its own square is a combination of those before it.
    static final double PIVOT_THRESHOLD = 1e-10;
    /// Coefficients of the scaled columns below this are rounding.
    private static final double NEGLIGIBLE = 1e-7;

    private Dependence() {}

    /// The independent columns, ascending, and for each dependent one its combination (column to coefficient).
    record Split(int[] independent, Map<Integer, Map<Integer, Double>> dependent) {}

    /// @param gram       of all columns
    /// @param scales     root of its diagonal
    /// @param candidates columns that take part, ascending
    /// @param tolerances of all columns
    static Split of(Packed gram, double[] scales, int[] candidates, double[] tolerances) {
        int n = candidates.length;
        double[] rest = new double[n];
        Arrays.fill(rest, 1);
        boolean[] taken = new boolean[n];
        List<Integer> pivots = new ArrayList<>();
        List<double[]> factor = new ArrayList<>();
        for (int next = pivot(rest, taken, candidates, tolerances);
                next >= 0;
                next = pivot(rest, taken, candidates, tolerances)) {
            taken[next] = true;
            double root = Math.sqrt(rest[next]);
            double[] row = new double[n];
            for (int j = 0; j < n; j++) {
                row[j] = gram.get(candidates[next], candidates[j]) / (scales[candidates[next]] * scales[candidates[j]]);
            }
            for (double[] before : factor) {
                double at = before[next];
                for (int j = 0; j < n; j++) {
                    row[j] -= at * before[j];
                }
            }
            for (int j = 0; j < n; j++) {
                row[j] = taken[j] && j != next ? 0 : row[j] / root;
                rest[j] -= row[j] * row[j];
            }
            row[next] = root;
            pivots.add(next);
            factor.add(row);
        }
        Map<Integer, Map<Integer, Double>> dependent = new LinkedHashMap<>();
        for (int j = 0; j < n; j++) {
            if (!taken[j]) {
                dependent.put(candidates[j], combination(j, pivots, factor, candidates, scales));
            }
        }
        return new Split(pivots.stream().mapToInt(p -> candidates[p]).sorted().toArray(), dependent);
    }

    private static int pivot(double[] rest, boolean[] taken, int[] candidates, double[] tolerances) {
        int best = -1;
        for (int j = 0; j < rest.length; j++) {
            if (taken[j] || !(rest[j] > PIVOT_THRESHOLD)) {
                continue;
            }
            double mine = tolerances[candidates[j]];
            double least = best < 0 ? Double.POSITIVE_INFINITY : tolerances[candidates[best]];
            if (best < 0 || mine < least || (mine == least && rest[j] > rest[best])) {
                best = j;
            }
        }
        return best;
    }

    private static Map<Integer, Double> combination(
            int j, List<Integer> pivots, List<double[]> factor, int[] candidates, double[] scales) {
        int rank = pivots.size();
        double[] a = new double[rank];
        for (int k = rank - 1; k >= 0; k--) {
            double sum = factor.get(k)[j];
            for (int m = k + 1; m < rank; m++) {
                sum -= factor.get(k)[pivots.get(m)] * a[m];
            }
            a[k] = sum / factor.get(k)[pivots.get(k)];
        }
        Map<Integer, Double> terms = new TreeMap<>();
        for (int k = 0; k < rank; k++) {
            if (Math.abs(a[k]) > NEGLIGIBLE) {
                int column = candidates[pivots.get(k)];
                terms.put(column, a[k] * scales[candidates[j]] / scales[column]);
            }
        }
        return terms;
    }
}
