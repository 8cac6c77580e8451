package dev.assay.distil;

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

    /// @param row        the source row, an object, in canonical form
    /// @param sigHash    SHA-256 of that
    /// @param sourceFile the path inside the source folder
    /// @param position   of the row in the file, from 0
    /// @param recordedAt given by the caller, RFC 3339 UTC
    Outcome apply(byte[] row, String sigHash, String sourceFile, long position, String recordedAt);
}
