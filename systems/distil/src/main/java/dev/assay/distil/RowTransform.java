package dev.assay.distil;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A mapping, ready to run. Pure, and safe for any number of threads.
public interface RowTransform {
    /// What becomes of a row.
    sealed interface Outcome {
        /// Evidence.
        record Made(EvidenceRecord evidence) implements Outcome {}

        /// Nothing, and why.
        ///
        /// @param reason one of `missing_required`, `conversion`, `schema_violation`
        /// @param detail one sentence without any value of the row
        record Skipped(String reason, String detail) implements Outcome {}
    }

    /// The members of a row that are looked at; empty if that cannot be told. A row with only these gives the
    /// same.
    Optional<Set<String>> fields();

    /// @param row        the source row, an object
    /// @param sigHash    SHA-256 of its canonical form
    /// @param sourceFile the path inside the source folder
    /// @param position   of the row in the file, from 0
    /// @param recordedAt given by the caller, RFC 3339 UTC
    Outcome apply(JsonNode row, String sigHash, String sourceFile, long position, String recordedAt);
}
