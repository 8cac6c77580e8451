package dev.assay.cli.internal;

import dev.assay.study.StageRegistry;
import dev.assay.study.StudyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay run STUDY`.
@Command(
        mixinStandardHelpOptions = true,
        description = "Run a study: what is not already done runs, the rest is reused.")
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STUDY", description = "A study file, or a folder with a study.yaml.")
    private Path study = Path.of("study.yaml");

    @Option(
            names = "--set",
            paramLabel = "STAGE.KEY=VALUE",
            description = "Override a setting of the file, drift.KEY=VALUE, or seed=N. May be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        return StudyRun.of(StudyFile.parse(study, overrides, StageRegistry.installed()), options)
                .call();
    }
}
