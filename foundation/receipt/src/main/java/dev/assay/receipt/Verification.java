package dev.assay.receipt;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a check of a run's receipts found, all of it.
///
/// @param findings one a thing that was looked at: the run's last statement first, then receipts and names in
///                 them in their order
/// @param run      what the run's last statement says of the run; nothing if there is none, or keys were given
///                 and none of them signed it
/// @param reused   the runs that did the work of stages whose results were taken, by stage
/// @param outside  what stages depend on that no digest covers, by stage, as their records have it
public record Verification(
        List<Finding> findings, Optional<RunOutcome> run, Map<String, String> outside, Map<String, String> reused) {

    /// Copies list and map.
    public Verification {
        findings = List.copyOf(findings);
        outside = Collections.unmodifiableMap(new TreeMap<>(outside));
        reused = Collections.unmodifiableMap(new TreeMap<>(reused));
    }

    /// How a thing stands to its receipt.
    public enum Outcome {
        /// The digest is the stated one.
        MATCH,
        /// The digest is another one.
        MISMATCH,
        /// It is not there.
        ABSENT,
        /// Its name leads out of the run folder, or to something that is no file; it was not followed.
        REFUSED,
        /// It lies in the run's folder, and no receipt knows it.
        UNRECEIPTED,
        /// The receipt cannot be read: damaged, of an unknown version, or not in its layout.
        MALFORMED,
        /// Its digest is keyed, and no key was given to compare it with.
        KEYED,
        /// Two receipts do not say the same, or the run's last statement is not of the run that its folder is
        /// named after.
        CONTRADICTION,
        /// The statement has no signature, so nobody vouches for it.
        UNSIGNED,
        /// The statement has an envelope, but no key was given to check it with: nobody vouches for it yet.
        UNCHECKED,
        /// The holder of one of the given keys vouches for the statement.
        SIGNED,
        /// A signature besides names a key that was not given: it was not checked.
        OTHER_SIGNATURE,
        /// A folder in the run's folder that holds nothing. Receipts tell of files, so it is covered by nothing.
        EMPTY_FOLDER,
        /// The statement has no signature, though keys were given, or other statements of the run are signed: all are,
        /// the last one at the end, so a signature was taken away, or signing was stopped.
        SIGNATURE_MISSING,
        /// Keys were given, and none of them made the statement's signature. What it says was not read.
        BAD_SIGNATURE
    }

    /// As what a thing was looked at.
    public enum Role {
        /// A receipt itself.
        RECEIPT,
        /// A file of the run that a statement is about.
        SUBJECT,
        /// Something that a stage read. It may lie elsewhere and be absent.
        DEPENDENCY,
        /// Something that a stage left besides its outputs.
        BYPRODUCT,
        /// A file that no receipt names.
        STRAY
    }

    /// One finding.
    ///
    /// @param receipt  the receipt that speaks of it, as a path below the run folder
    /// @param role     as what
    /// @param name     the thing's name as the receipt has it
    /// @param outcome  how it stands
    /// @param expected the stated digest, if one is stated
    /// @param found    the digest of what is there, if it was hashed
    /// @param note     a sentence, or empty
    public record Finding(
            String receipt,
            Role role,
            String name,
            Outcome outcome,
            Optional<Digest> expected,
            Optional<Digest> found,
            String note) {

        /// Whether this speaks against the run. Inputs may lie elsewhere, and a missing signature is no
        /// contradiction unless keys were given or others have theirs: then it could have been taken away
        /// together with the truth.
        public boolean isProblem() {
            return switch (outcome) {
                case MATCH, UNSIGNED, UNCHECKED, SIGNED, KEYED, OTHER_SIGNATURE, EMPTY_FOLDER -> false;
                case ABSENT -> role != Role.DEPENDENCY;
                case MISMATCH, REFUSED, UNRECEIPTED, MALFORMED, CONTRADICTION, SIGNATURE_MISSING, BAD_SIGNATURE -> true;
            };
        }
    }

    /// Whether nothing speaks against the run. Without keys that says that files and receipts agree, not who
    /// wrote them: whoever can write the folder can write both, and statements are findings of outcome
    /// [Outcome#UNSIGNED] or [Outcome#UNCHECKED]. With keys each statement is [Outcome#SIGNED] by one of them.
    /// Files of outcome [Outcome#KEYED] were not compared.
    public boolean consistent() {
        return findings.stream().noneMatch(Finding::isProblem);
    }

    /// Whether the run's last statement says that the run was stopped before its end. Such a run has no summary.
    public boolean stopped() {
        return run.map(RunOutcome::status).equals(Optional.of(RunOutcome.Status.INTERRUPTED));
    }

    /// The findings that speak against the run.
    public List<Finding> problems() {
        return findings.stream().filter(Finding::isProblem).toList();
    }

    /// The findings with this outcome.
    public List<Finding> with(Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).toList();
    }
}
