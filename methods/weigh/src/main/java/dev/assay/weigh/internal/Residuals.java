package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Residuals of a variable from the targets' columns, by least squares weighted with `d q`.
public final class Residuals {
    private static final int MOST_STEPS = 5_000;
    private static final double RELATIVE_RESIDUAL = 1e-12;

    private final Terms terms;
    private final double[] h;
    private final double[] scales;
    private final int[] active;
    private final @Nullable Cholesky factor;

    private Residuals(Terms terms, double[] h, double[] scales, int[] active, @Nullable Cholesky factor) {
        this.terms = terms;
        this.h = h;
        this.scales = scales;
        this.active = active;
        this.factor = factor;
    }

    /// Prepares the normal equations of a problem whose targets count as they are.
    public static Residuals of(CalibrationProblem problem, Engine engine) {
        return of(problem, CalibrationSettings.linear(), engine);
    }

    /// Prepares the normal equations of a problem as it was solved: with targets of 0 that became ones
    /// that may
    /// be missed, and without rows that were set to 0.
    public static Residuals of(CalibrationProblem problem, CalibrationSettings settings, Engine engine) {
        Solve.Settled settled = Solve.settled(settings, problem, engine);
        Terms terms = new Terms(
                settled.problem().withDesignWeights(settled.designWeights()),
                new Distance.Linear(),
                Bounds.none(),
                engine);
        ColumnSummary columns = ColumnSummary.of(terms, engine);
        double[] h = new double[terms.d.length];
        for (int i = 0; i < h.length; i++) {
            h[i] = terms.d[i] * terms.q[i];
        }
        double[] scales = new double[columns.squares.length];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = columns.squares[j] > 0 ? Math.sqrt(columns.squares[j]) : 1;
        }
        int[] supported = IntStream.range(0, scales.length)
                .filter(j -> columns.squares[j] > 0)
                .toArray();
        if (supported.length > CalibrationSettings.EXPLICIT_TARGETS) {
            return new Residuals(terms, h, scales, supported, null);
        }
        Packed gram = terms.gram();
        int[] exact = IntStream.of(supported).filter(j -> terms.ridge[j] == 0).toArray();
        int[] independent =
                Dependence.of(gram, scales, exact, new double[scales.length]).independent();
        int[] active = IntStream.concat(
                        IntStream.of(independent), IntStream.of(supported).filter(j -> terms.ridge[j] > 0))
                .sorted()
                .toArray();
        double[][] upper = gram.upper(active, scales);
        for (int a = 0; a < active.length; a++) {
            upper[a][a] += terms.ridge[active[a]] / (scales[active[a]] * scales[active[a]]);
        }
        return new Residuals(terms, h, scales, active, Cholesky.of(upper));
    }

    /// `y - X B`.
    ///
    /// @param y `[rows]`
    public double[] of(double[] y) {
        double[] weighted = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            weighted[i] = h[i] * y[i];
        }
        double[] sums = terms.totals(weighted);
        double[] right = new double[active.length];
        for (int a = 0; a < right.length; a++) {
            right[a] = sums[active[a]] / scales[active[a]];
        }
        double[] solved = factor == null ? iterative(right) : factor.solve(right);
        double[] b = new double[scales.length];
        for (int a = 0; a < solved.length; a++) {
            b[active[a]] = solved[a] / scales[active[a]];
        }
        double[] residuals = y.clone();
        List<RowBlock> blocks = terms.design.blocks();
        for (RowBlock block : blocks) {
            for (int r = 0; r < block.rows(); r++) {
                residuals[block.first() + r] -= block.dot(r, b);
            }
        }
        return residuals;
    }

    /// Conjugate gradients on the scaled normal equations, whose diagonal is 1 but for costs. Columns that
    /// are combinations of others do no harm: the right side lies in the range.
    private double[] iterative(double[] right) {
        int n = right.length;
        double[] x = new double[n];
        double[] r = right.clone();
        double[] p = r.clone();
        double now = dot(r, r);
        double goal = RELATIVE_RESIDUAL * RELATIVE_RESIDUAL * now;
        for (int step = 0; step < MOST_STEPS && now > goal; step++) {
            double[] wide = new double[scales.length];
            for (int a = 0; a < n; a++) {
                wide[active[a]] = p[a] / scales[active[a]];
            }
            double[] sums = terms.product(h, wide);
            double[] product = new double[n];
            for (int a = 0; a < n; a++) {
                int j = active[a];
                product[a] = (sums[j] + terms.ridge[j] * wide[j]) / scales[j];
            }
            double length = now / dot(p, product);
            for (int a = 0; a < n; a++) {
                x[a] += length * p[a];
                r[a] -= length * product[a];
            }
            double next = dot(r, r);
            for (int a = 0; a < n; a++) {
                p[a] = r[a] + next / now * p[a];
            }
            now = next;
        }
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
