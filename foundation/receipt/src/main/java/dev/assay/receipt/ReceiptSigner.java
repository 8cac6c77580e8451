package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.AtomicFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Signs the statements of a run that is over.
public final class ReceiptSigner {
    private ReceiptSigner() {}

    /// Puts an envelope beside every statement of a run. An envelope that is there keeps the signatures of
    /// other keys.
    ///
    /// Whoever signs vouches, so the run is checked before, and one that its receipts speak against is not
    /// signed.
    ///
    /// @return how many statements were signed
    /// @throws Fault (MISSING_FILE) if there is no such run, (VERIFICATION) if something speaks against it,
    ///     (STORAGE) if an envelope cannot be written
    public static int sign(Path runFolder, SigningKey key) {
        int problems = ReceiptVerifier.verify(runFolder).problems().size();
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
    /// there: who signed is known only by a key, or its id, that came another way.
    ///
    /// @param runs the folder that holds one folder a run
    /// @throws Fault (STORAGE) if it cannot be written
    public static Path leaveKey(Path runs, VerifyingKey key) {
        Path file = runs.resolve(key.keyId() + ".pem");
        if (!Files.exists(file)) {
            key.write(file);
        }
        return file;
    }

    private static List<String> statements(Path runFolder) {
        try {
            return FolderListing.of(runFolder.resolve(ReceiptNames.FOLDER)).keySet().stream()
                    .map(name -> ReceiptNames.FOLDER + "/" + name)
                    .filter(name -> name.endsWith(ReceiptNames.STATEMENT_ENDING))
                    .toList();
        } catch (UncheckedIOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the receipts cannot be listed; check the permissions")
                    .at(runFolder.toString())
                    .causedBy(e);
        }
    }
}
