package dev.assay.study.internal.run;

import dev.assay.study.RunView;
import dev.assay.study.RunView.ClaimView;
import dev.assay.study.RunView.DriftView;
import dev.assay.study.StageView;
import dev.assay.study.internal.store.RunFiles;
import dev.assay.study.internal.store.Views;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far a run has come; `run.json` follows each change, so that it is true whenever the process ends. Used
/// by the run's own thread only.
final class RunBoard {
    private final RunFiles files;
    private RunView view;

    RunBoard(RunFiles files, RunView view) {
        this.files = files;
        this.view = view;
        files.write(view);
    }

    /// The run as it stands.
    RunView view() {
        return view;
    }

    /// Puts a stage in place of the one with its name.
    void put(StageView stage) {
        view = Views.withStages(
                view,
                view.stages().stream()
                        .map(s -> s.name().equals(stage.name()) ? stage : s)
                        .toList());
        files.write(view);
    }

    /// The end.
    RunView finish(RunView.Status status, Instant at, List<ClaimView> claims, Optional<DriftView> drift) {
        view = Views.finished(view, status, at, claims, drift);
        files.write(view);
        return view;
    }
}
