package dev.assay.weigh;

/// How Newton's equations are solved.
public enum Solver {
    /// Explicitly up to [CalibrationSettings#EXPLICIT_TARGETS] targets, by conjugate gradients beyond.
    AUTOMATIC,
    /// The Hessian is formed and factored: exact steps, and dependent targets are found beforehand. Memory
    /// and time grow with the square and the cube of the number of targets.
    EXPLICIT,
    /// The Hessian is only ever multiplied with, one pass over the design each (Newton-CG with a Jacobi
    /// preconditioner). Dependent targets are looked for only if the solve fails.
    CONJUGATE_GRADIENT
}
