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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void shortQuestionsAreFoundAsAWhole() {
        Decontamination benchmark = Decontamination.of(List.of(
                new KeyedText("q1", QUESTION),
                new KeyedText("q2", "What is the capital of Australia?"),
                new KeyedText("q3", "Who am I?"),
                new KeyedText("q4", " ?! "),
                new KeyedText("q5", "")));

        assertThat(benchmark.questions()).isEqualTo(5);
        assertThat(benchmark.onlyAlone()).containsExactly("q3");
        assertThat(benchmark.unfindable()).containsExactly("q4", "q5");
        assertThat(benchmark.hit("what is  the CAPITAL of Australia", "", false))
                .contains(new Hit("q2", Field.PROMPT, 0));
        assertThat(benchmark.hit("Tell me: What is the capital of Australia? Please", "", false))
                .contains(new Hit("q2", Field.PROMPT, 2));
        assertThat(benchmark.hit("What is the capital of Austria?", "", false)).isEmpty();
        assertThat(benchmark.hit("", "Let us see.\n- who am i", false)).contains(new Hit("q3", Field.TEXT, 3));
        assertThat(benchmark.hit("Nobody knows who am I here", "", false)).isEmpty();
        assertThat(benchmark.hit("Who am I?", "", true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Cyrillic and Greek letters, wide forms, letters of formulas, ligatures, characters that
                // nobody sees.
                "What is the c\u0430pital of Austr\u0430lia?",
                "WH\u0391T IS THE C\u0391PIT\u0391L OF \u0391USTR\u0391LIA",
                "\u0405\u041E what is the capital of Australia",
                "\uFF37\uFF48\uFF41\uFF54 is the capital of Australia\uFF1F",
                "\uD835\uDC16hat is the \uD835\uDC1Capital of Australia",
                "Wha\u200Bt is the cap\u00ADital of Aus\u2060tralia",
                "What\u00A0is\u2003the\u3000capital of Australia",
            })
    void spellingsThatLookAlikeAreTheSameQuestion(String prompt) {
        Decontamination benchmark =
                Decontamination.of(List.of(new KeyedText("q", "What is the capital of Australia?")));
        assertThat(benchmark.hit(prompt, "", false)).isPresent();
    }

    @Test
    void questionsOfOtherScriptsAreFoundInAnyCaseAndInsideSentences() {
        Decontamination benchmark = Decontamination.of(List.of(
                new KeyedText(
                        "ru",
                        "\u041a\u0442\u043e \u0441\u0430\u043c \u0442\u0430\u043c \u043f\u0438\u0441\u0430\u043b \u0434\u043e\u043c"),
                new KeyedText("zh", "\u6fb3\u5927\u5229\u4e9a\u7684\u9996\u90fd\u662f\u54ea\u91cc")));
        assertThat(benchmark.hit(
                        "\u041a\u0422\u041e \u0421\u0410\u041c \u0422\u0410\u041c \u041f\u0418\u0421\u0410\u041b \u0414\u041e\u041c",
                        "",
                        false))
                .isPresent();
        assertThat(benchmark.hit(
                        "\u8bf7\u95ee\u6fb3\u5927\u5229\u4e9a\u7684\u9996\u90fd\u662f\u54ea\u91cc\u5462", "", false))
                .isPresent();
        assertThat(benchmark.hit("\u6fb3\u5927\u5229\u4e9a\u7684\u4eba\u53e3\u662f\u591a\u5c11", "", false))
                .isEmpty();
    }

    @Test
    void aBenchmarkThatCouldNeverBeFoundIsRefused() {
        for (List<KeyedText> questions : List.of(List.<KeyedText>of(), List.of(new KeyedText("q", "?")))) {
            assertThatThrownBy(() -> Decontamination.of(questions))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                    .hasMessageContaining("letter or digit");
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
