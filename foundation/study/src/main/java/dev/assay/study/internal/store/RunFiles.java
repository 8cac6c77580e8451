package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import dev.assay.study.RunView;
import dev.assay.study.StageView;
import dev.assay.study.UnreadableRun;
import dev.assay.study.internal.stored.StoredRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
    /// @throws Fault (STORAGE) if the workspace cannot be written
    public static RunFiles open(Layout layout, String wanted, String text) {
        Storage.folder(layout.runs());
        String id = wanted;
        try {
            for (int next = 2; !claim(layout.run(id)); next++) {
                id = wanted + "-" + next;
            }
            FileLocks.Held lock = FileLocks.tryAcquire(layout.runLock(id))
                    .orElseThrow(() -> new IOException("the new run is locked by somebody else"));
            Files.createDirectories(layout.temporary(id));
            Storage.write(layout.run(id).resolve("study.yaml"), text.getBytes(StandardCharsets.UTF_8));
            return new RunFiles(layout, id, lock);
        } catch (IOException e) {
            throw Storage.fault(e, layout.run(id));
        }
    }

    private static boolean claim(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// The run's id.
    public String id() {
        return id;
    }

    /// Writes `run.json`.
    public void write(RunView run) {
        Storage.write(layout.runJson(id), StoredRuns.bytes(run));
    }

    /// Deletes what is left of this run's unfinished work, and gives up the lock.
    @Override
    public void close() throws IOException {
        try {
            Storage.delete(layout.temporary(id));
        } finally {
            lock.close();
        }
    }

    /// Deletes the unfinished work of runs whose process is gone.
    public static void sweep(Layout layout) {
        if (!Files.isDirectory(layout.temporary())) {
            return;
        }
        try (Stream<Path> left = Files.list(layout.temporary())) {
            for (Path folder : left.toList()) {
                if (!FileLocks.held(layout.runLock(String.valueOf(folder.getFileName())))) {
                    Storage.delete(folder);
                }
            }
        } catch (IOException e) {
            throw Storage.fault(e, layout.temporary());
        }
    }

    /// The runs of a workspace, and the folders among them that cannot be read.
    public record Listed(List<RunView> runs, List<UnreadableRun> unreadable) {}

    /// All runs, newest first, and what cannot be read of them, by name.
    public static Listed all(Layout layout) {
        List<RunView> runs = new ArrayList<>();
        List<UnreadableRun> unreadable = new ArrayList<>();
        if (Files.isDirectory(layout.runs())) {
            try (Stream<Path> folders = Files.list(layout.runs())) {
                for (Path folder : folders.filter(Files::isDirectory).toList()) {
                    read(layout, String.valueOf(folder.getFileName()), runs, unreadable);
                }
            } catch (IOException e) {
                throw Fault.of(Fault.Kind.MISSING_FILE, "the folder cannot be read; check its permissions")
                        .at(layout.runs().toString())
                        .causedBy(e);
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
            RunView run = StoredRuns.run(Files.readAllBytes(layout.runJson(id)), id);
            boolean left = run.status() == RunView.Status.RUNNING && !FileLocks.held(layout.runLock(id));
            runs.add(left ? interrupted(run) : run);
        } catch (StoredRuns.Unreadable e) {
            unreadable.add(new UnreadableRun(id, e.reason()));
        } catch (NoSuchFileException e) {
            // A run that is just beginning has its folder first.
            if (!FileLocks.held(layout.runLock(id))) {
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
