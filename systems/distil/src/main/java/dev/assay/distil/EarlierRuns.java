package dev.assay.distil;

import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.KeySet;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.distil.internal.rows.Batches;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which runs of some evidence are of the very tasks that are to be replayed. Immutable.
///
/// A run is a task's own if its evidence has the task's id as `task_id`, or a prompt whose normal text is that
/// of the task: line feeds alone, Unicode NFC, no spaces or tabs at the ends of lines, no white space around
/// the whole. A prompt that only contains the task, or says it in other words, under another id is not told
/// from others.
///
/// Playbooks name their run, and a run's id is unique in its stream only. Where runs of two streams have one
/// id and one of them is a task's own, both count as own: rather leave out a run too many than show a task its
/// answer. Of runs that the evidence does not hold nothing is known, see [#holds(String)].
public final class EarlierRuns {
    private final Set<ReplayTask> tasks;
    private final Map<String, Set<String>> byRun;
    private final KeySet held;

    private EarlierRuns(Set<ReplayTask> tasks, Map<String, Set<String>> byRun, KeySet held) {
        this.tasks = tasks;
        this.byRun = byRun;
        this.held = held;
    }

    /// What a row is to the tasks: the ids of those whose own it is, mostly none.
    private record Match(String runId, KeySet.Key key, Set<String> taskIds) {}

    /// Goes through the evidence once. Memory: the tasks, a few batches of rows, the ids of runs that match,
    /// and 16 to 43 bytes a row.
    ///
    /// @param evidence a folder of evidence, such as `distil.collect` makes
    /// @param tasks    those that are to be replayed, each with an id of its own
    /// @throws Fault if it is no folder of evidence, or a line of it is damaged
    public static EarlierRuns in(Path evidence, List<ReplayTask> tasks, Engine engine) {
        EvidenceFolder folder = EvidenceFolder.open(evidence);
        Set<String> ids = new HashSet<>();
        Map<String, Set<String>> byText = new HashMap<>();
        for (ReplayTask task : tasks) {
            ids.add(task.id());
            byText.computeIfAbsent(NormalText.of(task.text()), text -> new HashSet<>())
                    .add(task.id());
        }
        Map<String, Set<String>> byRun = new HashMap<>();
        KeySet held = new KeySet();
        for (String partition : folder.partitions()) {
            Path file = folder.folder().resolve(partition);
            try (RowReader rows = ByteRows.lines(Files.newInputStream(file))) {
                Batches.each(rows, engine, row -> match(row, file, ids, byText), matches -> {
                    for (Match each : matches) {
                        held.add(each.key());
                        if (!each.taskIds().isEmpty()) {
                            byRun.computeIfAbsent(each.runId(), run -> new HashSet<>())
                                    .addAll(each.taskIds());
                        }
                    }
                });
            } catch (IOException e) {
                throw Storage.fault(file, e);
            }
        }
        return new EarlierRuns(Set.copyOf(tasks), byRun, held);
    }

    private static Match match(RawRow row, Path file, Set<String> ids, Map<String, Set<String>> byText) {
        EvidenceRecord record = EvidenceFolder.record(row, file);
        String id = record.taskId();
        Set<String> same = record.prompt()
                .map(prompt -> byText.getOrDefault(NormalText.of(prompt), Set.of()))
                .orElse(Set.of());
        KeySet.Key key = KeySet.Key.of(record.runId());
        if (!ids.contains(id)) {
            return new Match(record.runId(), key, same);
        }
        Set<String> both = new HashSet<>(same);
        both.add(id);
        return new Match(record.runId(), key, both);
    }

    /// Whether the evidence holds a run of this id. Whose own another one is cannot be told.
    ///
    /// @param runId as playbooks name it
    public boolean holds(String runId) {
        return held.has(KeySet.Key.of(runId));
    }

    /// Whether a run is a task's own.
    ///
    /// @param runId as evidence and playbooks name it
    /// @throws IllegalArgumentException if the task is none of those that were looked for
    public boolean isOwn(ReplayTask task, String runId) {
        if (!tasks.contains(task)) {
            throw new IllegalArgumentException("runs of this task were not looked for");
        }
        return byRun.getOrDefault(runId, Set.of()).contains(task.id());
    }
}
