package dev.assay.distil;

import java.util.Locale;

/// Whether a task is given with earlier runs.
public enum ReplayArm {
    /// With what was retrieved for it.
    RETRIEVAL,
    /// Alone: the baseline of comparisons.
    NO_RETRIEVAL;

    /// As it stands in files: `no_retrieval`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
