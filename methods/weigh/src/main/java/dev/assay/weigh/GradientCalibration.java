package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.internal.descent.GradientRun;
import java.util.Optional;
import java.util.function.Consumer;

/// The `gradient` back end: weights `d_i exp(theta_i)` that make the squared relative errors of the targets
/// small, found by Adam (Kingma and Ba 2015) with the full gradient in closed form.
///
/// Minimises `(1 / sum omega) sum_j omega_j ((t_j - T_j) / s_j)^2 + mu (1 / sum d) sum_i d_i (g_i ln g_i -
/// g_i + 1)`, `g = exp(theta)`, `t = X'w`, `s_j = max(|T_j|, floor_j)`. Nothing divides by a target or takes
/// its logarithm, so 0 and negative ones are ordinary; as weights stay positive, a total of 0 is approached
/// ever more slowly. Use it where targets contradict each other, or where coming near is enough; where they
/// can be met, [Calibration] meets them exactly and in less time.
///
/// An epoch reads the design once: a row takes the errors of the last pass, moves, and adds its new weight's
/// contribution while it is in cache. Of all epochs the weights with the smallest greatest error are
/// returned. Beside the design it holds five numbers of 8 bytes a row.
public final class GradientCalibration {
    private GradientCalibration() {}

    /// Calibrates. The result is the same, bit for bit, on any number of threads, and whether or not the run
    /// was stopped and resumed in between.
    ///
    /// @param problem    costs of targets are not looked at: every target may be missed. `q` is not used
    /// @param each       told every epoch, in order; of a resumed run first those that were done before
    /// @param checkpoint where to keep the run and resume it from
    /// @return status CONVERGED if every target is within the tolerance on the stored weights, else
    ///         NOT_CONVERGED; the multipliers are 0
    /// @throws dev.assay.fault.Fault (BAD_SETTING) if `epochs * learningRate` is too short for the weights to
    ///     reach some positive target, naming it, or batches or groups do not fit the targets; (VERIFICATION)
    ///     if the checkpoint is of another problem; (MALFORMED_FILE) if it is damaged; both unless such a file
    ///     may be written over
    public static CalibrationResult solve(
            GradientSettings settings,
            CalibrationProblem problem,
            Engine engine,
            Progress progress,
            Consumer<Epoch> each,
            Optional<Checkpointing> checkpoint) {
        return GradientRun.run(settings, problem, engine, progress, each, checkpoint);
    }

    /// Calibrates without a listener or a checkpoint.
    public static CalibrationResult solve(
            GradientSettings settings, CalibrationProblem problem, Engine engine, Progress progress) {
        return solve(settings, problem, engine, progress, epoch -> {}, Optional.empty());
    }
}
