package dev.assay.microdata.internal;

import java.util.Locale;

/// Shares as they stand in messages.
final class Percent {
    private Percent() {}

    static String of(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String of(long part, long whole) {
        return of(part / (double) whole);
    }
}
