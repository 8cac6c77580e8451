package dev.assay.distil.internal.retrieve;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The leading right singular vectors of a sparse matrix.
///
/// Subspace iteration from a random start with more columns than wanted (Halko, Martinsson and Tropp 2011),
/// where the powers of A A' are replaced by Chebyshev polynomials that are small on the unwanted part of the
/// spectrum (Zhou, Saad, Tiago and Chelikowsky 2006), carried on until the leading singular values have
/// settled. Blocks are made orthonormal through the eigenvectors of their Gram matrix (Stathopoulos and Wu
/// 2002), which drops directions that the matrix does not have. The same seed gives the same bits on any
/// number of threads; another seed gives the same space but for rounding.
///
/// @param values  singular values, descending, `[dimensions]`
/// @param vectors right singular vectors, `[dimensions][columns]`
record LatentSpace(double[] values, double[][] vectors) {
    private static final int LEAST_OVERSAMPLING = 10;
    private static final int MOST_STEPS = 200;

    /// Steps end when no leading eigenvalue of A A' has grown by more than this part of itself. Their errors
    /// are the squares of those of the vectors.
    private static final double SETTLED = 1e-8;

    /// Directions whose squared length is this small beside the longest are rounding.
    private static final double NO_DIRECTION = 1e-13;

    /// How much more a polynomial may enlarge the leading direction than the last one: its square must leave
    /// room for directions above rounding.
    private static final double MOST_AMPLIFICATION = 1e5;

    private static final int MOST_DEGREE = 40;

    static LatentSpace of(SparseRows matrix, int dimensions, Seed seed, Engine engine) {
        // On the smaller side only; the other one is a product away.
        boolean tall = matrix.rows() >= matrix.width();
        int side = Math.min(matrix.rows(), matrix.width());
        int block = Math.min(side, dimensions + Math.max(LEAST_OVERSAMPLING, dimensions / 4));
        double[][] basis = orthonormal(normal(block, side, seed), engine);
        double[] before = new double[0];
        for (int step = 0; ; step++) {
            double[][] image = square(matrix, basis, tall, engine);
            SymmetricEigen ritz = SymmetricEigen.of(products(basis, image, engine));
            basis = combine(basis, ritz.vectors(), engine);
            double[] now = ritz.values();
            double last = now[now.length - 1];
            if (last <= NO_DIRECTION * now[0]) {
                // The block is larger than the rank, so its image is all that there is.
                double[][] range = orthonormal(square(matrix, basis, tall, engine), engine);
                if (range.length < basis.length) {
                    basis = range;
                    before = new double[0];
                    continue;
                }
            }
            if (settled(before, now, dimensions) || step >= MOST_STEPS) {
                return finish(now, tall ? basis : matrix.transposeTimes(basis, engine), dimensions);
            }
            before = now;
            image = combine(image, ritz.vectors(), engine);
            basis = orthonormal(filtered(matrix, basis, image, tall, last, degree(now[0] / last), engine), engine);
        }
    }

    private static double[][] normal(int columns, int rows, Seed seed) {
        double[][] block = new double[columns][rows];
        for (int j = 0; j < columns; j++) {
            RandomGenerator random = seed.child(j).generator();
            for (int i = 0; i < rows; i++) {
                block[j][i] = random.nextGaussian();
            }
        }
        return block;
    }

    private static boolean settled(double[] before, double[] now, int dimensions) {
        if (before.length != now.length) {
            return false;
        }
        for (int i = 0; i < Math.min(dimensions, now.length); i++) {
            if (Math.abs(now[i] - before[i]) > SETTLED * now[i]) {
                return false;
            }
        }
        return true;
    }

    private static LatentSpace finish(double[] eigenvalues, double[][] columns, int dimensions) {
        int kept = 0;
        while (kept < Math.min(dimensions, columns.length) && eigenvalues[kept] > NO_DIRECTION * eigenvalues[0]) {
            kept++;
        }
        double[] values = new double[kept];
        for (int i = 0; i < kept; i++) {
            values[i] = Math.sqrt(eigenvalues[i]);
            scale(columns[i]);
        }
        return new LatentSpace(values, Arrays.copyOf(columns, kept));
    }

