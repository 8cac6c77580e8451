package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.nio.file.Path;

/// Where a run of [GradientCalibration] or [SparseSelection] keeps itself, so that one that was stopped goes
/// on as if it had not been: bit for bit the same weights.
///
/// The file holds all parameters, the optimiser's moments, the epoch and digests of rows, targets, settings
/// and seed. It is written beside, forced to disk and renamed, so that it is whole at any moment. If it is
/// there when a run starts, the run goes on from it; a file of another problem is refused, naming what
/// differs.
///
/// @param file  the file
/// @param every epochs between two writes, at least 1
public record Checkpointing(Path file, int every) {
    /// @throws Fault (BAD_SETTING) if `every` is below 1
    public Checkpointing {
        if (every < 1) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "A checkpoint is written every 1 or more epochs, not " + every + ".");
        }
    }
}
