package dev.assay.distil.internal.retrieve;

import java.util.Arrays;
import java.util.Comparator;

/// Eigenvalues and vectors of a symmetric matrix: Householder's reduction to tridiagonal form, then QL steps
/// with implicit shifts (Golub and Van Loan, Matrix Computations, 8.3). Errors of the values are rounding of
/// the largest.
///
/// @param values  descending, `[n]`
/// @param vectors `[n][n]`, a vector each, orthonormal
record SymmetricEigen(double[] values, double[][] vectors) {
    private static final int MOST_STEPS = 60;

    static SymmetricEigen of(double[][] symmetric) {
        int n = symmetric.length;
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = symmetric[i].clone();
        }
        double[] diagonal = new double[n];
        double[] beside = new double[n];
        double[][] rows = tridiagonal(a, diagonal, beside);
        for (int i = 0; i < n; i++) {
            settle(i, diagonal, beside, rows);
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.comparingDouble((Integer i) -> diagonal[i]).reversed());
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = diagonal[order[i]];
            vectors[i] = rows[order[i]];
        }
        return new SymmetricEigen(values, vectors);
    }

    /// Reduces `a` in place.
    ///
    /// @param beside filled with the entries beside the diagonal; entry i couples i and i + 1
    /// @return the transposed product of the reflections, `[n][n]`
    private static double[][] tridiagonal(double[][] a, double[] diagonal, double[] beside) {
        int n = a.length;
        double[][] reflectors = new double[n][];
        double[] betas = new double[n];
        double[] product = new double[n];
        for (int k = 0; k < n - 2; k++) {
            double[] v = new double[n];
            double square = 0;
            for (int i = k + 1; i < n; i++) {
                v[i] = a[i][k];
                square += v[i] * v[i];
            }
            double norm = Math.sqrt(square);
            double alpha = v[k + 1] > 0 ? -norm : norm;
            beside[k] = alpha;
            double first = v[k + 1];
            v[k + 1] -= alpha;
            double length = square - first * first + v[k + 1] * v[k + 1];
            reflectors[k] = v;
            betas[k] = length == 0 ? 0 : 2 / length;
            if (length > 0) {
                reflect(a, v, betas[k], product, k + 1);
            }
        }
        for (int i = 0; i < n; i++) {
            diagonal[i] = a[i][i];
        }
        if (n > 1) {
            beside[n - 2] = a[n - 1][n - 2];
        }
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 1;
        }
        // Rows times reflections from the right, the last reflection first.
        for (int k = n - 3; k >= 0; k--) {
            double[] v = reflectors[k];
            for (int i = k + 1; i < n; i++) {
                double dot = 0;
                for (int j = k + 1; j < n; j++) {
                    dot += rows[i][j] * v[j];
                }
                double scaled = betas[k] * dot;
                for (int j = k + 1; j < n; j++) {
                    rows[i][j] -= scaled * v[j];
                }
            }
        }
        return rows;
    }

    /// A := H A H on the rows and columns from `from` on, H = I - beta v v'.
    private static void reflect(double[][] a, double[] v, double beta, double[] product, int from) {
        int n = a.length;
        double dot = 0;
        for (int i = from; i < n; i++) {
            double sum = 0;
            double[] row = a[i];
            for (int j = from; j < n; j++) {
                sum += row[j] * v[j];
            }
            product[i] = beta * sum;
            dot += product[i] * v[i];
        }
        double half = beta * dot / 2;
        for (int i = from; i < n; i++) {
            product[i] -= half * v[i];
        }
        for (int i = from; i < n; i++) {
            double[] row = a[i];
            double x = v[i];
            double y = product[i];
            for (int j = from; j < n; j++) {
                row[j] -= x * product[j] + y * v[j];
            }
        }
    }

    /// QL steps until the entry beside diagonal entry `low` is rounding.
    private static void settle(int low, double[] diagonal, double[] beside, double[][] rows) {
        int n = diagonal.length;
        for (int step = 0; step < MOST_STEPS; step++) {
            int end = low;
            while (end < n - 1
                    && Math.abs(beside[end])
                            > Math.ulp(1.0) * (Math.abs(diagonal[end]) + Math.abs(diagonal[end + 1]))) {
                end++;
            }
            if (end == low) {
                return;
            }
            double g = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
            double r = Math.hypot(g, 1);
            g = diagonal[end] - diagonal[low] + beside[low] / (g + Math.copySign(r, g));
            double s = 1;
            double c = 1;
            double p = 0;
            boolean split = false;
            for (int i = end - 1; i >= low; i--) {
                double f = s * beside[i];
                double b = c * beside[i];
                r = Math.hypot(f, g);
                beside[i + 1] = r;
                if (r == 0) {
                    diagonal[i + 1] -= p;
                    beside[end] = 0;
                    split = true;
                    break;
                }
                s = f / r;
                c = g / r;
                g = diagonal[i + 1] - p;
                r = (diagonal[i] - g) * s + 2 * c * b;
                p = s * r;
                diagonal[i + 1] = g + p;
                g = c * r - b;
                turn(rows[i], rows[i + 1], c, s);
            }
            if (!split) {
                diagonal[low] -= p;
                beside[low] = g;
                beside[end] = 0;
            }
        }
        throw new IllegalStateException("the eigenvalues of a symmetric matrix did not settle");
    }

    private static void turn(double[] lower, double[] upper, double c, double s) {
        for (int k = 0; k < lower.length; k++) {
            double x = lower[k];
            double y = upper[k];
            upper[k] = s * x + c * y;
            lower[k] = c * x - s * y;
        }
    }
}
