package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Store;
import dev.assay.study.internal.stored.StoredRuns;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What confidential stages of earlier runs made, in this workspace or another: a study that takes it for a plain file
/// would tell what the run that made it withheld. A copy elsewhere is not known again.
final class ConfidentialOutputs {
    private static final String OUTPUTS = "outputs";
    private static final String RUNS = "runs";

    private ConfidentialOutputs() {}

    /// Whether a file or folder is such an output, or lies in one. Of a run whose record cannot be read nothing is
    /// known.
    static boolean cover(Path path) {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            return false;
        }
        for (Path at = real; at != null; at = at.getParent()) {
            if (Store.isConfidential(at) || isOfConfidentialStage(at)) {
                return true;
            }
        }
        return false;
    }

    /// Whether this is `runs/RUN/outputs/STAGE` of a workspace, and the run's record calls the stage confidential.
    private static boolean isOfConfidentialStage(Path folder) {
        Path outputs = folder.getParent();
        Path run = outputs == null ? null : outputs.getParent();
        Path runs = run == null ? null : run.getParent();
        Path workspace = runs == null ? null : runs.getParent();
        String id = name(run);
        if (workspace == null || !name(outputs).equals(OUTPUTS) || !name(runs).equals(RUNS) || !Layout.isRunId(id)) {
            return false;
        }
        Layout layout = Layout.of(workspace);
        try {
            return StoredRuns.run(layout.files().read(layout.runJson(id)), id).stages().stream()
                    .anyMatch(stage -> stage.name().equals(name(folder)) && stage.confidential());
        } catch (IOException | StoredRuns.Unreadable | Fault e) {
            return false;
        }
    }

    private static String name(@Nullable Path path) {
        return path == null ? "" : String.valueOf(path.getFileName());
    }
}
