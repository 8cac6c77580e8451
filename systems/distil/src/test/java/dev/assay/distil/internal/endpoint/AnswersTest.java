package dev.assay.distil.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void commentsAndEmptyPiecesAreNoProgress() {
        for (String idle : List.of(
                ": ping\n\n",
                "\n\n\n",
                "data:\n\n",
                "data:   \n\n",
                "event: message\nid: 7\nretry: 5\n",
                " \r\n\t",
                "dat",
                "x:data: {}")) {
            assertThat(new Progress().made(bytes(idle))).as(idle).isFalse();
        }
        Progress json = new Progress();
        assertThat(json.made(bytes("  {"))).isTrue();
        assertThat(json.made(bytes("   \n\n"))).isFalse();
        assertThat(json.made(bytes("\"a\":1}"))).isTrue();
        Progress events = new Progress();
        assertThat(events.made(bytes(": first\r\nda"))).isFalse();
        assertThat(events.made(bytes("ta: "))).isFalse();
        assertThat(events.made(bytes("{"))).isTrue();
        assertThat(events.made(bytes("\n: again"))).isFalse();
    }

    @Test
    void theClockOfABodyGoesOnWithAnswersAlone() {
        BoundedBody body = new BoundedBody(1_000);
        body.onNext(List.of(ByteBuffer.wrap(bytes(": ping\n\ndata:\n\n"))));
        assertThat(body.lastPiece(42)).isEqualTo(42);
        body.onNext(List.of(ByteBuffer.wrap(bytes("data: {}\n\n"))));
        assertThat(body.lastPiece(42)).isNotEqualTo(42);
    }

    @Test
    void aKeyIsTakenOutWholeAndInPieces() {
        String key = "sk-no-key-required-0042";
        assertThat(KeyMask.masked("bad key " + key + "!", key)).isEqualTo("bad key [key]!");
        assertThat(KeyMask.masked("bad key ...-key-required-0042", key)).isEqualTo("bad key ...[key]");
        assertThat(KeyMask.masked("sk-no-key-re and key-required-0042", key)).isEqualTo("[key] and [key]");
        assertThat(KeyMask.masked("a key is required", key)).isEqualTo("a key is required");
        assertThat(KeyMask.masked("ollama, ollama", "ollama")).isEqualTo("[key], [key]");
        assertThat(KeyMask.masked("", key)).isEmpty();
    }

    @Test
    void countsThatAreNoneAreNotTaken() {
        String answer =
                "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":1}}";
        assertThat(ChatAnswer.read(bytes(answer.formatted("7")), false).usage()).contains(new ChatAnswer.Usage(7, 1));
        for (String none : List.of("-1", "9223372036854775807", "1e3", "\"7\"", "7.5", "null")) {
            assertThat(ChatAnswer.read(bytes(answer.formatted(none)), false).usage())
                    .as(none)
                    .isEmpty();
        }
    }

    /// Contents as Mistral and vLLM document them.
    @Test
    void anAnswerInPartsIsTheirTextAndReasoningIsNone() {
        String whole = "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{%s}}]}";
        String parts = "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]},"
                + "{\"type\":\"text\",\"text\":\"It is \"},{\"type\":\"text\",\"text\":\"7.\"}]";
        assertThat(ChatAnswer.read(bytes(whole.formatted(parts)), false).text()).isEqualTo("It is 7.");
        for (String name : List.of("reasoning_content", "reasoning")) {
            String reasoned = "\"content\":null,\"" + name + "\":\"Hm.\"";
            assertThat(ChatAnswer.read(bytes(whole.formatted(reasoned)), false))
                    .isEqualTo(new ChatAnswer("", Optional.of("stop"), Optional.empty()));
        }
        for (String none : List.of("\"content\":null", "\"content\":7", "\"content\":{}", "\"role\":\"assistant\"")) {
            assertThatThrownBy(() -> ChatAnswer.read(bytes(whole.formatted(none)), false))
                    .as(none)
                    .isInstanceOf(EndPointFailure.class);
        }
        String pieces = "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"It is \"}]}}]}\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"7.\"},\"finish_reason\":\"stop\"}]}\ndata: [DONE]\n";
        assertThat(ChatAnswer.read(bytes(pieces), true).text()).isEqualTo("It is 7.");
    }

    @Test
    void vectorsThatNoIndexCanHoldAreRefused() {
        assertThat(EmbeddingAnswer.read(bytes("{\"data\":[{\"embedding\":[1,2]}]}"), 1, 2))
                .hasSize(1);
        for (String bad : List.of(
                "{\"data\":[{\"embedding\":[1,2,3]}]}",
                "{\"data\":[{\"embedding\":[1e300,2]}]}",
                "{\"data\":[{\"embedding\":[\"1\",2]}]}",
                "{\"data\":[{\"index\":1.5,\"embedding\":[1,2]}]}",
                "{\"data\":[{\"index\":\"0\",\"embedding\":[1,2]}]}")) {
            assertThatThrownBy(() -> EmbeddingAnswer.read(bytes(bad), 1, 2))
                    .as(bad)
                    .isInstanceOf(EndPointFailure.class);
        }
    }

    @Test
    void whatAServerSaysOfAnErrorIsOneLineThatCanBeSeen() {
        assertThat(ErrorText.of(bytes("{\"error\":{\"message\":\"a\\u001b[2J\\nb\\u202e\\ud800c\"}}")))
                .isEqualTo("a [2J b c");
        assertThat(ErrorText.of(bytes("{\"error\":\"" + "x".repeat(10_000) + "\"}")))
                .hasSize(200);
        assertThat(ErrorText.of(bytes("<html>"))).isEmpty();
    }
}
