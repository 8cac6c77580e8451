package dev.assay.distil;

import dev.assay.distil.internal.JsonLine;
import java.util.Locale;

/// Two answers to one prompt, one of them better, version 1.
///
/// @param id                 SHA-256 of kind and both evidence ids
/// @param prompt             what was asked, the same of both
/// @param context            what was given with the chosen one, may be empty
/// @param chosen             the better answer
/// @param rejected           the worse
/// @param reason             why it is better
/// @param chosenRunId        run of the better
/// @param rejectedRunId      run of the worse
/// @param createdAt          given by the caller
/// @param chosenProvenance   where the source row of the better stands
/// @param rejectedProvenance where that of the worse stands
public record PreferenceSample(
        String id,
        String prompt,
        String context,
        String chosen,
        String rejected,
        Reason reason,
        String chosenRunId,
        String rejectedRunId,
        String createdAt,
        RowProvenance chosenProvenance,
        RowProvenance rejectedProvenance) {

    /// Why one is better.
    public enum Reason {
        /// The other was rejected.
        ACCEPTED_OVER_REJECTED,
        /// The other was right in part; only where a task has no rejected run.
        ACCEPTED_OVER_PARTIAL;

        /// As it stands in files.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws ForbiddenCategory for any pair but these two
        public static Reason of(Category chosen, Category rejected) {
            if (chosen != Category.ACCEPTED) {
                throw new ForbiddenCategory(ExportKind.PREFERENCE, chosen);
            }
            return switch (rejected) {
                case REJECTED -> ACCEPTED_OVER_REJECTED;
                case PARTIALLY_ACCEPTED -> ACCEPTED_OVER_PARTIAL;
                case ACCEPTED, NEEDS_HUMAN_REVIEW -> throw new ForbiddenCategory(ExportKind.PREFERENCE, rejected);
            };
        }
    }

    /// @throws IllegalArgumentException if something that a sample needs is blank, or both sides are one
    public PreferenceSample {
        if (id.isBlank() || prompt.isBlank() || chosen.isBlank() || rejected.isBlank()) {
            throw new IllegalArgumentException("a pair needs id, prompt and both answers");
        }
        if (chosenRunId.isBlank() || rejectedRunId.isBlank() || chosenRunId.equals(rejectedRunId)) {
            throw new IllegalArgumentException("a pair is of two runs");
        }
    }

    /// The line of the file, canonical, in UTF-8, without line feed.
    public byte[] line() {
        return new JsonLine(prompt.length() + context.length() + chosen.length() + rejected.length() + 1536)
                .text("chosen", chosen)
                .provenance("chosen_provenance", chosenProvenance)
                .text("chosen_run_id", chosenRunId)
                .text("context", context)
                .text("created_at", createdAt)
                .text("id", id)
                .text("prompt", prompt)
                .text("reason", reason.text())
                .text("rejected", rejected)
                .provenance("rejected_provenance", rejectedProvenance)
                .text("rejected_run_id", rejectedRunId)
                .whole("schema_version", 1)
                .end();
    }
}
