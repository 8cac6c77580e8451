package dev.assay.trees;

/// How a value is taken from a conditional distribution F(y | x) known at finitely many support points.
public enum DrawRule {
    /// The smallest support point v with F(v) >= u, u uniform: always a training value. For classes, counts and
    /// anything coded; class forests draw this way whatever rule is asked for.
    STEP,
    /// For continuous values: the mass of a support point lies evenly between the middles of the ways to
    /// its two neighbours, inside the outermost ones. A value that two or more training rows share (a
    /// heap at a round number, a top code, a zero) is drawn as itself and joined to nothing, and where
    /// training has a gap, more than 20 times as wide as the distances around it, nothing is drawn.
    INTERPOLATED,
    /// As INTERPOLATED, and a draw that falls on the largest support point is continued beyond it by a Pareto
    /// tail with the index of [QuantileForest#tail()], if that point lies in the tail the index was estimated
    /// on and belongs to one training row.
    INTERPOLATED_PARETO
}
