package dev.assay.distil;

import java.util.Locale;

/// What the rows of a stream carry.
public enum StreamClass {
    /// A judgement of each run.
    VERDICT,
    /// Numbers about runs.
    TELEMETRY,
    /// Context for other streams. Never judged, always [Category#NEEDS_HUMAN_REVIEW].
    EXTRACTION;

    /// As it stands in files.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
