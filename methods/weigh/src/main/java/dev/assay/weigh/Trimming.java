package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.weigh.internal.Judgement;
import java.util.List;

/// Trimming: weights outside limits are cut, and what was cut off is spread evenly over the rows that were
/// not.
///
/// It keeps the sum of the weights and breaks the targets, which the result shows: its status is
/// NOT_CONVERGED unless they happen to hold still. Calibrating anew with absolute bounds ([Bounds#ofWeight])
/// keeps limits and targets both.
public final class Trimming {
    private static final int MOST_ROUNDS = 10_000;

    private Trimming() {}

    /// How long to go on.
    public enum Rounds {
        /// Until no weight is outside: spreading can push others over a limit.
        STRICT,
        /// One round; some weights may end up a little outside.
        ONCE
    }

    /// Trims.
    ///
    /// @param problem what the weights were calibrated to; its targets are judged anew
    /// @param weights `[rows]`, not changed
    /// @param least   least weight
    /// @param most    greatest weight, above `least`
    /// @throws Fault (BAD_SETTING) if the limits leave no room: the mean weight must lie between them
    public static CalibrationResult trim(
            CalibrationProblem problem, double[] weights, double least, double most, Rounds rounds, Engine engine) {
        if (!(least < most)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "The least weight must be below the greatest, not " + least + " and " + most + ".");
        }
        double[] trimmed = weights.clone();
        int round = 0;
        while (round < MOST_ROUNDS) {
            double cut = 0;
            int free = 0;
            boolean outside = false;
            for (double w : trimmed) {
                double kept = Math.min(Math.max(w, least), most);
                cut += w - kept;
                free += kept == w ? 1 : 0;
                outside |= kept != w;
            }
            if (!outside) {
                break;
            }
            if (free == 0) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "No weight is left between " + least + " and " + most
                                + " to take what is cut off; the limits must enclose the mean weight with room to spare.");
            }
            for (int i = 0; i < trimmed.length; i++) {
                double kept = Math.min(Math.max(trimmed[i], least), most);
                trimmed[i] = kept == trimmed[i] ? kept + cut / free : kept;
            }
            round++;
            if (rounds == Rounds.ONCE) {
                break;
            }
        }
        return Judgement.of(
                problem,
                CalibrationSettings.raking().withBounds(Bounds.ofWeight(least, most)),
                trimmed,
                round,
                0,
                List.of(),
                "Trimming kept the sum of the weights, not the targets; calibrate with bounds of " + least + " and "
                        + most + " on the weights to keep both.",
                engine);
    }
}
