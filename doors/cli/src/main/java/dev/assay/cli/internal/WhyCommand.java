package dev.assay.cli.internal;

import dev.assay.distil.Trail;
import dev.assay.fault.Fault;
import dev.assay.study.RunView;
import dev.assay.study.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay distil why ID`.
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Tell what became of a row: its source, its category, its samples, or why there are none.")
final class WhyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Of a piece of evidence, of a run, or of a sample.")
    private String id = "";

    @Option(
            names = "--run",
            paramLabel = "RUN",
            defaultValue = "latest",
            description = "The run to look in (default: ${DEFAULT-VALUE}).")
    private String run = "latest";

    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw Fault.of(Fault.Kind.USAGE, "the id is empty; give that of a piece of evidence, a run or a sample");
        }
        Workspace workspace = option.workspace();
        RunView found = workspace.run(run);
        Path outputs = workspace.folder(found).resolve("outputs");
        List<Trail.Step> steps = Files.isDirectory(outputs) ? Trail.of(outputs, id) : List.of();
        if (steps.isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "nothing in run " + found.id() + " of study " + found.study()
                            + " has this id; give that of a piece of evidence, a run or a sample, and name the run by --run");
        }
        steps.forEach(step -> {
            Console.say(step.file() + ":" + step.line());
            Console.say("    " + step.says());
        });
        return 0;
    }
}
