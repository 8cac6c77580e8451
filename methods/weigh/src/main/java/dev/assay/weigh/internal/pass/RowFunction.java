package dev.assay.weigh.internal.pass;

/// What a pass does with a run of neighbouring rows between product and scatter.
///
/// It is called once for [FusedPass#TILE] rows and loops over them itself, so that the loop is compiled for
/// this function however many functions a program has. Called from several threads at once, never twice for
/// one row in a pass: it may read and write its own per-row arrays at the rows it was given, and nothing else
/// that is shared.
@FunctionalInterface
public interface RowFunction {
    /// Turns products into factors.
    ///
    /// @param first    the design's row that entry 0 of both arrays belongs to
    /// @param count    how many rows, `1 <= count <=` [FusedPass#TILE]
    /// @param products `[count]` the rows times the pass's vector
    /// @param factors  `[count]` to be filled: what each row is multiplied by before it joins the totals; one
    ///                 of factor 0 is not read again
    /// @return what these rows add to [FusedPass.Sums#scalar()], 0 if nothing is to be summed
    double apply(int first, int count, double[] products, double[] factors);
}
