package dev.assay.distil;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.assay.distil.internal.PatternScan;
import dev.assay.fault.Limits;
import java.util.Optional;

/// A regular expression that somebody wrote in a mapping, a rule or a study, for texts that somebody else wrote.
/// It takes time in proportion to the text, whatever both are: there are no back references and no
/// look-around, and [Limit#PATTERN_STEPS] bounds the factor. The engine is RE2/J; `docs/reference/patterns.md`
/// says where it differs from [java.util.regex.Pattern].
public final class LinearPattern {
    /// How often all characters of a text may be looked at while one match after another is sought in it.
    private static final long MOST_PASSES = 100;

    private static final long FREE_LOOKS = 1 << 20;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Compiles.
    ///
    /// @throws IllegalArgumentException in one sentence with the place if it is no pattern, or too large
    public static LinearPattern of(String text) {
        return of(text, Limits.ofProcess());
    }

    /// Compiles within some limits: [Limit#PATTERN_STEPS] and [Limit#DEPTH].
    ///
    /// @throws IllegalArgumentException in one sentence with the place if it is no pattern, or too large
    public static LinearPattern of(String text, Limits limits) {
        PatternScan.check(text, limits);
        try {
            return new LinearPattern(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            String part = e.getPattern() == null ? "" : e.getPattern();
            int place = part.isEmpty() ? -1 : text.indexOf(part);
            throw new IllegalArgumentException(
                    "the pattern is wrong" + (place < 0 ? "" : " at character " + (place + 1)) + ": "
                            + e.getDescription(),
                    e);
        }
    }

    /// Whether it is found somewhere in a text.
    public boolean isFoundIn(CharSequence text) {
        return pattern.matcher(text).find();
    }

    /// Number of its groups.
    public int groups() {
        return pattern.groupCount();
    }

    /// What a group holds in the last of the matches that follow each other; empty if there is no match, or the
    /// group took no part.
    ///
    /// @param group 0 for the whole match
    /// @throws IllegalArgumentException in one sentence if the matches take too long to find
    public Optional<String> last(CharSequence text, int group) {
        Matcher matcher = pattern.matcher(new Looked(text));
        int begin = -1;
        int end = -1;
        while (matcher.find()) {
            begin = matcher.start(group);
            end = matcher.end(group);
        }
        return begin < 0
                ? Optional.empty()
                : Optional.of(text.subSequence(begin, end).toString());
    }

    /// As it was written.
    @Override
    public String toString() {
        return pattern.pattern();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearPattern that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// A text that counts how often it is looked at: each search is linear, and there may be as many as there are
    /// characters.
    private static final class Looked implements CharSequence {
        private final CharSequence text;
        private long left;

        Looked(CharSequence text) {
            this.text = text;
            this.left = FREE_LOOKS + MOST_PASSES * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new IllegalArgumentException("a pattern begins to match in too many places of a text");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
