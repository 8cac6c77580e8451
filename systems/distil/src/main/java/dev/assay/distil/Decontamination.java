package dev.assay.distil;

import dev.assay.distil.internal.LookAlikes;
import dev.assay.distil.internal.similar.GramIndex;
import dev.assay.distil.internal.similar.Tokens;
import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds questions of a benchmark in texts that are about to be trained on.
///
/// A text is contaminated when a run of tokens of a question, 12 by default, occurs in it; tokens are
/// those of [NearDuplicates], so that case, blanks and punctuation do not matter, of texts in which wide
/// forms and letters of other scripts that look like Latin ones are folded and what nobody sees is left
/// out. In scripts without spaces between words each letter is a token.
///
/// A question with fewer tokens than a run is found as a whole: one of [#LEAST_INSIDE] tokens or more
/// wherever all its tokens follow each other, a shorter one where a text or one of its lines says nothing
/// else. A question without a token cannot be found. [#onlyAlone()] and [#unfindable()] list these two.
/// Runs are compared in full, so that a hit is never an accident of hashing.
///
/// Immutable; safe for many threads at once. Memory: the questions as UTF-8 and some 30 bytes for each of
/// their tokens.
public final class Decontamination {
    /// Tokens of a run. Shorter runs find common phrases, longer ones miss reworded questions.
    public static final int DEFAULT_NGRAM = 12;

    /// Questions of fewer tokens stand in many texts that have nothing to do with them.
    public static final int LEAST_INSIDE = 5;

    private final List<Whole> indices;
    private final Map<String, Integer> alone;
    private final int longestAlone;
    private final List<String> questions;
    private final List<String> onlyAlone;
    private final List<String> unfindable;

    /// An index and the numbers of its questions among all.
    private record Whole(GramIndex index, int[] numbers) {}

    private Decontamination(
            List<Whole> indices,
            Map<String, Integer> alone,
            int longestAlone,
            List<String> questions,
            List<String> onlyAlone,
            List<String> unfindable) {
        this.indices = indices;
        this.alone = alone;
        this.longestAlone = longestAlone;
        this.questions = questions;
        this.onlyAlone = onlyAlone;
        this.unfindable = unfindable;
    }

    /// What was found.
    ///
    /// @param question the key of the first question that has the run
    /// @param field    where the run stands
    /// @param token    the number of tokens before the run in that field
    public record Hit(String question, Field field, int token) {}

    /// A part of a row.
    public enum Field {
        /// What was asked.
        PROMPT,
        /// What was answered.
        TEXT
    }

    /// An index of the runs of [#DEFAULT_NGRAM] tokens.
    ///
    /// @throws Fault as [#of(List, int)]
    public static Decontamination of(List<KeyedText> questions) {
        return of(questions, DEFAULT_NGRAM);
    }

    /// An index of the runs of tokens of a benchmark's questions. Not the prompts built from them: what all
    /// prompts of a template have in common would be found everywhere.
    ///
    /// @param ngram tokens of a run; at least 1
    /// @throws Fault `BAD_SETTING` if `ngram < 1`; `BAD_DATA` if no question has a token, since nothing
    ///     could ever be found
    public static Decontamination of(List<KeyedText> questions, int ngram) {
        if (ngram < 1) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "Decontamination: a run must have at least 1 token, got " + ngram + ".");
        }
        List<String> keys = questions.stream().map(KeyedText::key).toList();
        List<String> onlyAlone = new ArrayList<>();
        List<String> unfindable = new ArrayList<>();
        Map<String, Integer> alone = new HashMap<>();
        int longest = 0;
        // By the length of a run; questions of one length below it have an index of their own.
        Map<Integer, List<Integer>> byRun = new TreeMap<>();
        List<String> folded = new ArrayList<>();
        Tokens tokens = new Tokens();
        for (int q = 0; q < keys.size(); q++) {
            folded.add(LookAlikes.folded(questions.get(q).text()));
            tokens.read(folded.get(q));
            int count = tokens.count();
            if (count == 0) {
                unfindable.add(keys.get(q));
            } else if (count >= ngram || count >= LEAST_INSIDE) {
                byRun.computeIfAbsent(Math.min(count, ngram), n -> new ArrayList<>())
                        .add(q);
            } else {
                onlyAlone.add(keys.get(q));
                alone.putIfAbsent(tokens.joined(), q);
                longest = Math.max(longest, count);
            }
        }
        if (unfindable.size() == keys.size()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "Decontamination: none of the benchmark's " + keys.size()
                            + " questions has a letter or digit, so none "
                            + "could be found; give its questions in full.");
        }
        List<Whole> indices = new ArrayList<>();
        byRun.forEach((run, numbers) -> indices.add(
                0,
                new Whole(
                        GramIndex.of(numbers.stream().map(folded::get).toList(), run),
                        numbers.stream().mapToInt(Integer::intValue).toArray())));
        return new Decontamination(
                List.copyOf(indices), alone, longest, keys, List.copyOf(onlyAlone), List.copyOf(unfindable));
    }

    /// The first hit, in the prompt before the text.
    ///
    /// @param prompt   empty if there is none
    /// @param textOnly leaves the prompt out
    public Optional<Hit> hit(String prompt, String text, boolean textOnly) {
        Optional<Hit> inPrompt = textOnly ? Optional.empty() : hit(prompt, Field.PROMPT);
        return inPrompt.isPresent() ? inPrompt : hit(text, Field.TEXT);
    }

    private Optional<Hit> hit(String text, Field field) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String folded = LookAlikes.folded(text);
        for (Whole each : indices) {
            Optional<Hit> hit = each.index()
                    .first(folded)
                    .map(found -> new Hit(questions.get(each.numbers()[found.question()]), field, found.token()));
            if (hit.isPresent()) {
                return hit;
            }
        }
        return alone.isEmpty() ? Optional.empty() : alone(folded, field);
    }

    /// A short question that is all of the text or of one of its lines.
    private Optional<Hit> alone(String text, Field field) {
        Tokens tokens = new Tokens();
        tokens.read(text);
        Integer whole = tokens.count() <= longestAlone ? alone.get(tokens.joined()) : null;
        int before = 0;
        for (String line : whole == null ? (Iterable<String>) text.lines()::iterator : List.<String>of()) {
            tokens.read(line);
            whole = tokens.count() <= longestAlone ? alone.get(tokens.joined()) : null;
            if (whole != null) {
                break;
            }
            before += tokens.count();
        }
        return whole == null ? Optional.empty() : Optional.of(new Hit(questions.get(whole), field, before));
    }

    /// How many questions there are.
    public int questions() {
        return questions.size();
    }

    /// How many different runs the questions have.
    public int grams() {
        return indices.stream().mapToInt(each -> each.index().size()).sum();
    }

    /// The keys of the questions so short that they are found only where they stand alone.
    public List<String> onlyAlone() {
        return onlyAlone;
    }

    /// The keys of the questions without a token, which cannot be found.
    public List<String> unfindable() {
        return unfindable;
    }
}
