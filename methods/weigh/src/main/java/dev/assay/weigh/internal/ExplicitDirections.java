package dev.assay.weigh.internal;

import org.jspecify.annotations.Nullable;

/// The Hessian formed and factored.
final class ExplicitDirections implements Directions {
    private final Terms terms;
    private final @Nullable Packed first;
    private final int[] active;
    private final double[] scales;
    private double[][] hessian = new double[0][];
    private double[] diagonal = new double[0];
    private @Nullable Cholesky factor;

    /// @param first the rows' part of the Hessian at multipliers 0, if it is known
    ExplicitDirections(Terms terms, @Nullable Packed first, int[] active, double[] scales) {
        this.terms = terms;
        this.first = first;
        this.active = active;
        this.scales = scales;
    }

    @Override
    public boolean prepare(double[] curvature, boolean start) {
        hessian = (start && first != null ? first : terms.outer(curvature)).upper(active, scales);
        for (int a = 0; a < active.length; a++) {
            hessian[a][a] += terms.ridge[active[a]] / (scales[active[a]] * scales[active[a]]);
        }
        diagonal = new double[active.length];
        for (int a = 0; a < diagonal.length; a++) {
            diagonal[a] = hessian[a][a] > 0 ? hessian[a][a] : 1;
        }
        factor = Cholesky.of(hessian);
        return factor != null;
    }

    @Override
    public boolean damp(double addition) {
        double[][] damped = new double[hessian.length][];
        for (int a = 0; a < damped.length; a++) {
            damped[a] = hessian[a].clone();
            damped[a][a] += addition;
        }
        factor = Cholesky.of(damped);
        return factor != null;
    }

    @Override
    public double @Nullable [] solve(double[] gradient) {
        return factor == null ? null : factor.solve(gradient);
    }

    @Override
    public double[] diagonal() {
        return diagonal;
    }

    @Override
    public boolean isCheap() {
        return true;
    }

    @Override
    public int innerSteps() {
        return 0;
    }
}
