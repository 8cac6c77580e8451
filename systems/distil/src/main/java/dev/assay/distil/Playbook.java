package dev.assay.distil;

import java.util.Optional;

/// A run that may be shown to a model: a [RagSample] as retrieval sees it.
///
/// @param id            unique in an index; ties of a ranking are broken by it, ascending in UTF-8
/// @param title         one line, may be empty
/// @param content       what the run answered, not blank
/// @param score         what rules said of the run; there is no value for rejected runs
/// @param sourceRunId   the run it comes from
/// @param embeddingText what is searched instead of title and content, if given
public record Playbook(
        String id,
        String title,
        String content,
        RagSample.Score score,
        String sourceRunId,
        Optional<String> embeddingText) {

    /// @throws IllegalArgumentException if the id is empty or the content blank
    public Playbook {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a playbook has an id");
        }
        if (content.isBlank()) {
            throw new IllegalArgumentException("a playbook has content");
        }
    }

    /// A playbook of accepted work without a source, for texts that come from elsewhere.
    public static Playbook of(String id, String title, String content) {
        return new Playbook(id, title, content, RagSample.Score.ACCEPTED, "", Optional.empty());
    }

    /// The text that is searched: the embedding text, or title and content.
    public String searchText() {
        return embeddingText.orElseGet(() -> title.isEmpty() ? content : title + "\n" + content);
    }
}
