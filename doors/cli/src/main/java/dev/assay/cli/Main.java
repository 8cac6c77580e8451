package dev.assay.cli;

import dev.assay.cli.internal.CommandLines;
import dev.assay.cli.internal.StandardError;

/// What the launcher starts.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code (see [dev.assay.fault.Fault.Kind]).
    public static void main(String[] arguments) {
        StandardError.restore();
        System.exit(CommandLines.run(arguments));
    }
}
