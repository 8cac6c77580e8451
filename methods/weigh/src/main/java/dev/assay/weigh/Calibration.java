package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.internal.Solve;

/// Finds weights close to the design weights that reproduce the targets.
///
/// Minimises `sum_i (d_i / q_i) G(w_i / d_i)` subject to `X'w = T` by Newton's method on the dual `sum_i (d_i
/// / q_i) H(q_i x_i'lambda) - T'lambda`, which is convex and has the size of the targets (Deville and Särndal
/// 1992). The result is the same, bit for bit, on any number of threads.
public final class Calibration {
    private Calibration() {}

    /// Calibrates with `q = 1`.
    ///
    /// @param designWeights `[rows]` finite, 0 or more; a row of weight 0 keeps weight 0
    /// @see #solve(CalibrationSettings, CalibrationProblem, Engine, Progress)
    public static CalibrationResult solve(
            CalibrationSettings settings,
            Design design,
            double[] designWeights,
            Targets targets,
            Engine engine,
            Progress progress) {
        return solve(settings, CalibrationProblem.of(design, designWeights, targets), engine, progress);
    }

    /// Calibrates.
    ///
    /// @param engine   must run in this process; its number of threads never changes the result
    /// @param progress told the Newton step, of at most `maxNewton`
    /// @throws java.util.concurrent.CancellationException if interrupted
    public static CalibrationResult solve(
            CalibrationSettings settings, CalibrationProblem problem, Engine engine, Progress progress) {
        return Solve.run(settings, problem, engine, progress);
    }
}
