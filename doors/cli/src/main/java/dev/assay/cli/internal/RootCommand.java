package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import picocli.CommandLine.Command;

/// `assay` without a verb.
@Command(
        name = "assay",
        mixinStandardHelpOptions = true,
        version = "Assay 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A workbench for data and models that somebody will have to defend.",
            "",
            "  assay run studies/adult            run a study",
            "  assay weigh calibrate --help       run a single stage on files of your own",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 a stage failed, 2 command line, 3 drift (with --fail-on), 4 study file, 5 missing file, 6 damaged file, "
                    + "7 data break a rule, 8 setting, 9 storage, 10 verification, 11 no consent to send, 130 interrupted.",
            "Add --trace to any command to see where in the program a problem arose."
        })
final class RootCommand implements Runnable {
    @Override
    public void run() {
        throw Fault.of(Fault.Kind.USAGE, "say what to do; 'assay --help' lists the commands.");
    }
}
