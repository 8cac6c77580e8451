package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.files.Tree;
import dev.assay.frame.FrameFile;
import dev.assay.frame.WriteOptions;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.Shape;
import dev.assay.study.StageRegistry;
import dev.assay.study.StageView;
import dev.assay.study.StudyFile;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A single stage as a command.
@CommandLine.Command(mixinStandardHelpOptions = true, sortOptions = false)
final class StageCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("parquet", "csv", "jsonl");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Copy the stage's outputs here, tables in the format that --format says.")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "parquet|csv|jsonl",
            defaultValue = "parquet",
            description = "Format of the tables copied to --out (default: ${DEFAULT-VALUE}).")
    private String format = "parquet";

    @Option(
            names = "--spreadsheet-guard",
            description =
                    "With --format csv: put a ' in front of texts and column names that a spreadsheet would take for "
                            + "a formula.")
    private boolean spreadsheetGuard;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random, any 64-bit number (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--confidential",
            paramLabel = "INPUT[,INPUT...]",
            split = ",",
            description =
                    "Inputs whose files are confidential, with all their labels: their paths and names are neither "
                            + "shown nor kept.")
    private List<String> confidential = List.of();

    @Mixin
    private RunOptions options = new RunOptions();

    private final StageDescription stage;

    private StageCommand(StageDescription stage) {
        this.stage = stage;
    }

    /// The command of a kind. Its options are added when it is looked at, so that starting costs nothing per
    /// kind.
    static CommandLine of(String kind) {
        StageDescription stage = StageRegistry.installed().get(kind);
        CommandLine command = new CommandLine(new StageCommand(stage));
        StageOptions.add(command.getCommandSpec(), stage);
        command.getCommandSpec().usageMessage().customSynopsis(StageOptions.synopsis(stage));
        StringBuilder outputs = new StringBuilder("Makes: ");
        stage.artefacts()
                .forEach(a -> outputs.append(outputs.length() > 7 ? "; " : "")
                        .append(a.name())
                        .append(" (")
                        .append(a.about())
                        .append(")"));
        String memory = stage.inputs().stream().anyMatch(i -> i.shape() instanceof Shape.Table t && t.held())
                ? "Tables held in memory take 8 bytes a number, 4 a category and some 50 a different text; if they do not "
                        + "fit into 70 %% of the heap, the stage is refused before it reads them."
                : "";
        command.getCommandSpec()
                .usageMessage()
                .description(
                        Stream.of(capital(stage.summary()) + ".", outputs + ".", memory)
                                .filter(line -> !line.isEmpty())
                                .collect(Collectors.joining("%n")),
                        "")
                .footer("", "The same in a study file: kind: " + kind + ", with these options as keys.");
        return command;
    }

    @Override
    public Integer call() {
        Map<String, String> given = StageOptions.given(spec.commandLine().getParseResult(), stage);
        if (given.isEmpty()) {
            throw Fault.of(
                    Fault.Kind.USAGE,
                    "'" + spec.qualifiedName() + "' needs its inputs; '" + spec.qualifiedName()
                            + " --help' lists them.");
        }
        if (!FORMATS.contains(format)) {
            throw Fault.of(
                    Fault.Kind.USAGE,
                    "--format must be parquet, csv or jsonl, got '" + format + "'." + Nearest.clause(format, FORMATS));
        }
        if (spreadsheetGuard && !format.equals("csv")) {
            throw Fault.of(Fault.Kind.USAGE, "--spreadsheet-guard is for --format csv; leave it out or add that.");
        }
        StudyFile study = StudyFile.single(
                stage.kind(),
                new LinkedHashMap<>(given),
                confidential.stream().map(String::strip).toList(),
                seed,
                Path.of(""),
                StageRegistry.installed());
        StudyRun run = StudyRun.of(study, options);
        int code = run.call();
        boolean passed = code == 0 || code == Fault.Kind.DRIFT_ALERT.exitCode();
        if (passed && !out.toString().isEmpty() && !options.dryRun()) {
            copy(run);
        }
        return code;
    }

    private void copy(StudyRun run) {
        Workspace workspace = options.workspace().workspace();
        try {
            Tree.makeFolders(out);
            for (StageView each : run.result().stages()) {
                for (StageView.OutputView output : each.outputs()) {
                    Path from = workspace.artefact(run.result(), each, output);
                    if (output.form() == StageView.Form.TABLE && !format.equals("parquet")) {
                        Path to = out.resolve(output.artefact() + "." + format);
                        FrameFile.of(from).copyTo(to, new WriteOptions(spreadsheetGuard));
                        Console.say("wrote " + to);
                    } else {
                        Path to = out.resolve(output.file());
                        Tree.copy(from, to);
                        Console.say("wrote " + to);
                    }
                }
            }
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.STORAGE, "the outputs could not be copied there; they are in the run's folder")
                    .at(out.toString())
                    .causedBy(e);
        }
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
