package dev.assay.fuzz;

import dev.assay.distil.LinearPattern;
import java.nio.charset.StandardCharsets;

/// A pattern, a line break, and a text that it is looked for in.
public final class Patterns {
    private Patterns() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        String all = new String(input, StandardCharsets.UTF_8);
        int end = Math.max(0, all.indexOf('\n'));
        try {
            LinearPattern pattern = LinearPattern.of(all.substring(0, end));
            pattern.isFoundIn(all.substring(end));
            pattern.last(all.substring(end), pattern.groups());
        } catch (IllegalArgumentException refused) {
            // A sentence for whoever wrote the pattern.
        }
    }
}
