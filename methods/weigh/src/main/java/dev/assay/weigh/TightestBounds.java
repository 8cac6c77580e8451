package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.internal.BoundsSearch;

/// The narrowest ratio bounds within which weights exist that meet the targets.
///
/// Any multipliers `lambda` with `v = X lambda` prove `upper sum_i d_i max(v_i, 0) - lower sum_i d_i
/// max(-v_i, 0) >= lambda'T` (Farkas), which is a half plane of the two bounds. Bounds at the corner of all
/// half planes found so far are tried; if no weights exist there, the proof of that is the next half plane
/// (Kelley 1960; for symmetric bounds this is Dinkelbach's method, which converges superlinearly).
///
/// @param kind   what was minimised
/// @param lower  least ratio of the narrowest bounds known to work
/// @param upper  greatest ratio of the narrowest bounds known to work
/// @param proved the greatest value of what was minimised below which it is proved that no weights exist:
///               `upper - 1` for symmetric bounds, `upper - lower` for a range
/// @param found  the value of what was minimised at the bounds known to work; the true least lies between
///               `proved` and this
/// @param solves feasibility problems solved
public record TightestBounds(Kind kind, double lower, double upper, double proved, double found, int solves) {
    /// A gap between `proved` and `found` below this is rounding.
    public static final double EXACT = 1e-6;

    /// What to minimise.
    public enum Kind {
        /// The least delta with `1 - delta <= w/d <= 1 + delta`; the lower bound may be negative.
        SYMMETRIC,
        /// The least `upper - lower` with `0 <= lower <= 1 <= upper`.
        RANGE
    }

    /// Searches. Up to 50 million rows times targets by linear programs, exactly; beyond that, symmetric
    /// bounds by bisection with truncated linear calibrations, until the bracket is below [#EXACT] or cannot
    /// be made smaller.
    ///
    /// Only targets that must be met count. Bounds of the problem's rows are not looked at.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no such bounds at all, naming why;
    ///         (BAD_SETTING) if a range is asked of a problem too large for linear programs
    public static TightestBounds search(Kind kind, CalibrationProblem problem, Engine engine, Progress progress) {
        return BoundsSearch.run(kind, problem, engine, progress);
    }

    /// How far the true least can be from what was found.
    public double gap() {
        return found - proved;
    }

    /// Bounds a little wider, as a calibration wants them: a part of their distance from 1 is added on both
    /// sides, as at the narrowest bounds themselves most weights stand at one of them.
    ///
    /// @param part such as 0.05, 0 or more
    public Bounds widened(double part) {
        double below = 1 - (1 - lower) * (1 + part);
        return Bounds.ofRatio(kind == Kind.RANGE ? Math.max(0, below) : below, 1 + (upper - 1) * (1 + part));
    }
}
