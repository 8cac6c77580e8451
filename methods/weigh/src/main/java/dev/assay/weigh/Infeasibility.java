package dev.assay.weigh;

import java.util.List;
import java.util.Optional;

/// Why there are no weights that meet the targets, and what to relax.
///
/// @param impossible   targets that no weights within the bounds reach, each on its own
/// @param certificate  a proof that can be checked in one pass over the rows
/// @param smallestMiss by how much the targets must at least be missed
/// @param conflict     names of targets that cannot be met together; empty if none were found
/// @param minimal      whether leaving out any one of them removes the conflict among them
/// @param workable     the narrowest symmetric ratio bounds within which such weights exist, if that was
///                     found; its lower bound may be negative
public record Infeasibility(
        List<Reach> impossible,
        Optional<Certificate> certificate,
        Optional<SmallestMiss> smallestMiss,
        List<String> conflict,
        boolean minimal,
        Optional<TightestBounds> workable) {
    /// Copies the lists.
    public Infeasibility {
        impossible = List.copyOf(impossible);
        conflict = List.copyOf(conflict);
    }

    /// The totals that weights within the bounds can give one target, and the value asked.
    ///
    /// @param name   the target
    /// @param value  the total asked
    /// @param least  the least total, possibly minus infinity
    /// @param most   the greatest total, possibly infinity
    public record Reach(String name, double value, double least, double most) {}

    /// Multipliers `lambda`, one a target, with `lambda'T` greater than every `lambda'X'w` of weights within
    /// the bounds (Farkas): `sum_i max(lo_i v_i, hi_i v_i)`, `v = X lambda`.
    ///
    /// @param multipliers     one a target of the calibration, 0 where the target takes no part
    /// @param margin          `(lambda'T - bound) / max(|lambda'T|, |bound|)`, positive
    /// @param roundingAllowed the greatest `v_i` counted as 0 where a weight has no upper bound, relative to
    ///                        the sum of the absolute terms of `v_i`
    public record Certificate(double[] multipliers, double margin, double roundingAllowed) {}

    /// The least sum of relative misses over all targets, by linear programming; for problems too large for
    /// that, the misses of truncated linear weights that miss at a great cost, whose sum is an upper limit.
    ///
    /// @param sum     the sum of `|miss| / scale`
    /// @param misses  the targets missed at that optimum, which need not be the only one
    /// @param optimal whether the program ran to its optimum; if not, `sum` is an upper limit of the least
    public record SmallestMiss(double sum, List<Miss> misses, boolean optimal) {
        /// Copies the list.
        public SmallestMiss {
            misses = List.copyOf(misses);
        }
    }

    /// One target missed.
    ///
    /// @param name     the target
    /// @param relative `(total - value) / scale`, signed
    public record Miss(String name, double relative) {}
}
