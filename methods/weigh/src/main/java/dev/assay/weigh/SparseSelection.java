package dev.assay.weigh;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.internal.descent.SparseRun;
import java.util.Optional;
import java.util.function.Consumer;

/// The `sparse` back end: few rows whose weights reproduce the targets, found with HardConcrete gates
/// (Louizos, Welling and Kingma 2018).
///
/// The weight of row i is `d_i exp(theta_i) z_i`. In training `z` is drawn from a binary concrete
/// distribution, stretched to (-0.1, 1.1) and cut to [0, 1], so that it can be exactly 0 and still has a
/// gradient; afterwards it has its evaluation value. The loss is the mean squared relative error of the
/// targets, plus `lambda` times the mean probability of an open gate, plus a slight price on `theta`.
///
/// `lambda` is 0 for the first fifth of the epochs, rises linearly until 60 percent, stays until 90 percent;
/// then gates are frozen and only weights move. Only the first batch of targets prunes. Every ten epochs a
/// run checks that every target still has a row and enough rows are left, and stops if not. At last the exact
/// method meets the targets with the rows that are left ("polish").
///
/// Beside the design it holds eight numbers of 8 bytes a row.
public final class SparseSelection {
    private SparseSelection() {}

    /// The probability that a gate is open.
    ///
    /// @param location    the gate's parameter
    /// @param temperature beta
    public static double openProbability(double location, double temperature) {
        return SparseRun.open(location, temperature);
    }

    /// The value of a gate once trained: exactly 0 from `-beta ln 11` down, exactly 1 from `beta ln 11` up.
    public static double gate(double location, double temperature) {
        return SparseRun.gate(location, temperature);
    }

    /// The value of a gate in training.
    ///
    /// @param uniform the draw, in (0, 1)
    public static double gate(double location, double temperature, double uniform) {
        return SparseRun.drawn(location, temperature, uniform);
    }

    /// Selects. The result is the same, bit for bit, on any number of threads, and whether or not the run was
    /// stopped and resumed in between: a draw is a function of seed, run, epoch and row.
    ///
    /// @param problem    costs of targets, bounds of rows and `q` are not looked at
    /// @param seed       of the gates' draws
    /// @param each       told every epoch of every run, in order; of a resumed run those that were left to do
    /// @param checkpoint where to keep the run and resume it from
    /// @throws dev.assay.fault.Fault (BAD_SETTING) if batches or groups do not fit the targets, or more rows
    ///     are asked for than there are; (VERIFICATION) if the checkpoint is of another problem;
    ///     (MALFORMED_FILE) if it is damaged; both unless such a file may be written over
    public static SelectionResult select(
            SparseSettings settings,
            CalibrationProblem problem,
            Seed seed,
            Engine engine,
            Progress progress,
            Consumer<Epoch> each,
            Optional<Checkpointing> checkpoint) {
        return SparseRun.run(settings, problem, seed, engine, progress, each, checkpoint);
    }

    /// Selects without a listener or a checkpoint.
    public static SelectionResult select(
            SparseSettings settings, CalibrationProblem problem, Seed seed, Engine engine, Progress progress) {
        return select(settings, problem, seed, engine, progress, epoch -> {}, Optional.empty());
    }
}
