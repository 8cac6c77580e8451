package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.study.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private TraceOption trace = new TraceOption();

    Workspace workspace() {
        if (folder.toString().isBlank()) {
            throw Fault.of(Fault.Kind.USAGE, "--workspace needs the name of a folder, and this is blank.");
        }
        return Workspace.at(folder);
    }

    /// The folder of a run.
    ///
    /// @param run an id, the beginning of one, `latest`, or a path with a `/` in it
    /// @throws dev.assay.fault.Fault (USAGE) if there is no such run
    Path runFolder(String run) {
        if (run.contains("/") && Files.isDirectory(Path.of(run))) {
            return Path.of(run);
        }
        Workspace workspace = workspace();
        return workspace.folder(workspace.run(run));
    }

    boolean trace() {
        return trace.given();
    }
}
