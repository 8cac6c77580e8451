package dev.assay.distil.internal.replay;

import dev.assay.distil.Responder;
import dev.assay.distil.internal.endpoint.ChatAnswer;
import dev.assay.distil.internal.endpoint.Courier;
import dev.assay.distil.internal.endpoint.EndPointFailure;
import dev.assay.distil.internal.endpoint.Pacing;
import dev.assay.distil.internal.endpoint.Sent;
import dev.assay.fault.Limits;
import dev.assay.study.Permissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Asks a model behind an end point.
final class Chat implements AutoCloseable {
    /// The temperature that is asked for: the likeliest answer.
    static final int TEMPERATURE = 0;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Responder.Chat model;
    private final Courier courier;

    /// @throws dev.assay.fault.Fault (CONSENT) if nobody agreed that tasks are sent there
    Chat(Responder.Chat model, Permissions permissions, Pacing pacing, Function<String, @Nullable String> environment) {
        this.model = model;
        this.courier = Courier.to(
                model.endPoint(),
                permissions.to(model.endPoint().destination(Sent.TASKS)),
                pacing,
                environment,
                Limits.ofProcess());
    }

    boolean reachable() {
        return courier.reachable();
    }

    /// @throws EndPointFailure if there is no answer
    ChatAnswer ask(Prompt prompt) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", model.endPoint().model());
        request.put("messages", prompt.json());
        request.put("temperature", TEMPERATURE);
        request.put("seed", model.seed());
        request.put("max_tokens", model.maxTokens());
        request.put("stream", model.streamed());
        if (model.streamed()) {
            request.put("stream_options", Map.of("include_usage", true));
        }
        return courier.post(ChatAnswer.PATH, JSON.writeValueAsBytes(request), model.streamed(), this::read);
    }

    /// An end point that quotes the key it got must not bring it into the log.
    private ChatAnswer read(byte[] body) {
        ChatAnswer answer = ChatAnswer.read(body, model.streamed());
        return new ChatAnswer(courier.masked(answer.text()), answer.finish(), answer.usage());
    }

    @Override
    public void close() {
        courier.close();
    }
}
