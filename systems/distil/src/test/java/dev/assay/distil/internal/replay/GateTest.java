package dev.assay.distil.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.distil.AnswerFormat;
import dev.assay.distil.GateSettings;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.GateVerdict.Reason;
import dev.assay.distil.Hit;
import dev.assay.distil.LinearPattern;
import dev.assay.distil.Playbook;
import dev.assay.distil.RagSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final GateSettings ANY_LENGTH = GateSettings.DEFAULT.withLeastCodePoints(0);

    private static List<Reason> reasons(GateSettings settings, String answer, String task, String... steps) {
        return Gate.judge(settings, answer, List.of(task), List.of(steps), Optional.empty())
                .reasons();
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(reasons(GateSettings.DEFAULT, "\ud83d\ude00".repeat(79), "t"))
                .containsExactly(Reason.TOO_SHORT);
        assertThat(reasons(GateSettings.DEFAULT, "\ud83d\ude00".repeat(80), "t"))
                .isEmpty();
    }

    @Test
    void excusesAreHedges() {
        for (String hedge : List.of(
                "As an AI model",
                "Sorry, I CANNOT do it",
                "i can't",
                "I can\u2019t",
                "I am unable to",
                "I'm unable",
                "I do not have access to",
                "I don't have access")) {
            assertThat(reasons(ANY_LENGTH, hedge, "t")).as(hedge).containsExactly(Reason.HEDGE);
        }
        assertThat(reasons(ANY_LENGTH, "I can, and the cat can too", "t")).isEmpty();
        assertThat(reasons(new GateSettings(0, false, true, 0.8, Optional.empty(), true), "I cannot", "t"))
                .isEmpty();
    }

    @Test
    void validationNeedsAWordOfFourLetters() {
        assertThat(reasons(ANY_LENGTH, "All done.", "t", "Verify the totals of all rows"))
                .containsExactly(Reason.NO_VALIDATION_OVERLAP);
        assertThat(reasons(ANY_LENGTH, "The TOTALS agree.", "t", "Verify the totals of all rows"))
                .isEmpty();
        assertThat(reasons(ANY_LENGTH, "All done.", "t")).isEmpty();
        assertThat(reasons(
                        new GateSettings(0, true, false, 0.8, Optional.empty(), true),
                        "All done.",
                        "t",
                        "Verify totals"))
                .isEmpty();
    }

    @Test
    void claimsArePathsIdentifiersAndNumbers() {
        assertThat(Grounding.claims(
                        "Edit src/main/app.py. Call read_rows or HttpClient with 12 or 7, then 3.5 and 1,024."))
                .containsExactly("src/main/app.py", "read_rows", "HttpClient", "12", "3.5", "1,024");
        assertThat(Grounding.claims("A x1 _ __ a_1 3rd 0x1f v2.10 I am. http://host.org/a//b e.g. 5"))
                .containsExactly("10", "host.org/a");
        assertThat(Grounding.claims("2024-01-31, 12.")).containsExactly("2024", "01", "31", "12");
        assertThat(Grounding.claims("no claim at all")).isEmpty();
    }

    @Test
    void claimsMustStandInTaskOrTexts() {
        GateVerdict verdict = Gate.judge(
                ANY_LENGTH,
                "Set maxRetries to 12 in conf/app.yml and 99 elsewhere",
                List.of("conf/app.yml has maxRetries", "3120 is not 12"),
                List.of(),
                Optional.empty());
        assertThat(verdict.grounded().orElseThrow()).isCloseTo(3.0 / 4, within(1e-15));
        assertThat(verdict.reasons()).containsExactly(Reason.UNGROUNDED);
        assertThat(Gate.judge(ANY_LENGTH, "There are 12", List.of("3120"), List.of(), Optional.empty())
                        .grounded()
                        .orElseThrow())
                .isZero();
        assertThat(Gate.judge(ANY_LENGTH, "No claims here", List.of("t"), List.of(), Optional.empty())
                        .grounded())
                .isEmpty();
        assertThat(Gate.judge(ANY_LENGTH, "10 11 12 13 14", List.of("10 11 12 13"), List.of(), Optional.empty())
                        .passed())
                .isTrue();
    }

    @Test
    void formatsAreHeldTo() {
        GateSettings json = ANY_LENGTH.withFormat(new AnswerFormat.Json());
        assertThat(reasons(json, " {\"a\": [1]} \n", "1")).isEmpty();
        assertThat(reasons(json, "{\"a\": 1} done", "1")).containsExactly(Reason.FORMAT);
        assertThat(reasons(json, "", "1")).containsExactly(Reason.FORMAT);
        GateSettings block = ANY_LENGTH.withFormat(new AnswerFormat.FencedBlock());
        assertThat(reasons(block, "so:\n```java\nint i;\n```\n", "t")).isEmpty();
        assertThat(reasons(block, "so:\n```java\nint i;\n", "t")).containsExactly(Reason.FORMAT);
        assertThat(reasons(block, "```x```", "t")).containsExactly(Reason.FORMAT);
        GateSettings pattern = ANY_LENGTH.withFormat(new AnswerFormat.Matching(LinearPattern.of("^Answer: [a-z]+$")));
        assertThat(reasons(pattern, "Answer: yes", "t")).isEmpty();
        assertThat(reasons(pattern, "yes", "t")).containsExactly(Reason.FORMAT);
    }

    @Test
    void allFailuresAreListedInOrder() {
        assertThat(Gate.judge(
                                GateSettings.DEFAULT.withFormat(new AnswerFormat.Json()),
                                "I cannot find foo_bar",
                                List.of("t"),
                                List.of("verify totals"),
                                Optional.of("length"))
                        .reasons())
                .containsExactly(Reason.values());
    }

    @Test
    void aLongAnswerIsJudgedInTime() {
        String slashes = "a/".repeat(200_000);
        String digits = "1,".repeat(200_000);
        String fence = "```\n".repeat(3) + "x\n".repeat(200_000);
        assertThat(Gate.judge(
                                ANY_LENGTH.withFormat(new AnswerFormat.FencedBlock()),
                                slashes + digits + fence,
                                List.of("t"),
                                List.of(),
                                Optional.empty())
                        .passed())
                .isFalse();
    }

    @Test
    void stepsAreLinesThatBeginWithAVerb() {
        String content = """
                Verify the sum.
                  * CHECK the date
                2) - [x] assert equality
                > Ensure order
                **Confirm** the name
                Verification is done.
                I verify nothing.
                Verify the sum.
                """;
        assertThat(bundle(content).steps())
                .containsExactly(
                        "Verify the sum.", "CHECK the date", "assert equality", "Ensure order", "**Confirm** the name");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            many.append("check item ").append(i).append('\n');
        }
        assertThat(bundle(many.toString()).steps()).hasSize(10).endsWith("check item 9");
    }

    @Test
    void previewsEndAfter240CodePoints() {
        String content = "\ud83d\ude00".repeat(241);
        String message = Prompt.of("task", bundle(content)).messages().get(1).content();
        assertThat(message).contains("\ud83d\ude00".repeat(240) + " ...").doesNotContain("\ud83d\ude00".repeat(241));
    }

    @Test
    void atMostThreeExamplesAndTwoWarningsAreShown() {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RagSample.Score score = i % 2 == 0 ? RagSample.Score.ACCEPTED : RagSample.Score.PARTIALLY_ACCEPTED;
            hits.add(new Hit(i + 1, 1, 1, new Playbook("p" + i, "t" + i, "c" + i, score, "r", Optional.empty())));
        }
        Bundle bundle = Bundle.of(hits);
        assertThat(bundle.exemplars()).extracting(Playbook::id).containsExactly("p0", "p2", "p4");
        assertThat(bundle.warnings()).extracting(Playbook::id).containsExactly("p1", "p3");
    }

    private static Bundle bundle(String content) {
        return Bundle.of(List.of(new Hit(1, 1, 1, Playbook.of("p", "title", content))));
    }
}
