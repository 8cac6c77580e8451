package dev.assay.distil.internal.replay;

import dev.assay.distil.Responder;
import dev.assay.distil.internal.endpoint.Courier;
import dev.assay.distil.internal.endpoint.EndPointFailure;
import dev.assay.distil.internal.endpoint.Pacing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a model behind an end point.
final class Chat implements AutoCloseable {
    /// What it said.
    ///
    /// @param text  the answer, may be empty
    /// @param usage tokens, if the end point counts them
    record Answer(String text, Optional<Usage> usage) {}

    /// Tokens of request and answer.
    record Usage(long promptTokens, long completionTokens) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/chat/completions";
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";
    private static final int REPLACEMENT = 0xFFFD;

    private final Responder.Chat model;
    private final Courier courier;

    Chat(Responder.Chat model, Pacing pacing, Function<String, @Nullable String> environment) {
        this.model = model;
        this.courier = Courier.to(model.endPoint(), pacing, environment);
    }

    boolean reachable() {
        return courier.reachable();
    }

    /// @throws EndPointFailure if there is no answer
    Answer ask(Prompt prompt) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", model.endPoint().model());
        request.put("messages", prompt.json());
        request.put("temperature", 0);
        request.put("seed", model.seed());
        request.put("max_tokens", model.maxTokens());
        request.put("stream", model.streamed());
        if (model.streamed()) {
            request.put("stream_options", Map.of("include_usage", true));
        }
        return courier.post(PATH, JSON.writeValueAsBytes(request), model.streamed(), this::read);
    }

    private Answer read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        // Some end points do not stream, whatever they are asked for.
        Answer answer = model.streamed() && !text.stripLeading().startsWith("{") ? streamed(text) : whole(text);
        return new Answer(wellFormed(answer.text()), answer.usage());
    }

    /// Halves of surrogate pairs, which JSON can carry and the log cannot, replaced.
    private static String wellFormed(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static Answer whole(String body) {
        JsonNode answer = tree(body);
        JsonNode content = answer.path("choices").path(0).path("message").path("content");
        if (!content.isString()) {
            throw malformed("has no choices[0].message.content");
        }
        return new Answer(content.stringValue(), usage(answer));
    }

    /// Server-sent events: each `data:` line is a JSON object with a piece of the answer, the last one `[DONE]`.
    private static Answer streamed(String body) {
        StringBuilder text = new StringBuilder();
        Optional<Usage> usage = Optional.empty();
        boolean ended = false;
        for (String line : body.lines().toList()) {
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
        return new Answer(text.toString(), usage);
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
        boolean counted = asked.isIntegralNumber()
                && answered.isIntegralNumber()
                && asked.canConvertToLong()
                && answered.canConvertToLong()
                && asked.longValue() >= 0
                && answered.longValue() >= 0;
        return counted ? Optional.of(new Usage(asked.longValue(), answered.longValue())) : Optional.empty();
    }

    private static EndPointFailure malformed(String how) {
        return new EndPointFailure(EndPointFailure.Kind.MALFORMED, "the answer to POST " + PATH + " " + how);
    }

    @Override
    public void close() {
        courier.close();
    }
}
