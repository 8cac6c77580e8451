package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.distil.Decontamination.Field;
import dev.assay.distil.Decontamination.Hit;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DecontaminationTest {
    private static final String QUESTION = "One two three, four five six: seven eight nine ten eleven twelve?";

    @Test
    void aRunOfTwelveTokensIsFoundWhateverStandsBetween() {
        Decontamination benchmark = Decontamination.of(List.of(new KeyedText("q1", QUESTION)));
        String spelled = "Well: ONE two three four\n\nfive six seven eight -- nine ten eleven TWELVE thirteen";

        assertThat(benchmark.hit("", spelled, false)).contains(new Hit("q1", Field.TEXT, 1));
        assertThat(benchmark.hit(spelled, "", false)).contains(new Hit("q1", Field.PROMPT, 1));
        assertThat(benchmark.hit(spelled, "", true)).isEmpty();
        assertThat(benchmark.hit("", spelled.replace("five", "5"), false)).isEmpty();
    }

    @Test
    void aRunDoesNotReachFromThePromptIntoTheText() {
        Decontamination benchmark = Decontamination.of(List.of(new KeyedText("q1", QUESTION)));

        assertThat(benchmark.hit("one two three four five six", "seven eight nine ten eleven twelve", false))
                .isEmpty();
    }

    @Test
    void shortQuestionsAreReported() {
        Decontamination benchmark =
                Decontamination.of(List.of(new KeyedText("q1", QUESTION), new KeyedText("q2", "What is two and two?")));

        assertThat(benchmark.tooShort()).containsExactly("q2");
        assertThat(benchmark.questions()).isEqualTo(2);
        assertThat(benchmark.grams()).isEqualTo(1);
    }

    @Test
    void aBenchmarkThatCouldNeverBeFoundIsRefused() {
        for (List<KeyedText> questions : List.of(List.<KeyedText>of(), List.of(new KeyedText("q", "too short")))) {
            assertThatThrownBy(() -> Decontamination.of(questions))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                    .hasMessageContaining("12 tokens");
        }
        assertThatThrownBy(() -> Decontamination.of(List.of(new KeyedText("q", QUESTION)), 0))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING));
    }

    @Test
    void hitsAreThoseOfComparingAllRuns() {
        Property.holds(200, seed -> {
            RandomGenerator random = seed.generator();
            int ngram = 1 + random.nextInt(5);
            List<KeyedText> questions = new ArrayList<>();
            Map<List<String>, String> runs = new HashMap<>();
            for (int q = 0; q < 1 + random.nextInt(40); q++) {
                List<String> words = words(random, ngram + random.nextInt(12));
                questions.add(new KeyedText("q" + q, String.join(" ", words)));
                for (int i = 0; i + ngram <= words.size(); i++) {
                    runs.putIfAbsent(List.copyOf(words.subList(i, i + ngram)), "q" + q);
                }
            }
            List<String> text = words(random, random.nextInt(60));
            Optional<Hit> expected = Optional.empty();
            for (int i = text.size() - ngram; i >= 0; i--) {
                String question = runs.get(text.subList(i, i + ngram));
                if (question != null) {
                    expected = Optional.of(new Hit(question, Field.TEXT, i));
                }
            }

            Decontamination benchmark = Decontamination.of(questions, ngram);

            assertThat(benchmark.grams()).isEqualTo(runs.size());
            assertThat(benchmark.hit("", String.join("; ", text), false)).isEqualTo(expected);
        });
    }

    private static List<String> words(RandomGenerator random, int count) {
        int vocabulary = 2 + random.nextInt(30);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add("w" + random.nextInt(vocabulary));
        }
        return words;
    }
}
