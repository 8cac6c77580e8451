package dev.assay.weigh.internal;

import org.jspecify.annotations.Nullable;

/// Cholesky factors of small dense symmetric matrices given by the rows of their upper triangle.
final class Cholesky {
    /// First addition to the diagonal after a failure, relative to the mean of the diagonal.
    private static final double FIRST_JITTER = 1e-12;
    /// How often the addition grows tenfold before giving up.
    private static final int JITTERS = 6;

    private final double[][] u;

    private Cholesky(double[][] u) {
        this.u = u;
    }

    /// The factor of `A`, or of `A` with something added to its diagonal where it is not positive definite.
    ///
    /// @return null if `A` is not positive definite even so
    static @Nullable Cholesky of(double[][] upper) {
        int n = upper.length;
        double trace = 0;
        for (int j = 0; j < n; j++) {
            trace += upper[j][j];
        }
        double jitter = 0;
        for (int attempt = 0; attempt <= JITTERS; attempt++) {
            double[][] factor = factor(upper, jitter);
            if (factor != null) {
                return new Cholesky(factor);
            }
            jitter = attempt == 0 ? FIRST_JITTER * trace / n : jitter * 10;
        }
        return null;
    }

    /// `U` with `U'U = A + jitter I`, or null. Whole rows are updated at a time: that is the loop the
    /// compiler can vectorise.
    private static double @Nullable [][] factor(double[][] upper, double jitter) {
        int n = upper.length;
        double[][] u = new double[n][];
        for (int j = 0; j < n; j++) {
            u[j] = upper[j].clone();
            u[j][j] += jitter;
        }
        for (int k = 0; k < n; k++) {
            double[] pivot = u[k];
            if (!(pivot[k] > 0) || Double.isInfinite(pivot[k])) {
                return null;
            }
            double root = Math.sqrt(pivot[k]);
            for (int j = k; j < n; j++) {
                pivot[j] /= root;
            }
            for (int i = k + 1; i < n; i++) {
                double factor = pivot[i];
                if (factor != 0) {
                    double[] row = u[i];
                    for (int j = i; j < n; j++) {
                        row[j] -= factor * pivot[j];
                    }
                }
            }
        }
        return u;
    }

    /// Solves `A x = b`.
    double[] solve(double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int k = 0; k < n; k++) {
            x[k] /= u[k][k];
            for (int j = k + 1; j < n; j++) {
                x[j] -= u[k][j] * x[k];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            double sum = x[k];
            for (int j = k + 1; j < n; j++) {
                sum -= u[k][j] * x[j];
            }
            x[k] = sum / u[k][k];
        }
        return x;
    }
}
