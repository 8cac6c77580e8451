package dev.assay.cli.internal;

import dev.assay.study.Workspace;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options that every command about runs has.
final class WorkspaceOption {
    /// Below the current folder, in plain sight, because reports are opened from it.
    static final String DEFAULT = "assay-work";

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(DEFAULT);

    @Option(names = "--trace", description = "Show where in the program a problem arose.")
    private boolean trace;

    Workspace workspace() {
        return Workspace.at(folder);
    }

    boolean trace() {
        return trace;
    }
}
