package dev.assay.distil;

import dev.assay.distil.internal.endpoint.Pacing;
import dev.assay.distil.internal.replay.Replayer;
import dev.assay.study.Permissions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives tasks to a model together with what earlier runs say about them, judges the answers and logs
/// everything. Thread-safe. Whoever opens it closes it; the retriever stays open.
public final class Replay implements AutoCloseable {
    private final Replayer replayer;

    private Replay(Replayer replayer) {
        this.replayer = replayer;
    }

    /// Opens a log and the connections.
    ///
    /// @param retriever what to retrieve from; without one tasks are given alone
    /// Only end points on this machine are asked, and none that wants a key: see
    /// [#open(ReplaySettings, Optional, Optional, Path, Permissions)].
    ///
    /// @param log       a file that runs are appended to
    /// @throws dev.assay.fault.Fault CONSENT if another end point is to be asked; BAD_SETTING if a key
    ///     is named but not set, or queries would be embedded
    ///     elsewhere though nothing may leave this machine; STORAGE if the log cannot be written
    public static Replay open(ReplaySettings settings, Optional<Retriever> retriever, Path log) {
        return open(settings, retriever, Optional.empty(), log, Permissions.loopback());
    }

    /// Opens a log and the connections of a replay that can tell a task's own runs from others.
    ///
    /// @param retriever what to retrieve from; without one tasks are given alone
    /// @param earlier   which runs are of the tasks that are to be replayed, and of no other task; needed if
    ///                  they are to be left out
    /// @param log       a file that runs are appended to
    /// @param permissions where tasks may be sent: `Permissions.only(List.of(endPoint.destination("the
    ///     tasks")))` for
    ///                    an end point that the program itself names
    /// @throws dev.assay.fault.Fault as [#open(ReplaySettings, Optional, Path)], and BAD_SETTING if runs are
    ///     to be left out and it is not known which
    public static Replay open(
            ReplaySettings settings,
            Optional<Retriever> retriever,
            Optional<EarlierRuns> earlier,
            Path log,
            Permissions permissions) {
        return open(settings, retriever, earlier, log, permissions, Pacing.REAL, System::getenv);
    }

    static Replay open(
            ReplaySettings settings,
            Optional<Retriever> retriever,
            Path log,
            Permissions permissions,
            Pacing pacing,
            Function<String, @Nullable String> environment) {
        return open(settings, retriever, Optional.empty(), log, permissions, pacing, environment);
    }

    static Replay open(
            ReplaySettings settings,
            Optional<Retriever> retriever,
            Optional<EarlierRuns> earlier,
            Path log,
            Permissions permissions,
            Pacing pacing,
            Function<String, @Nullable String> environment) {
        return new Replay(Replayer.open(settings, retriever, earlier, log, permissions, pacing, environment));
    }

    /// Whether the first responder can be reached; always true of those that need no end point.
    public boolean isReachable() {
        return replayer.isReachable();
    }

    /// Replays one task and logs it. What goes wrong with a model or with an embeddings end point is a part
    /// of the run.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if the run cannot be logged
    /// @throws IllegalArgumentException if it is known which runs are those of some tasks, and this is none of
    ///     them
    /// @throws java.util.concurrent.CancellationException if the thread is interrupted; the run is not logged
    ///     then
    public ReplayRun run(ReplayTask task) {
        return replayer.run(task);
    }

    @Override
    public void close() {
        replayer.close();
    }
}
