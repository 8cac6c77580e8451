package dev.assay.distil;

import dev.assay.distil.internal.JsonLine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something to be retrieved and shown, version 1.
///
/// @param id             SHA-256 of kind and evidence id
/// @param title          first line of the prompt, at most 120 code points
/// @param content        the answer
/// @param tags           stream and model, sorted
/// @param sourceRunId    its run
/// @param successScore   how far it may be trusted; there is no value for what was rejected
/// @param sourceCategory its stream
/// @param embeddingText  what an embedding is computed of, if not title and content
/// @param createdAt      given by the caller
/// @param provenance     where the source row stands
public record RagSample(
        String id,
        String title,
        String content,
        List<String> tags,
        String sourceRunId,
        Score successScore,
        String sourceCategory,
        Optional<String> embeddingText,
        String createdAt,
        RowProvenance provenance) {

    /// The categories that can be shown.
    public enum Score {
        /// Right.
        ACCEPTED,
        /// Right in part: shown as a warning.
        PARTIALLY_ACCEPTED,
        /// Not judged.
        NEEDS_HUMAN_REVIEW;

        /// As it stands in files.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws ForbiddenCategory for a rejected run
        public static Score of(Category category) {
            return switch (category) {
                case ACCEPTED -> ACCEPTED;
                case PARTIALLY_ACCEPTED -> PARTIALLY_ACCEPTED;
                case NEEDS_HUMAN_REVIEW -> NEEDS_HUMAN_REVIEW;
                case REJECTED -> throw new ForbiddenCategory(ExportKind.RAG, category);
            };
        }
    }

    /// @throws IllegalArgumentException if something that a sample needs is blank
    public RagSample {
        tags = List.copyOf(tags);
        if (id.isBlank() || title.isBlank() || content.isBlank() || sourceRunId.isBlank()) {
            throw new IllegalArgumentException("a sample needs id, title, content and run");
        }
    }

    /// The line of the file, canonical, in UTF-8, without line feed.
    public byte[] line() {
        JsonLine line =
                new JsonLine(content.length() + 1024).text("content", content).text("created_at", createdAt);
        embeddingText.ifPresent(text -> line.text("embedding_text", text));
        return line.text("id", id)
                .provenance("provenance", provenance)
                .whole("schema_version", 1)
                .text("source_category", sourceCategory)
                .text("source_run_id", sourceRunId)
                .text("success_score", successScore.text())
                .texts("tags", tags)
                .text("title", title)
                .end();
    }
}
