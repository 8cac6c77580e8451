package dev.assay.distil;

import dev.assay.distil.internal.similar.GramIndex;
import dev.assay.fault.Fault;
import java.util.List;
import java.util.Optional;

/// Finds questions of a benchmark in texts that are about to be trained on.
///
/// A text is contaminated when a run of tokens of a question, 12 by default, occurs in it; tokens are those
/// of [NearDuplicates]. Runs are compared in full, so that a hit is never an accident of hashing. A question
/// with fewer tokens than a run cannot be found this way: such questions are listed in [#tooShort()].
///
/// Immutable; safe for many threads at once. Memory: the questions as UTF-8 and some 30 bytes for each of
/// their tokens.
public final class Decontamination {
    /// Tokens of a run. Shorter runs find common phrases, longer ones miss reworded questions.
    public static final int DEFAULT_NGRAM = 12;

    private final GramIndex index;
    private final List<String> questions;
    private final List<String> tooShort;

    private Decontamination(GramIndex index, List<String> questions, List<String> tooShort) {
        this.index = index;
        this.questions = questions;
        this.tooShort = tooShort;
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
    /// @throws Fault `BAD_SETTING` if `ngram < 1`; `BAD_DATA` if no question has so many tokens, since
    ///     nothing could ever be found
    public static Decontamination of(List<KeyedText> questions, int ngram) {
        if (ngram < 1) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "Decontamination: a run must have at least 1 token, got " + ngram + ".");
        }
        List<String> keys = questions.stream().map(KeyedText::key).toList();
        GramIndex index = GramIndex.of(questions.stream().map(KeyedText::text).toList(), ngram);
        List<String> tooShort = index.tooShort().stream().mapToObj(keys::get).toList();
        if (tooShort.size() == keys.size()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "Decontamination: none of the benchmark's " + keys.size() + " questions has " + ngram
                            + " tokens, so none could be found; give its questions in full or shorter runs.");
        }
        return new Decontamination(index, keys, tooShort);
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
        return index.first(text).map(found -> new Hit(questions.get(found.question()), field, found.token()));
    }

    /// How many questions there are.
    public int questions() {
        return questions.size();
    }

    /// How many different runs the questions have.
    public int grams() {
        return index.size();
    }

    /// The keys of the questions that have fewer tokens than a run and cannot be found.
    public List<String> tooShort() {
        return tooShort;
    }
}
