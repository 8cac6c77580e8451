package dev.assay.receipt;

import dev.assay.receipt.Verification.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who vouches for the statements of a run.
final class Signatures {
    private final Path runFolder;
    private final List<VerifyingKey> keys;
    private final CheckedReader reader;
    private final Findings findings;
    /// The last statement is signed last. Where it is, an envelope that is missing was taken away.
    private final boolean allSigned;
    /// Where any is signed and the last one is not, its envelope was taken away, or signing was stopped.
    private final boolean someSigned;

    Signatures(Path runFolder, List<VerifyingKey> keys, CheckedReader reader, Findings findings) {
        this.runFolder = runFolder;
        this.keys = List.copyOf(keys);
        this.reader = reader;
        this.findings = findings;
        this.allSigned = hasEnvelope(ReceiptNames.RUN);
        this.someSigned = allSigned || envelopeAmongReceipts();
    }

    private boolean envelopeAmongReceipts() {
        Path folder = runFolder.resolve(ReceiptNames.FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(ReceiptNames.ENVELOPE_ENDING));
        } catch (IOException | UncheckedIOException e) {
            // That it cannot be listed is a finding of its own.
            return false;
        }
    }

    private boolean hasEnvelope(String statement) {
        return Files.exists(runFolder.resolve(ReceiptNames.envelope(statement)), LinkOption.NOFOLLOW_LINKS);
    }

    /// The bytes of a statement that count, and who vouches for them; nothing if keys were given and nobody
    /// does, except that an unsigned statement of a stage is looked at all the same, after it was reported.
    Optional<byte[]> vouched(String name, byte[] file) {
        if (!hasEnvelope(name)) {
            return unsigned(name, file);
        }
        String envelopeName = ReceiptNames.envelope(name);
        Optional<byte[]> json = reader.bytes(envelopeName);
        if (json.isEmpty()) {
            return keys.isEmpty() ? Optional.of(file) : Optional.empty();
        }
        try {
            Envelope envelope = Envelope.parse(json.get());
            Optional<byte[]> counts = vouched(name, file, envelopeName, envelope);
            if (counts.isPresent()) {
                regular(envelopeName, envelope, json.get());
            }
            return counts;
        } catch (IllegalArgumentException e) {
            findings.receipt(envelopeName, Outcome.MALFORMED, String.valueOf(e.getMessage()));
            return keys.isEmpty() ? Optional.of(file) : Optional.empty();
        }
    }

    private void regular(String envelopeName, Envelope envelope, byte[] json) {
        envelope.irregularities(json, keys)
                .forEach(note -> findings.receipt(envelopeName, Outcome.CONTRADICTION, note));
        Set<String> given = keys.stream().map(VerifyingKey::keyId).collect(Collectors.toSet());
        if (!given.isEmpty()) {
            envelope.claimedKeyIds().stream()
                    .filter(id -> !given.contains(id))
                    .forEach(id -> findings.receipt(envelopeName, Outcome.OTHER_SIGNATURE, "it names key " + id));
        }
    }

    private Optional<byte[]> unsigned(String name, byte[] file) {
        if (!keys.isEmpty()) {
            findings.receipt(name, Outcome.SIGNATURE_MISSING, "it is unsigned");
            return name.equals(ReceiptNames.RUN) ? Optional.empty() : Optional.of(file);
        }
        if (someSigned) {
            findings.receipt(
                    name,
                    Outcome.SIGNATURE_MISSING,
                    allSigned
                            ? "it is unsigned, though the run's last statement is signed: its signature was taken away"
                            : "it is unsigned, though others of the run are signed: its signature was taken away, or"
                                    + " signing was stopped");
        } else {
            findings.receipt(name, Outcome.UNSIGNED, "");
        }
        return Optional.of(file);
    }

    private Optional<byte[]> vouched(String name, byte[] file, String envelopeName, Envelope envelope) {
        Optional<byte[]> counts = Optional.of(file);
        if (keys.isEmpty()) {
            findings.receipt(name, Outcome.UNCHECKED, "its signature was not checked");
        } else {
            Optional<Envelope.Opened> opened = envelope.open(keys);
            if (opened.isEmpty()) {
                findings.receipt(
                        name,
                        Outcome.BAD_SIGNATURE,
                        "none of the given keys made its signature: another key did, or it was changed since");
                return Optional.empty();
            }
            findings.receipt(name, Outcome.SIGNED, "by " + opened.get().key().keyId());
            counts = Optional.of(opened.get().payload());
        }
        if (!envelope.payloadType().equals(Envelope.STATEMENT_TYPE)) {
            findings.receipt(envelopeName, Outcome.MALFORMED, "what it holds is no statement");
            return keys.isEmpty() ? counts : Optional.empty();
        }
        if (!envelope.holds(file)) {
            findings.receipt(envelopeName, Outcome.CONTRADICTION, "it holds other bytes than the statement beside it");
        }
        return counts;
    }
}
