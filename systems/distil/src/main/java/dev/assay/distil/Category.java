package dev.assay.distil;

import java.util.Locale;
import java.util.Optional;

/// What rules say of a run.
public enum Category {
    /// May be learnt from.
    ACCEPTED,
    /// Right in part, or right in another form than asked for.
    PARTIALLY_ACCEPTED,
    /// Wrong.
    REJECTED,
    /// No rule decides: a person has to look.
    NEEDS_HUMAN_REVIEW;

    /// As it stands in files: `partially_accepted`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The category that a file names.
    public static Optional<Category> of(String text) {
        for (Category each : values()) {
            if (each.text().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
