package dev.assay.weigh.internal;

import org.jspecify.annotations.Nullable;

/// Solves Newton's equations at a point, in columns scaled to unit norm and restricted to the active
/// targets.
sealed interface Directions permits ExplicitDirections, ConjugateDirections {
    /// Readies the Hessian.
    ///
    /// @param curvature of every row
    /// @param start     whether this is at multipliers 0
    /// @return whether there is a Hessian to solve with
    boolean prepare(double[] curvature, boolean start);

    /// Adds to the diagonal of the scaled Hessian that was prepared, whose entries are 1 at multipliers 0
    /// (Levenberg 1944).
    ///
    /// @return whether directions can be given
    boolean damp(double addition);

    /// Solves with the Hessian last readied. Approximate solvers stop early, the farther from the targets
    /// the earlier.
    ///
    /// @param gradient `[active]`
    /// @return `[active]`, to be subtracted; null if nothing came of it
    double @Nullable [] solve(double[] gradient);

    /// The diagonal of the Hessian, positive.
    double[] diagonal();

    /// Whether another solve with the same Hessian costs no pass over the design.
    boolean isCheap();

    /// Conjugate-gradient steps of the last solve.
    int innerSteps();
}
