package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.StageRegistry;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The tree of commands, and what happens when one ends.
public final class CommandLines {
    private CommandLines() {}

    /// Runs one command line.
    ///
    /// @return the exit code
    public static int run(String... arguments) {
        CommandLine root = new CommandLine(new RootCommand())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(CommandLines::failed)
                .setParameterExceptionHandler(CommandLines::misused);
        root.addSubcommand("run", new RunCommand())
                .addSubcommand("runs", new RunsCommand())
                .addSubcommand("show", new ShowCommand())
                .addSubcommand("diff", new DiffCommand())
                .addSubcommand("drift", new DriftCommand())
                .addSubcommand("receipts", new ReceiptsCommand())
                .addSubcommand("stages", new StagesCommand())
                .addSubcommand("schema", new SchemaCommand())
                .addSubcommand("reference", new ReferenceCommand());
        addStages(root);
        // Only commands that are there already take it over.
        root.setCaseInsensitiveEnumValuesAllowed(true);
        versioned(root, root.getCommandSpec().version());
        LimitOption.addTo(root);
        root.setExecutionStrategy(CommandLines::carriedOut);
        return root.execute(arguments);
    }

    /// Runs the command within the limits that the user sets, on the command line or in a file of the
    /// user's own.
    private static int carriedOut(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        // Whoever asks for help may be about to mend the configuration.
        if (last.isUsageHelpRequested() || last.isVersionHelpRequested()) {
            return new CommandLine.RunLast().execute(parsed);
        }
        Runnable undo;
        try {
            undo = LimitOption.apply(Configuration.ofUser().limits(), LimitOption.of(parsed));
        } catch (Fault fault) {
            return Console.tell(fault, parsed.originalArgs().contains("--trace"));
        }
        try {
            return new CommandLine.RunLast().execute(parsed);
        } finally {
            undo.run();
        }
    }

    /// `weigh.calibrate` becomes the command `weigh calibrate`.
    private static void addStages(CommandLine root) {
        TreeMap<String, TreeSet<String>> verbs = new TreeMap<>();
        for (String kind : StageRegistry.installed().kinds()) {
            int dot = kind.indexOf('.');
            verbs.computeIfAbsent(kind.substring(0, dot), s -> new TreeSet<>()).add(kind.substring(dot + 1));
        }
        verbs.forEach((system, names) -> {
            CommandSpec group = CommandSpec.wrapWithoutInspection((Runnable) () -> {
                throw Fault.of(Fault.Kind.USAGE, "'" + system + "' needs a verb: " + String.join(", ", names) + ".");
            });
            group.name(system);
            group.usageMessage().description("Single stages: " + String.join(", ", names));
            group.mixinStandardHelpOptions(true);
            CommandLine groupLine = new CommandLine(group);
            for (String verb : names) {
                groupLine.addSubcommand(verb, StageCommand.of(system + "." + verb));
            }
            if (system.equals("distil")) {
                groupLine.addSubcommand("why", new WhyCommand());
            }
            root.addSubcommand(system, groupLine);
        });
    }

    /// `--version` says the same at every command.
    private static void versioned(CommandLine command, String[] version) {
        command.getCommandSpec().version(version);
        command.getSubcommands().values().forEach(sub -> versioned(sub, version));
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        boolean trace = parsed.originalArgs().contains("--trace");
        return Console.tell(failure, trace);
    }

    private static int misused(CommandLine.ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        if (misuse.getCause() instanceof Fault fault) {
            return Console.tell(fault, false);
        }
        String name = command.getCommandSpec().qualifiedName();
        Console.complain(sentence(misuse, command) + " See '" + name + " --help'.");
        return Fault.Kind.USAGE.exitCode();
    }

    /// What was wrong, in our words where the parser's say little.
    private static String sentence(CommandLine.ParameterException misuse, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        if (misuse instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().getFirst();
            if (given.startsWith("-")) {
                TreeSet<String> options = new TreeSet<>();
                command.getCommandSpec().options().stream()
                        .filter(o -> !o.hidden())
                        .forEach(o -> options.add(o.longestName()));
                return "'" + name + "' has no option '" + given + "'." + Nearest.clause(given, options);
            }
            return command.getSubcommands().isEmpty()
                    ? "'" + name + "' does not know what to do with '" + given + "'."
                    : "there is no command '" + name + " " + given + "'."
                            + Nearest.clause(given, command.getSubcommands().keySet());
        }
        if (misuse instanceof CommandLine.OverwrittenOptionException twice
                && twice.getOverwritten() instanceof CommandLine.Model.OptionSpec option) {
            return "the option '" + option.longestName() + "' is given twice; give it once.";
        }
        String said = String.valueOf(misuse.getMessage());
        return said.endsWith(".") ? said : said + ".";
    }

    /// Whether this is how the engine and the runner say that they were stopped.
    static boolean stopped(Throwable failure) {
        return failure instanceof CancellationException;
    }
}
