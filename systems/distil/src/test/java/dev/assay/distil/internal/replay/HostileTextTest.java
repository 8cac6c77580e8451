package dev.assay.distil.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.distil.AnswerMatch;
import dev.assay.distil.GateSettings;
import dev.assay.distil.Hit;
import dev.assay.distil.PersonalData;
import dev.assay.distil.Playbook;
import dev.assay.distil.RuleFile;
import dev.assay.distil.internal.SettingsFuzz;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.distil.internal.mapping.Values;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Texts of a million characters that are made to be slow, or to go deep.
class HostileTextTest {
    private static final int LONG = 1_000_000;

    static final List<String> UNITS = List.of(
            " ",
            "\n",
            "a",
            "1",
            "-",
            "- ",
            "1. ",
            "\"",
            "\\",
            "\\\"",
            "\"answer\"",
            "\"answer\":",
            "\"answer\":\"",
            "\"answer\" : ",
            "a@",
            "a@a.",
            "1.",
            "1,",
            "/",
            "a/",
            "_",
            "a_",
            ".",
            "```\n",
            "{",
            "[",
            "e",
            "$",
            "1-",
            "\u0301",
            "\uD83D\uDE00");

    private static List<String> texts() {
        return UNITS.stream().map(unit -> unit.repeat(LONG / 5 / unit.length())).toList();
    }

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @Test
    @Timeout(120)
    void everyLookAtAnAnswerIsLinear() {
        for (String text : texts()) {
            String answer = text + "!";
            for (AnswerMatch match : AnswerMatch.values()) {
                Answers.right(match, answer, "x" + text.substring(text.length() / 2));
            }
            Gate.judge(
                    GateSettings.DEFAULT, answer, List.of("a 1 _ " + text), List.of("check " + text), Optional.empty());
            Bundle.of(List.of(new Hit(1, 1, 1, Playbook.of("id", "title", text + "x"))));
            Values.firstNumber(answer);
            NormalText.of(answer);
            PersonalData.replaced(answer);
        }
    }

    @Test
    @Timeout(60)
    void aReferenceThatRepeatsItselfIsFoundInAnAnswerThatDoes() {
        String a = "a".repeat(LONG);
        assertThat(Answers.right(AnswerMatch.CONTAINS, a, "a".repeat(LONG / 2))).isFalse();
        assertThat(Answers.right(AnswerMatch.CONTAINS, a + " " + a.substring(1), a.substring(1)))
                .isTrue();
        assertThat(Answers.right(AnswerMatch.CONTAINS, a, "a".repeat(LONG / 2) + "b"))
                .isFalse();
    }

    @Test
    void fieldsOfAnswersAreReadAsBefore() {
        for (String[] each : new String[][] {
            {"{\"answer\": \"it is 5\", \"n\": 7}", "5"},
            {"{\"answer\" :\n 6, 7}", "6"},
            {"{\"answer\": \"a \\\" 8\"} 9", "8"},
            {"{\"answer\": \"no end 3, 4", "3"},
            {"{\"answer\": 1} {\"answer\": 2}", "2"},
            {"\"answer\" 1 then 12", "12"},
            {"so $1,234.50.", "1234.5"}
        }) {
            assertThat(Answers.right(AnswerMatch.NUMBER, each[0], each[1]))
                    .as(each[0])
                    .isTrue();
        }
        assertThat(Answers.right(AnswerMatch.NUMBER, "9".repeat(LONG), "9".repeat(LONG)))
                .isFalse();
    }

    private RuleFile rules(String text) throws IOException {
        return RuleFile.read(Files.writeString(folder.resolve("rules.yml"), text));
    }

    private void refused(String text, String sentence) {
        assertThatThrownBy(() -> rules(text))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.STUDY))
                .hasMessageStartingWith("rules.yml")
                .hasMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    private static String when(String condition) {
        return "version: 1.0.0\nrules:\n  - { when: " + condition + ", then: accepted, reason: r }\n";
    }

    @Test
    @Timeout(60)
    void expressionsAndConditionsOfAnyDepthAreRead() throws IOException {
        assertThat(rules(when("{ blank: " + "first(".repeat(150) + "$.text" + ")".repeat(150) + " }"))
                        .outcomes())
                .hasSize(1);
        assertThat(rules(when("{ not: ".repeat(150) + "{ blank: $.text }" + " }".repeat(150)))
                        .outcomes())
                .hasSize(1);
        assertThat(rules(when("{ blank: 'first(" + "$.text, ".repeat(100_000) + "$.text)' }"))
                        .outcomes())
                .hasSize(1);
        refused(when("{ blank: '" + "first(".repeat(100_000) + "' }"), "nests more than 200 levels deep");
        refused(when("{ not: ".repeat(100_000)), "more than 200 levels deep");
        refused(when("[".repeat(100_000)), "more than 200 levels deep");
    }

    @Test
    @Timeout(60)
    void numbersThatCannotBeComputedWithAreRefused() {
        refused(when("{ blank: round(1e999999999) }"), "is no number of at most 400 digits");
        refused(when("{ blank: " + "9".repeat(LONG) + " }"), "is no number of at most 400 digits");
        refused(when("{ blank: 1e-999999999 }"), "is no number of at most 400 digits");
    }

    @Test
    @Timeout(60)
    void definitionsThatDoubleEachOtherEnd() throws IOException {
        StringBuilder text = new StringBuilder("version: 1.0.0\ndefine:\n  t0: concat($.text, $.text)\n  n0: 1e400\n");
        for (int i = 1; i < 60; i++) {
            text.append(
                    "  t%d: concat(t%d, t%d)\n  n%d: scale(n%d, n%d)\n".formatted(i, i - 1, i - 1, i, i - 1, i - 1));
        }
        text.append("rules:\n  - { when: { eq: [ t59, round(n59) ] }, then: accepted, reason: r }\n");
        text.append("  - { when: { gt: [ round(n5), 1 ] }, then: accepted, reason: s }\n");
        assertThat(rules(text.toString()).outcomes()).hasSize(2);
        assertThat(rules(text.toString())
                        .compiled()
                        .judge(SettingsFuzz.record())
                        .reason())
                .isEqualTo("s");
    }

    @Test
    @Timeout(60)
    void aHundredThousandDefinitionsAreRead() throws IOException {
        StringBuilder text = new StringBuilder("version: 1.0.0\ndefine:\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("  d").append(i).append(": 1\n");
        }
        assertThat(rules(text + "rules: []\n").outcomes()).isEmpty();
    }
}
