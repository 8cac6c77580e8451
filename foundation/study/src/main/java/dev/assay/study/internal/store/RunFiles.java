package dev.assay.study.internal.store;

import dev.assay.files.OwnFolder;
import dev.assay.files.Unwritable;
import dev.assay.study.RunView;
import dev.assay.study.StageView;
import dev.assay.study.UnreadableRun;
import dev.assay.study.internal.stored.StoredRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A run's folder while its process lives, and the folders of all runs.
public final class RunFiles implements AutoCloseable {
    private final Layout layout;
    private final String id;
    private final FileLocks.Held lock;

    private RunFiles(Layout layout, String id, FileLocks.Held lock) {
        this.layout = layout;
        this.id = id;
        this.lock = lock;
    }

    /// Makes the folder of a new run and holds its lock.
    ///
    /// @param wanted its id; `-2`, `-3` ... is added if there is such a run already
    /// @param text   the study as it was written
    /// @throws dev.assay.fault.Fault (STORAGE) if the workspace cannot be written
    public static RunFiles open(Layout layout, String wanted, String text) {
        OwnFolder files = layout.files();
        files.folder(layout.runs());
        String id = wanted;
        try {
            for (int next = 2; !files.claimed(layout.run(id)); next++) {
                id = wanted + "-" + next;
            }
            FileLocks.Held lock = FileLocks.tryAcquire(files, layout.runLock(id))
                    .orElseThrow(() -> new IOException("the new run is locked by somebody else"));
            files.folder(layout.temporary(id));
            files.write(layout.run(id).resolve("study.yaml"), text.getBytes(StandardCharsets.UTF_8));
            return new RunFiles(layout, id, lock);
        } catch (IOException e) {
            throw Unwritable.fault(e, layout.run(id), "workspace");
        }
    }

    /// The run's id.
    public String id() {
        return id;
    }

    /// Writes `run.json`.
    public void write(RunView run) {
        layout.files().write(layout.runJson(id), StoredRuns.bytes(run));
    }

    /// Deletes what is left of this run's unfinished work, and gives up the lock.
    @Override
    public void close() throws IOException {
        try {
            layout.files().delete(layout.temporary(id));
        } finally {
            lock.close();
        }
    }

    /// Deletes the unfinished work of runs whose process is gone: folders that are named like runs, and nothing
    /// else.
    public static void sweep(Layout layout) {
        OwnFolder files = layout.files();
        for (String name : files.folders(layout.temporary())) {
            if (Layout.isRunId(name) && !FileLocks.held(files, layout.runLock(name))) {
                files.delete(layout.temporary(name));
            }
        }
    }

    /// The runs of a workspace, and the folders among them that cannot be read.
    public record Listed(List<RunView> runs, List<UnreadableRun> unreadable) {}

    /// All runs, newest first, and what cannot be read of them, by name.
    public static Listed all(Layout layout) {
        List<RunView> runs = new ArrayList<>();
        List<UnreadableRun> unreadable = new ArrayList<>();
        for (String name : layout.files().folders(layout.runs())) {
            if (OwnFolder.isPlainName(name)) {
                read(layout, name, runs, unreadable);
            } else {
                unreadable.add(new UnreadableRun(name, "its folder has no name that a run can have"));
            }
        }
        runs.sort(Comparator.comparing(RunView::startedAt)
                .thenComparing(RunView::id)
                .reversed());
        unreadable.sort(Comparator.comparing(UnreadableRun::id));
        return new Listed(runs, unreadable);
    }

    private static void read(Layout layout, String id, List<RunView> runs, List<UnreadableRun> unreadable) {
        try {
            RunView run = StoredRuns.run(layout.files().read(layout.runJson(id)), id);
            boolean left =
                    run.status() == RunView.Status.RUNNING && !FileLocks.held(layout.files(), layout.runLock(id));
            runs.add(left ? interrupted(run) : run);
        } catch (StoredRuns.Unreadable e) {
            unreadable.add(new UnreadableRun(id, e.reason()));
        } catch (NoSuchFileException e) {
            // A run that is just beginning has its folder first.
            if (!FileLocks.held(layout.files(), layout.runLock(id))) {
                unreadable.add(new UnreadableRun(id, "it has no run.json"));
            }
        } catch (IOException e) {
            unreadable.add(
                    new UnreadableRun(id, "its run.json cannot be read; check that it is a file, and its permissions"));
        }
    }

    /// A run that says it is running, though its process is gone.
    private static RunView interrupted(RunView run) {
        return Views.withStages(
                Views.withStatus(run, RunView.Status.INTERRUPTED),
                run.stages().stream()
                        .map(s -> s.status() == StageView.Status.RUNNING
                                ? Views.withStatus(s, StageView.Status.INTERRUPTED)
                                : s)
                        .toList());
    }
}
