package dev.assay.distil.internal.replay;

import dev.assay.distil.AnswerFormat;
import dev.assay.distil.GateSettings;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.GateVerdict.Reason;
import dev.assay.distil.internal.endpoint.ChatAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Judges answers by their text alone.
public final class Gate {
    private static final List<String> HEDGES = List.of(
            "as an ai",
            "i cannot",
            "i can't",
            "i am unable",
            "i'm unable",
            "i do not have access",
            "i don't have access");
    private static final int LEAST_LETTERS = 4;
    private static final String FENCE = "```";
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Gate() {}

    /// Judges.
    ///
    /// @param answer what the model said
    /// @param given  task and retrieved texts, in which claims must stand
    /// @param steps  validation steps
    /// @param finish why the answer ends, as the end point says; an end point that says nothing is
    ///     believed
    public static GateVerdict judge(
            GateSettings settings, String answer, List<String> given, List<String> steps, Optional<String> finish) {
        List<Reason> reasons = new ArrayList<>();
        OptionalDouble grounded = Grounding.fraction(answer, given);
        if (answer.codePointCount(0, answer.length()) < settings.leastCodePoints()) {
            reasons.add(Reason.TOO_SHORT);
        }
        if (settings.hedges() && hedges(answer)) {
            reasons.add(Reason.HEDGE);
        }
        if (settings.validation() && !steps.isEmpty() && !overlaps(answer, steps)) {
            reasons.add(Reason.NO_VALIDATION_OVERLAP);
        }
        if (grounded.isPresent() && grounded.getAsDouble() < settings.leastGrounded()) {
            reasons.add(Reason.UNGROUNDED);
        }
        if (settings.format().isPresent() && !has(settings.format().get(), answer)) {
            reasons.add(Reason.FORMAT);
        }
        if (settings.finished() && finish.isPresent() && !finish.get().equals(ChatAnswer.STOP)) {
            reasons.add(Reason.UNFINISHED);
        }
        return new GateVerdict(reasons, grounded);
    }

    private static boolean hedges(String answer) {
        // Models write the curly apostrophe as often as the straight one.
        String lower = answer.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        return HEDGES.stream().anyMatch(lower::contains);
    }

    private static boolean overlaps(String answer, List<String> steps) {
        Set<String> words = new HashSet<>();
        steps.forEach(step -> words.addAll(words(step)));
        return words(answer).stream().anyMatch(words::contains);
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            if (word.group().codePoints().filter(Character::isLetter).count() >= LEAST_LETTERS) {
                words.add(word.group());
            }
        }
        return words;
    }

    private static boolean has(AnswerFormat format, String answer) {
        return switch (format) {
            case AnswerFormat.Json json -> isJson(answer);
            case AnswerFormat.FencedBlock block -> hasFencedBlock(answer);
            case AnswerFormat.Matching matching -> matching.pattern().isFoundIn(answer);
        };
    }

    private static boolean hasFencedBlock(String answer) {
        boolean open = false;
        for (String line : (Iterable<String>) answer.lines()::iterator) {
            String bare = line.strip();
            if (open && bare.equals(FENCE)) {
                return true;
            }
            open |= bare.startsWith(FENCE) && bare.indexOf('`', FENCE.length()) < 0;
        }
        return false;
    }

    private static boolean isJson(String answer) {
        try {
            return !JSON.readTree(answer).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }
}
