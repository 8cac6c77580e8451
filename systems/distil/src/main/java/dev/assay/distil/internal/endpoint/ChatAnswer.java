package dev.assay.distil.internal.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a model said.
///
/// @param text  the answer, may be empty
/// @param usage tokens, if the end point counts them
public record ChatAnswer(String text, Optional<Usage> usage) {
    /// Tokens of request and answer.
    public record Usage(long promptTokens, long completionTokens) {}

    /// Below the path of all requests.
    public static final String PATH = "/chat/completions";

    /// More tokens than this are no count of one answer; sums of these stay exact.
    private static final long MOST_TOKENS = 1_000_000_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";
    private static final int REPLACEMENT = 0xFFFD;

    /// Reads an answer to `POST /chat/completions`, whoever sent it.
    ///
    /// @param streamed whether it was asked for in pieces; some end points do not stream, whatever
    ///     they are asked for
    /// @throws EndPointFailure (MALFORMED) if it is none
    public static ChatAnswer read(byte[] body, boolean streamed) {
        String text = new String(body, StandardCharsets.UTF_8);
        ChatAnswer answer = streamed && !text.stripLeading().startsWith("{") ? streamed(text) : whole(text);
        return new ChatAnswer(wellFormed(answer.text()), answer.usage());
    }

    /// Halves of surrogate pairs, which JSON can carry and the log cannot, replaced.
    private static String wellFormed(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static ChatAnswer whole(String body) {
        JsonNode answer = tree(body);
        JsonNode content = answer.path("choices").path(0).path("message").path("content");
        if (!content.isString()) {
            throw malformed("has no choices[0].message.content");
        }
        return new ChatAnswer(content.stringValue(), usage(answer));
    }

    /// Server-sent events: each `data:` line is a JSON object with a piece of the answer, the last one
    /// `[DONE]`.
    private static ChatAnswer streamed(String body) {
        StringBuilder text = new StringBuilder();
        Optional<Usage> usage = Optional.empty();
        boolean ended = false;
        for (String line : (Iterable<String>) body.lines()::iterator) {
            if (!line.startsWith(DATA)) {
                continue;
            }
            String data = line.substring(DATA.length()).strip();
            if (data.equals(DONE)) {
                ended = true;
                break;
            }
            if (data.isEmpty()) {
                continue;
            }
            JsonNode piece = tree(data);
            if (piece.has("error")) {
                throw malformed("broke off with an error");
            }
            JsonNode choice = piece.path("choices").path(0);
            JsonNode content = choice.path("delta").path("content");
            if (content.isString()) {
                text.append(content.stringValue());
            }
            ended |= choice.path("finish_reason").isString();
            Optional<Usage> counted = usage(piece);
            usage = counted.isPresent() ? counted : usage;
        }
        if (!ended) {
            throw malformed("broke off before its end");
        }
        return new ChatAnswer(text.toString(), usage);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw malformed("is not JSON");
        }
    }

    private static Optional<Usage> usage(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        JsonNode asked = usage.path("prompt_tokens");
        JsonNode answered = usage.path("completion_tokens");
        return isCount(asked) && isCount(answered)
                ? Optional.of(new Usage(asked.longValue(), answered.longValue()))
                : Optional.empty();
    }

    private static boolean isCount(JsonNode tokens) {
        return tokens.isIntegralNumber()
                && tokens.canConvertToLong()
                && tokens.longValue() >= 0
                && tokens.longValue() <= MOST_TOKENS;
    }

    private static EndPointFailure malformed(String how) {
        return new EndPointFailure(EndPointFailure.Kind.MALFORMED, "the answer to POST " + PATH + " " + how);
    }
}
