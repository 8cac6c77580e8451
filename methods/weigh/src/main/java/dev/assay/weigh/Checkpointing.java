package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.nio.file.Path;

/// Where a run of [GradientCalibration] or [SparseSelection] keeps itself, so that one that was stopped goes
/// on as if it had not been: bit for bit the same weights.
///
/// The file holds all parameters, the optimiser's moments, the epoch and digests of rows, targets, settings
/// and seed. It is written beside, forced to disk and renamed, so that it is whole at any moment. If it is
/// there when a run starts, the run goes on from it. A file that is damaged or of another problem is refused,
/// naming what differs, so that nobody loses a run to a mistaken path; or it is written over, where the file
/// is the program's own and nobody could be asked about it.
///
/// @param file            the file
/// @param every           epochs between two writes, at least 1
/// @param writesOverOther whether a run starts anew and writes over a file that it cannot go on from
public record Checkpointing(Path file, int every, boolean writesOverOther) {
    /// Checkpoints in a file of which another run's is refused.
    ///
    /// @throws Fault (BAD_SETTING) if `every` is below 1
    public Checkpointing(Path file, int every) {
        this(file, every, false);
    }

    /// @throws Fault (BAD_SETTING) if `every` is below 1
    public Checkpointing {
        if (every < 1) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "A checkpoint is written every 1 or more epochs, not " + every + ".");
        }
    }

    /// The same in a file of the program's own: one that is damaged or of another run is written over.
    public Checkpointing writingOverOthers() {
        return new Checkpointing(file, every, true);
    }
}
