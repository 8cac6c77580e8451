package dev.assay.distil;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// What the gate says of an answer. The same answer, task, texts and steps give the same verdict.
///
/// @param reasons  every check that failed, in the order of [Reason]
/// @param grounded part of the answer's claims that stand in the task or the retrieved texts, in [0, 1];
///                 absent if it makes none
public record GateVerdict(List<Reason> reasons, OptionalDouble grounded) {
    /// Why an answer fails.
    public enum Reason {
        /// Fewer code points than asked for.
        TOO_SHORT,
        /// An excuse instead of an answer.
        HEDGE,
        /// There were validation steps, and no word of four letters or more of them is in the answer.
        NO_VALIDATION_OVERLAP,
        /// Too many file paths, identifiers or numbers that stand nowhere in task or retrieved texts.
        UNGROUNDED,
        /// Not in the form asked for.
        FORMAT,
        /// The end point says that it was cut, withheld or is a call of a tool: anything but `stop`.
        UNFINISHED;

        /// As it stands in files: `too_short`.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Copies the list.
    public GateVerdict {
        reasons = List.copyOf(reasons);
    }

    /// Whether every check held.
    public boolean passed() {
        return reasons.isEmpty();
    }
}
