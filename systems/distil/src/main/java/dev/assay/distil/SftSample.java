package dev.assay.distil;

import dev.assay.distil.internal.JsonLine;
import java.util.Locale;

/// An instruction with the answer to learn, version 1.
///
/// @param id           SHA-256 of kind and evidence id
/// @param instruction  the prompt
/// @param context      what was given with it, may be empty
/// @param response     the answer
/// @param sourceRunId  its run
/// @param qualityScore how good it is; there is no value for what was rejected or not judged
/// @param createdAt    given by the caller
/// @param provenance   where the source row stands
public record SftSample(
        String id,
        String instruction,
        String context,
        String response,
        String sourceRunId,
        Quality qualityScore,
        String createdAt,
        RowProvenance provenance) {

    /// The categories that can be learnt from.
    public enum Quality {
        /// Right.
        ACCEPTED,
        /// Right in part.
        PARTIALLY_ACCEPTED;

        /// As it stands in files.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws ForbiddenCategory for a run that was rejected or not judged
        public static Quality of(Category category) {
            return switch (category) {
                case ACCEPTED -> ACCEPTED;
                case PARTIALLY_ACCEPTED -> PARTIALLY_ACCEPTED;
                case REJECTED, NEEDS_HUMAN_REVIEW -> throw new ForbiddenCategory(ExportKind.SFT, category);
            };
        }
    }

    /// @throws IllegalArgumentException if something that a sample needs is blank
    public SftSample {
        if (id.isBlank() || instruction.isBlank() || response.isBlank() || sourceRunId.isBlank()) {
            throw new IllegalArgumentException("a sample needs id, instruction, response and run");
        }
    }

    /// The line of the file, canonical, in UTF-8, without line feed.
    public byte[] line() {
        return new JsonLine(instruction.length() + context.length() + response.length() + 1024)
                .text("context", context)
                .text("created_at", createdAt)
                .text("id", id)
                .text("instruction", instruction)
                .provenance("provenance", provenance)
                .text("quality_score", qualityScore.text())
                .text("response", response)
                .whole("schema_version", 1)
                .text("source_run_id", sourceRunId)
                .end();
    }
}
