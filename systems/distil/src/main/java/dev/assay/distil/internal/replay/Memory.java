package dev.assay.distil.internal.replay;

import dev.assay.distil.ReplayArm;
import dev.assay.distil.ReplayRun;
import java.util.List;

/// How many tasks were replayed with earlier runs of themselves: what comes out right there was remembered.
final class Memory {
    private Memory() {}

    /// Whether it is known of all runs. Without retrieval nothing is shown, which needs no evidence.
    static boolean isKnown(List<ReplayRun> runs) {
        return runs.stream()
                .allMatch(run -> run.arm() == ReplayArm.NO_RETRIEVAL
                        || run.bundle().ownRuns().isPresent());
    }

    /// Tasks that are known to have been shown a run of themselves.
    static long tasks(List<ReplayRun> runs) {
        return runs.stream().filter(run -> run.bundle().ownRuns().orElse(0) > 0).count();
    }

    /// What to make of it.
    ///
    /// @param own how many of the tasks
    static String warning(long own, long tasks) {
        return own + " of " + tasks + " tasks were shown earlier runs of themselves: what comes out right there shows "
                + "memory; set own-runs of distil.replay to leave-out to measure help.";
    }
}
