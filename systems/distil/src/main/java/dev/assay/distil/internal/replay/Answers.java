package dev.assay.distil.internal.replay;

import dev.assay.distil.AnswerMatch;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.distil.internal.mapping.Values;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares answers with references.
final class Answers {
    private static final String FIELD = "\"answer\"";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Answers() {}

    static boolean right(AnswerMatch match, String answer, String reference) {
        return switch (match) {
            case EXACT -> NormalText.of(answer).equals(NormalText.of(reference));
            case CONTAINS -> contains(folded(answer), folded(reference));
            case NUMBER -> {
                BigDecimal wanted = Values.firstNumber(reference);
                BigDecimal given = given(answer);
                yield wanted != null && given != null && wanted.compareTo(given) == 0;
            }
        };
    }

    private static String folded(String text) {
        return SPACE.matcher(NormalText.of(text).toLowerCase(Locale.ROOT)).replaceAll(" ");
    }

    private static boolean contains(String answer, String reference) {
        if (reference.isEmpty()) {
            return false;
        }
        return Occurrences.any(answer, reference, (from, to) -> {
            boolean opens = from == 0 || !joined(answer.charAt(from - 1), reference.charAt(0));
            boolean closes =
                    to == answer.length() || !joined(reference.charAt(reference.length() - 1), answer.charAt(to));
            return opens && closes;
        });
    }

    private static boolean joined(char a, char b) {
        return Character.isLetterOrDigit(a) && Character.isLetterOrDigit(b);
    }

    /// The first number of the last answer field if there is one, else the last number of all.
    private static @Nullable BigDecimal given(String answer) {
        String found = null;
        int at = answer.indexOf(FIELD);
        while (at >= 0) {
            int colon = behindBlanks(answer, at + FIELD.length());
            int next = at + 1;
            if (colon < answer.length() && answer.charAt(colon) == ':') {
                int from = behindBlanks(answer, colon + 1);
                next = endOfValue(answer, from);
                found = answer.substring(from, next);
            }
            at = answer.indexOf(FIELD, next);
        }
        return found == null ? Values.lastNumber(answer) : Values.firstNumber(found);
    }

    private static int behindBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /// Behind the text in quotes that begins here, or before the next comma, brace or line break.
    private static int endOfValue(String text, int from) {
        if (from < text.length() && text.charAt(from) == '"') {
            for (int at = from + 1; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    return at + 1;
                }
                if (c == '\\') {
                    at++;
                }
            }
        }
        int at = from;
        while (at < text.length() && ",}\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
