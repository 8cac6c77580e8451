package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.SigningKey;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `assay receipts keygen`.
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = "Make an Ed25519 key to sign receipts with: key.pem for you alone, pub.pem for everybody.")
final class KeygenCommand implements Callable<Integer> {
    private static final String PRIVATE = "key.pem";
    private static final String PUBLIC = "pub.pem";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to put the two files.")
    private Path out = Path.of("");

    @Mixin
    private TraceOption trace = new TraceOption();

    @Override
    public Integer call() {
        if (Files.exists(out.resolve(PUBLIC), LinkOption.NOFOLLOW_LINKS)) {
            throw Fault.of(
                            Fault.Kind.STORAGE,
                            "there is a public key already, and keys are never replaced; choose another folder")
                    .at(out.resolve(PUBLIC).toString());
        }
        SigningKey key = SigningKey.generate();
        key.write(out.resolve(PRIVATE));
        key.verifyingKey().write(out.resolve(PUBLIC));
        Console.say("wrote " + out.resolve(PRIVATE) + " (private: keep it to yourself)");
        Console.say("wrote " + out.resolve(PUBLIC));
        Console.say("key id " + key.verifyingKey().keyId());
        return 0;
    }
}
