package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.internal.StrictJson;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads receipts for a verification: what cannot be read is a finding.
final class CheckedReader {
    private final ReceiptReader reader;
    private final Findings findings;

    CheckedReader(Path runFolder, Findings findings) {
        this.reader = ReceiptReader.at(runFolder);
        this.findings = findings;
    }

    /// The bytes of a receipt.
    Optional<byte[]> bytes(String name) {
        return bytes(name, Optional.empty());
    }

    /// The bytes of a receipt.
    ///
    /// @param absent what to say if there is none, in place of the fault's own sentence
    Optional<byte[]> bytes(String name, Optional<String> absent) {
        try {
            return Optional.of(reader.bytes(name));
        } catch (Fault fault) {
            Outcome outcome = switch (fault.kind()) {
                case MISSING_FILE -> Outcome.ABSENT;
                case MALFORMED_FILE -> Outcome.MALFORMED;
                case STAGE_FAILED,
                        USAGE,
                        DRIFT_ALERT,
                        STUDY,
                        BAD_DATA,
                        BAD_SETTING,
                        STORAGE,
                        VERIFICATION,
                        CONSENT,
                        CONTRADICTED,
                        INTERRUPTED -> Outcome.REFUSED;
            };
            String sentence = outcome == Outcome.ABSENT ? absent.orElse(fault.sentence()) : fault.sentence();
            findings.receipt(name, outcome, sentence);
            return Optional.empty();
        }
    }

    /// A record of a receipt.
    <T> Optional<T> record(String name, Class<T> type) {
        return bytes(name).flatMap(bytes -> record(name, bytes, type));
    }

    /// The JSON of a receipt.
    ///
    /// @throws IllegalArgumentException if it is none
    JsonNode tree(String name, byte[] bytes) {
        JsonNode tree = StrictJson.receipt(bytes);
        if (!Arrays.equals(CanonicalJson.bytes(tree), bytes)) {
            findings.receipt(
                    name,
                    Outcome.MALFORMED,
                    "it is not in the canonical form that receipts have: it was changed, or another program wrote it");
        }
        return tree;
    }

    /// A record from the bytes of a receipt.
    <T> Optional<T> record(String name, byte[] bytes, Class<T> type) {
        try {
            return Optional.of(ReceiptReader.record(tree(name, bytes), type));
        } catch (IllegalArgumentException e) {
            findings.receipt(name, Outcome.MALFORMED, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
