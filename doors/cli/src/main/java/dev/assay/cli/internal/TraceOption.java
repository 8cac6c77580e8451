package dev.assay.cli.internal;

import picocli.CommandLine.Option;

/// The option that every command has. [CommandLines] looks for it itself, since a command that failed cannot be
/// asked.
final class TraceOption {
    @Option(names = "--trace", description = "Show where in the program a problem arose.")
    private boolean trace;

    boolean given() {
        return trace;
    }
}
