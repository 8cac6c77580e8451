package dev.assay.distil.internal.mapping;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Patterns of mappings and rules, which meet texts from anybody.
public final class Patterns {
    /// An alternation inside an unbounded repetition recurses once a character in java.util.regex.
    private static final Pattern OVERFLOWS = Pattern.compile("\\([^()]*\\|[^()]*\\)(?:[*+]|\\{[0-9]+,\\})");

    /// A repeated group that ends in a repetition takes exponential time on some texts.
    private static final Pattern EXPLODES =
            Pattern.compile("\\((?:\\?:)?(?:\\\\.|\\[[^\\]]*\\]|[^()\\[\\\\])[*+]\\)[*+]");

    private Patterns() {}

    /// A pattern that neither overflows the stack nor explodes, as far as its form tells.
    ///
    /// @throws IllegalArgumentException in one sentence
    public static Pattern safe(String text) {
        if (OVERFLOWS.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "a pattern with an alternation inside an unbounded repetition overflows on long texts; write it"
                            + " without, such as [^\"\\]*(?:\\.[^\"\\]*)* for (?:[^\"\\]|\\.)*");
        }
        if (EXPLODES.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "a pattern with a repetition of a repetition, such as (a+)+, never ends on some texts");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the pattern is wrong: " + e.getDescription(), e);
        }
    }
}
