package dev.assay.distil;

import dev.assay.distil.internal.JsonLine;

/// An answer marked desirable or not, version 1.
///
/// @param id          SHA-256 of kind and evidence id
/// @param prompt      what was asked
/// @param context     what was given with it, may be empty
/// @param completion  the answer
/// @param label       whether it is desirable
/// @param sourceRunId its run
/// @param createdAt   given by the caller
/// @param provenance  where the source row stands
public record KtoSample(
        String id,
        String prompt,
        String context,
        String completion,
        boolean label,
        String sourceRunId,
        String createdAt,
        RowProvenance provenance) {

    /// @throws IllegalArgumentException if something that a sample needs is blank
    public KtoSample {
        if (id.isBlank() || prompt.isBlank() || completion.isBlank() || sourceRunId.isBlank()) {
            throw new IllegalArgumentException("a sample needs id, prompt, completion and run");
        }
    }

    /// The label of a category: only what was accepted is desirable, only what was rejected is not.
    ///
    /// @throws ForbiddenCategory for anything else
    public static boolean label(Category category) {
        return switch (category) {
            case ACCEPTED -> true;
            case REJECTED -> false;
            case PARTIALLY_ACCEPTED, NEEDS_HUMAN_REVIEW -> throw new ForbiddenCategory(ExportKind.KTO, category);
        };
    }

    /// The line of the file, canonical, in UTF-8, without line feed.
    public byte[] line() {
        return new JsonLine(prompt.length() + context.length() + completion.length() + 1024)
                .text("completion", completion)
                .text("context", context)
                .text("created_at", createdAt)
                .text("id", id)
                .truth("label", label)
                .text("prompt", prompt)
                .provenance("provenance", provenance)
                .whole("schema_version", 1)
                .text("source_run_id", sourceRunId)
                .end();
    }
}
