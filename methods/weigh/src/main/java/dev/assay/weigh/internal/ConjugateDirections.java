package dev.assay.weigh.internal;

import dev.assay.weigh.Targets;
import org.jspecify.annotations.Nullable;

/// Conjugate gradients with the Hessian's diagonal as preconditioner; each step is one pass over the
/// design.
///
/// The residual norm aimed at is `min(0.1, sqrt(rho))` times the gradient's, `rho` the gradient's norm over
/// the targets', which keeps Newton's method superlinear (Dembo, Eisenstat and Steihaug 1982). Consistent
/// dependent targets do no harm: the iterates stay in the range of the Hessian.
final class ConjugateDirections implements Directions {
    private static final int MOST_STEPS = 400;
    private static final double LOOSEST = 0.1;

    private final Terms terms;
    private final Targets targets;
    private final int[] active;
    private final double[] scales;
    private double[] curvature = new double[0];
    private double[] diagonal = new double[0];
    private int innerSteps;
    private double damping;

    ConjugateDirections(Terms terms, Targets targets, int[] active, double[] scales) {
        this.terms = terms;
        this.targets = targets;
        this.active = active;
        this.scales = scales;
    }

    @Override
    public boolean prepare(double[] rows, boolean start) {
        damping = 0;
        curvature = rows;
        double[] squares = terms.squares(curvature);
        diagonal = new double[active.length];
        for (int a = 0; a < diagonal.length; a++) {
            double scaled = (squares[active[a]] + terms.ridge[active[a]]) / (scales[active[a]] * scales[active[a]]);
            diagonal[a] = scaled > 0 ? scaled : 1;
        }
        return true;
    }

    @Override
    public boolean damp(double addition) {
        for (int a = 0; a < diagonal.length; a++) {
            diagonal[a] += addition - damping;
        }
        damping = addition;
        return true;
    }

    @Override
    public double @Nullable [] solve(double[] gradient) {
        innerSteps = 0;
        int size = active.length;
        double[] values = new double[size];
        for (int a = 0; a < size; a++) {
            values[a] = targets.get(active[a]).value() / scales[active[a]];
        }
        double norm = Math.sqrt(weighed(gradient, gradient));
        double rho = norm / Math.sqrt(weighed(values, values));
        double goal = Math.min(LOOSEST, Math.sqrt(rho)) * norm;
        double[] x = new double[size];
        double[] residual = gradient.clone();
        double[] p = new double[size];
        double last = 1;
        for (innerSteps = 0; innerSteps < MOST_STEPS; innerSteps++) {
            double now = weighed(residual, residual);
            if (Math.sqrt(now) <= goal) {
                break;
            }
            for (int a = 0; a < size; a++) {
                p[a] = residual[a] / diagonal[a] + (innerSteps == 0 ? 0 : now / last * p[a]);
            }
            double[] product = product(p);
            double bend = 0;
            for (int a = 0; a < size; a++) {
                bend += p[a] * product[a];
            }
            if (!(bend > 0)) {
                break;
            }
            double length = now / bend;
            for (int a = 0; a < size; a++) {
                x[a] += length * p[a];
                residual[a] -= length * product[a];
            }
            last = now;
        }
        return innerSteps == 0 ? null : x;
    }

    private double[] product(double[] p) {
        double[] wide = new double[scales.length];
        for (int a = 0; a < p.length; a++) {
            wide[active[a]] = p[a] / scales[active[a]];
        }
        double[] sums = terms.product(curvature, wide);
        double[] product = new double[p.length];
        for (int a = 0; a < p.length; a++) {
            int j = active[a];
            product[a] = (sums[j] + terms.ridge[j] * wide[j]) / scales[j] + damping * p[a];
        }
        return product;
    }

    private double weighed(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j] / diagonal[j];
        }
        return sum;
    }

    @Override
    public double[] diagonal() {
        return diagonal;
    }

    @Override
    public boolean isCheap() {
        return false;
    }

    @Override
    public int innerSteps() {
        return innerSteps;
    }
}
