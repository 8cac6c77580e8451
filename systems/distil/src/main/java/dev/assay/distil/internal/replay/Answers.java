package dev.assay.distil.internal.replay;

import dev.assay.distil.AnswerMatch;
import dev.assay.distil.internal.export.NormalText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares answers with references.
final class Answers {
    // Unrolled: an alternation inside a repetition overflows the stack on long answers.
    private static final Pattern FIELD =
            Pattern.compile("\"answer\"[ \\t\\r\\n]*:[ \\t\\r\\n]*(\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\"|[^,}\\n]*)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Answers() {}

    static boolean right(AnswerMatch match, String answer, String reference) {
        return switch (match) {
            case EXACT -> NormalText.of(answer).equals(NormalText.of(reference));
            case CONTAINS -> contains(folded(answer), folded(reference));
            case NUMBER -> {
                Optional<BigDecimal> wanted = first(reference);
                Optional<BigDecimal> given = given(answer);
                yield wanted.isPresent() && given.isPresent() && wanted.get().compareTo(given.get()) == 0;
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
        for (int at = answer.indexOf(reference); at >= 0; at = answer.indexOf(reference, at + 1)) {
            int end = at + reference.length();
            boolean opens = at == 0 || !joined(answer.charAt(at - 1), reference.charAt(0));
            boolean closes =
                    end == answer.length() || !joined(reference.charAt(reference.length() - 1), answer.charAt(end));
            if (opens && closes) {
                return true;
            }
        }
        return false;
    }

    private static boolean joined(char a, char b) {
        return Character.isLetterOrDigit(a) && Character.isLetterOrDigit(b);
    }

    /// The first number of the answer field if there is one, else the last number of all.
    private static Optional<BigDecimal> given(String answer) {
        Matcher field = FIELD.matcher(answer);
        String found = null;
        while (field.find()) {
            found = field.group(1);
        }
        if (found != null) {
            return first(found);
        }
        Matcher number = NUMBER.matcher(plain(answer));
        Optional<BigDecimal> last = Optional.empty();
        while (number.find()) {
            last = Optional.of(new BigDecimal(number.group()));
        }
        return last;
    }

    private static Optional<BigDecimal> first(String text) {
        Matcher number = NUMBER.matcher(plain(text));
        return number.find() ? Optional.of(new BigDecimal(number.group())) : Optional.empty();
    }

    private static String plain(String text) {
        return text.replace("$", "").replace(",", "");
    }
}
