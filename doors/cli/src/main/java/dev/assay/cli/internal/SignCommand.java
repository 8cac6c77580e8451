package dev.assay.cli.internal;

import dev.assay.receipt.DigestKey;
import dev.assay.receipt.ReceiptSigner;
import dev.assay.receipt.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay receipts sign RUN --key FILE`.
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Check a run against its receipts and, if they agree, sign them.")
final class SignCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            defaultValue = "latest",
            description = "A run's id or the beginning of it, latest, or a run's folder (default: latest).")
    private String id = "latest";

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "Your private key, a PEM file.")
    private Path key = Path.of("");

    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        SigningKey signing = SigningKey.read(key);
        Path folder = option.runFolder(id).toAbsolutePath().normalize();
        int signed = ReceiptSigner.sign(
                folder, signing, option.workspace().digestKey().map(DigestKey::read));
        Console.say(signed + " statements signed by " + signing.verifyingKey().keyId());
        Path runs = folder.getParent();
        if (runs != null) {
            Console.say("public key " + ReceiptSigner.leaveKey(runs, signing.verifyingKey()));
        }
        return 0;
    }
}
