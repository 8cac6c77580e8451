package dev.assay.weigh;

/// How one target fared.
///
/// @param name            the target
/// @param target          its value
/// @param before          the total under the design weights
/// @param after           the total under the final weights, recomputed from them
/// @param errorBefore     `(before - target) / scale`, signed
/// @param errorAfter      `(after - target) / scale`, signed
/// @param multiplier      the dual multiplier, in 1 / unit of the target; 0 if the target took no part in
///     the solve
/// @param nonzeroRows     rows that contribute with a final weight other than 0; of a selection, rows
///     that were kept
/// @param effectiveRows   `(sum |w x|)^2 / sum (w x)^2` under the final weights, from 1 to the number of
///     rows; 0
///     without contributions
/// @param largestShare    the greatest `|w x|` of a row over `sum |w x|`, in [0, 1]; 0 without
///     contributions
/// @param atBoundShare    the part of `sum |w x|` on rows whose weight is at a bound
/// @param withinTolerance whether `|errorAfter| <= max(tolerance of the solve, tolerance of the target)`
/// @param cost            what missing it costs, infinity if it must be met
/// @param part            what part the target took in the solve
public record TargetDiagnostic(
        String name,
        double target,
        double before,
        double after,
        double errorBefore,
        double errorAfter,
        double multiplier,
        long nonzeroRows,
        double effectiveRows,
        double largestShare,
        double atBoundShare,
        boolean withinTolerance,
        double cost,
        Part part) {

    /// What part a target takes in the solve.
    public enum Part {
        /// Solved for.
        SOLVED,
        /// No row contributes and the value is 0: nothing to do.
        DROPPED_EMPTY,
        /// The value is 0 and the contributing rows were set to 0.
        ROWS_ZEROED,
        /// A linear combination of solved targets: met if they are and the values agree.
        DEPENDENT,
        /// No row contributes but the value is not 0: cannot be met.
        WITHOUT_SUPPORT
    }
}
