package dev.assay.distil.internal.replay;

import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplayTask;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.study.StageContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Known right answers, brought to runs by the task's id and held against what was asked.
final class References {
    private final Map<String, String> byId;
    private final boolean given;
    private final long runs;
    private final long runsWithout;
    private final long tasksWithoutRun;

    private References(Map<String, String> byId, boolean given, long runs, long runsWithout, long tasksWithoutRun) {
        this.byId = byId;
        this.given = given;
        this.runs = runs;
        this.runsWithout = runsWithout;
        this.tasksWithoutRun = tasksWithoutRun;
    }

    /// Brings tasks and runs together.
    ///
    /// @param runs each task's id once
    /// @throws Fault (BAD_DATA) if no task has the id of a run, or one of a run's id asks something else
    static References of(Optional<List<ReplayTask>> tasks, List<ReplayRun> runs) {
        Map<String, ReplayTask> byId = new HashMap<>();
        tasks.ifPresent(list -> list.forEach(task -> byId.put(task.id(), task)));
        Map<String, String> references = new HashMap<>();
        Set<String> found = new HashSet<>();
        long without = 0;
        for (ReplayRun run : runs) {
            ReplayTask task = byId.get(run.taskId());
            if (task != null) {
                found.add(run.taskId());
                requireSame(task, run);
                task.reference().ifPresent(reference -> references.put(run.taskId(), reference));
            }
            without += references.containsKey(run.taskId()) ? 0 : 1;
        }
        if (tasks.isPresent() && found.isEmpty()) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "no task here has the id of a run, so that no reference could be used: give the tasks that were "
                                    + "replayed")
                    .at("tasks");
        }
        return new References(references, tasks.isPresent(), runs.size(), without, byId.size() - (long) found.size());
    }

    private static void requireSame(ReplayTask task, ReplayRun run) {
        if (!Digest.of(NormalText.of(task.text())).hex().equals(run.taskHash())) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the task of this id is not the one that was replayed, and its reference may answer something else:"
                                    + " give the tasks that were replayed")
                    .at("tasks, task_id '" + task.id() + "'");
        }
    }

    /// The reference of a task, if it is known.
    Optional<String> of(String taskId) {
        return Optional.ofNullable(byId.get(taskId));
    }

    /// Says what did not come together.
    void tell(StageContext context) {
        if (!given) {
            return;
        }
        context.count("references.runs-without", runsWithout);
        context.count("references.tasks-without-run", tasksWithoutRun);
        if (runsWithout > 0) {
            context.warn(runsWithout + " of " + runs
                    + " tasks replayed have no reference: right answers are counted among the others.");
        }
        if (tasksWithoutRun > 0) {
            context.warn(tasksWithoutRun + " of the tasks given were not replayed.");
        }
    }
}
