package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.AtomicFile;
import dev.assay.receipt.internal.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Signs the statements of a run that is over.
public final class ReceiptSigner {
    private ReceiptSigner() {}

    /// Puts an envelope beside every statement of a run. An envelope that is there keeps the signatures of
    /// other keys.
    ///
    /// Whoever signs vouches, so the run is checked before, and one that its receipts speak against is not
    /// signed. Keyed digests are not checked.
    ///
    /// The run's last statement is signed last. Signing that was interrupted is mended by signing again.
    ///
    /// @return how many statements were signed
    /// @throws Fault (MISSING_FILE) if there is no such run, (VERIFICATION) if something speaks against it,
    ///     (STORAGE) if an envelope cannot be written
    public static int sign(Path runFolder, SigningKey key) {
        return sign(runFolder, key, Optional.empty());
    }

    /// As [#sign(Path, SigningKey)], but keyed digests are checked too.
    ///
    /// @param digestKey the key of the digests of confidential files; nothing to leave those unchecked
    /// @return how many statements were signed
    /// @throws Fault as [#sign(Path, SigningKey)] does
    public static int sign(Path runFolder, SigningKey key, Optional<DigestKey> digestKey) {
        discardUnfinished(runFolder);
        Verification found = ReceiptVerifier.verify(runFolder, List.of(), List.of(), digestKey);
        boolean stopped =
                !Files.exists(runFolder.resolve(ReceiptNames.envelope(ReceiptNames.RUN)), LinkOption.NOFOLLOW_LINKS);
        // Where signing was stopped before its end, the signatures that are missing are made now.
        long problems = found.problems().stream()
                .filter(problem -> !(stopped && problem.outcome() == Verification.Outcome.SIGNATURE_MISSING))
                .count();
        if (problems > 0) {
            throw Fault.of(
                            Fault.Kind.VERIFICATION,
                            problems + (problems == 1 ? " finding speaks" : " findings speak")
                                    + " against this run, so it is not signed; 'assay receipts verify' lists them")
                    .at(runFolder.toString());
        }
        ReceiptReader reader = ReceiptReader.at(runFolder);
        List<String> statements = statements(runFolder);
        for (String name : statements) {
            byte[] statement = reader.bytes(name);
            String envelopeName = ReceiptNames.envelope(name);
            Envelope envelope = Files.exists(runFolder.resolve(envelopeName), LinkOption.NOFOLLOW_LINKS)
                    ? Envelope.parse(reader.bytes(envelopeName)).and(key)
                    : Envelope.of(statement, key);
            if (!envelope.holds(statement)) {
                throw Fault.of(Fault.Kind.VERIFICATION, "the receipt was changed while it was signed; sign again")
                        .at(runFolder.resolve(name).toString());
            }
            AtomicFile.write(runFolder.resolve(envelopeName), envelope.json());
        }
        return statements.size();
    }

    /// Leaves the public key beside the runs, as `<key id>.pem`, for whoever gets them all. It proves nothing
    /// there: who signed is known only by a key, or its id, that came another way. Something else of that name is
    /// replaced.
    ///
    /// @param runs the folder that holds one folder a run
    /// @throws Fault (STORAGE) if it cannot be written
    public static Path leaveKey(Path runs, VerifyingKey key) {
        Path file = runs.resolve(key.keyId() + ".pem");
        byte[] pem = key.pem().getBytes(StandardCharsets.US_ASCII);
        try {
            boolean there = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Arrays.equals(Bytes.read(file, pem.length), pem);
            if (!there) {
                key.write(file);
            }
        } catch (IOException unreadable) {
            key.write(file);
        }
        return file;
    }

    /// A process that was killed while it signed has left a part of an envelope, which no receipt knows.
    private static void discardUnfinished(Path runFolder) {
        if (Files.isDirectory(runFolder)) {
            statements(runFolder)
                    .forEach(name -> AtomicFile.discardUnfinished(runFolder.resolve(ReceiptNames.envelope(name))));
        }
    }

    /// The statements of the run, its last one at the end.
    private static List<String> statements(Path runFolder) {
        Path folder = runFolder.resolve(ReceiptNames.FOLDER);
        try {
            Set<String> present = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    ? FolderListing.of(folder).keySet()
                    : Set.of();
            return Stream.concat(
                            present.stream()
                                    .map(name -> ReceiptNames.FOLDER + "/" + name)
                                    .filter(ReceiptNames::isStatement),
                            Stream.of(ReceiptNames.RUN))
                    .toList();
        } catch (UncheckedIOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the receipts cannot be listed; check the permissions")
                    .at(runFolder.toString())
                    .causedBy(e);
        }
    }
}
