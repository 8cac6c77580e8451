package dev.assay.trees;

/// How a value is taken from a conditional distribution F(y | x) known at finitely many support points.
public enum DrawRule {
    /// The smallest support point v with F(v) >= u, u uniform: always a training value. For classes, counts and
    /// anything coded; class forests draw this way whatever rule is asked for.
    STEP,
    /// Linear interpolation of F between adjacent support points, inside the outermost ones. For continuous
    /// values.
    INTERPOLATED,
    /// As INTERPOLATED, and a draw that falls on the largest support point is continued beyond it by a Pareto
    /// tail
    /// with the index of [QuantileForest#tail()], if that point lies in the tail the index was estimated on.
    INTERPOLATED_PARETO
}
