package dev.assay.cli.internal;

import dev.assay.study.RunSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of everything that runs stages.
final class RunOptions {
    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--fresh", description = "Run every stage, even those whose results are there.")
    private boolean fresh;

    @Option(names = "--dry-run", description = "Print what would run or be reused, and why; run nothing.")
    private boolean dryRun;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use (default: all cores). Results do not depend on it.")
    private int threads;

    WorkspaceOption workspace() {
        return workspace;
    }

    boolean dryRun() {
        return dryRun;
    }

    int threads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    RunSettings settings() {
        return RunSettings.DEFAULT
                .withFresh(fresh)
                .withParallelStages(Math.min(threads(), RunSettings.MOST_PARALLEL_STAGES));
    }
}
