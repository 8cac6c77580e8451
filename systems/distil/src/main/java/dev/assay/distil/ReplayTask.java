package dev.assay.distil;

import java.util.Optional;

/// A task for a model.
///
/// @param id        unique in a file of tasks
/// @param text      what is asked, not blank
/// @param reference the known right answer; never shown to the model
public record ReplayTask(String id, String text, Optional<String> reference) {
    /// @throws IllegalArgumentException if id or text is blank
    public ReplayTask {
        if (id.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a task has an id and a text");
        }
    }

    /// A task without a known answer.
    public static ReplayTask of(String id, String text) {
        return new ReplayTask(id, text, Optional.empty());
    }
}