    /// The highest degree whose Chebyshev polynomial enlarges the leading eigenvalue by no more than allowed,
    /// where the unwanted part ends at 1.
    private static int degree(double ratio) {
        double reach = Math.log(2 * ratio - 1 + Math.sqrt((2 * ratio - 1) * (2 * ratio - 1) - 1));
        return Math.clamp((long) (Math.log(2 * MOST_AMPLIFICATION) / Math.max(reach, 1e-6)), 1, MOST_DEGREE);
    }

    /// The Chebyshev polynomial of A A' (or A' A) that oscillates within [-1, 1] on [0, end], applied to a
    /// block by its recurrence.
    ///
    /// @param image A A' (or A' A) times the block; overwritten
    private static double[][] filtered(
            SparseRows matrix,
            double[][] block,
            double[][] image,
            boolean tall,
            double end,
            int degree,
            Engine engine) {
        double[][] before = block;
        double[][] now = shifted(image, block, end);
        for (int k = 2; k <= degree; k++) {
            double[][] next = shifted(square(matrix, now, tall, engine), now, end);
            for (int j = 0; j < next.length; j++) {
                for (int i = 0; i < next[j].length; i++) {
                    next[j][i] = 2 * next[j][i] - before[j][i];
                }
            }
            before = now;
            now = next;
        }
        return now;
    }

    private static double[][] square(SparseRows matrix, double[][] block, boolean tall, Engine engine) {
        return tall
                ? matrix.transposeTimes(matrix.times(block, engine), engine)
                : matrix.times(matrix.transposeTimes(block, engine), engine);
    }

    private static double[][] shifted(double[][] image, double[][] block, double end) {
        for (int j = 0; j < image.length; j++) {
            for (int i = 0; i < image[j].length; i++) {
                image[j][i] = 2 / end * image[j][i] - block[j][i];
            }
        }
        return image;
    }

    /// X' Y, of which only the upper half is computed since it is symmetric.
    private static double[][] products(double[][] x, double[][] y, Engine engine) {
        int k = x.length;
        double[][] products = engine.map(k, i -> {
                    double[] row = new double[k];
                    for (int j = i; j < k; j++) {
                        row[j] = dot(x[i], y[j]);
                    }
                    return row;
                })
                .toArray(double[][]::new);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                products[i][j] = products[j][i];
            }
        }
        return products;
    }

    /// An orthonormal basis of what a block spans. Twice, since the Gram matrix squares the condition of the
    /// block.
    private static double[][] orthonormal(double[][] block, Engine engine) {
        double[][] basis = block;
        for (int pass = 0; pass < 2; pass++) {
            for (double[] column : basis) {
                scale(column);
            }
            SymmetricEigen eigen = SymmetricEigen.of(products(basis, basis, engine));
            int kept = 0;
            while (kept < basis.length && eigen.values()[kept] > NO_DIRECTION * eigen.values()[0]) {
                kept++;
            }
            basis = combine(basis, Arrays.copyOf(eigen.vectors(), kept), engine);
        }
        for (double[] column : basis) {
            scale(column);
        }
        return basis;
    }

    private static void scale(double[] column) {
        double length = Math.sqrt(dot(column, column));
        for (int i = 0; i < column.length && length > 0; i++) {
            column[i] /= length;
        }
    }

    private static double[][] combine(double[][] block, double[][] rotation, Engine engine) {
        int n = block.length == 0 ? 0 : block[0].length;
        return engine.map(rotation.length, i -> {
                    double[] sum = new double[n];
                    for (int j = 0; j < block.length; j++) {
                        double weight = rotation[i][j];
                        double[] column = block[j];
                        for (int r = 0; r < n; r++) {
                            sum[r] += weight * column[r];
                        }
                    }
                    return sum;
                })
                .toArray(double[][]::new);
    }

    private static double dot(double[] a, double[] b) {
        // Four sums, so that the processor need not wait for one.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
