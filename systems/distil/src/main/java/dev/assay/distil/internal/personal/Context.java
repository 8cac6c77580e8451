package dev.assay.distil.internal.personal;

import java.util.List;
import java.util.Locale;

/// What stands beside a place: words that say what a number is, or what it is not.
final class Context {
    private Context() {}

    /// Where the nearest of some words begins before a place, on its line and not further than `reach`
    /// characters away; -1 if none does. Words are whole: no letter or digit stands beside them.
    static int before(String text, int at, int reach, List<String> words) {
        int from = at;
        while (from > 0 && at - from < reach && text.charAt(from - 1) != '\n') {
            from--;
        }
        String part = text.substring(from, at).toLowerCase(Locale.ROOT);
        int nearest = -1;
        for (String word : words) {
            int found = part.lastIndexOf(word);
            while (found >= 0 && !whole(text, from + found, from + found + word.length())) {
                found = found == 0 ? -1 : part.lastIndexOf(word, found - 1);
            }
            nearest = Math.max(nearest, found < 0 ? -1 : from + found);
        }
        return nearest;
    }

    /// Whether one of some words begins after a place, on its line and not further than `reach`
    /// characters away.
    static boolean after(String text, int at, int reach, List<String> words) {
        int to = at;
        while (to < text.length() && to - at < reach && text.charAt(to) != '\n') {
            to++;
        }
        String part = text.substring(at, to).toLowerCase(Locale.ROOT);
        for (String word : words) {
            int found = part.indexOf(word);
            while (found >= 0 && !whole(text, at + found, at + found + word.length())) {
                found = part.indexOf(word, found + 1);
            }
            if (found >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean whole(String text, int from, int to) {
        return (from == 0 || !Ascii.letterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Ascii.letterOrDigit(text.charAt(to)));
    }

    /// Whether no letter or digit stands before a place.
    static boolean begins(String text, int at) {
        return at == 0 || !Ascii.letterOrDigit(text.charAt(at - 1));
    }

    /// Whether no letter or digit stands at a place.
    static boolean ends(String text, int at) {
        return at == text.length() || !Ascii.letterOrDigit(text.charAt(at));
    }

    /// Whether a text is what people write where a secret would stand: `<your key>`, `${VARIABLE}`,
    /// `****`, `xxxx`.
    static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return value.isEmpty()
                || "$<{%*[(".indexOf(value.charAt(0)) >= 0
                || lower.startsWith("your")
                || lower.startsWith("xxx")
                || lower.startsWith("...")
                || lower.contains("placeholder")
                || value.chars().distinct().count() < 3;
    }
}
