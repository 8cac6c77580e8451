package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import picocli.CommandLine.Command;

/// `assay receipts`: verify, sign, keygen.
@Command(
        mixinStandardHelpOptions = true,
        description = "Check and sign what runs left behind.",
        subcommands = {VerifyCommand.class, SignCommand.class, KeygenCommand.class})
final class ReceiptsCommand implements Runnable {
    @Override
    public void run() {
        throw Fault.of(Fault.Kind.USAGE, "'assay receipts' needs a verb: verify, sign, keygen.");
    }
}
