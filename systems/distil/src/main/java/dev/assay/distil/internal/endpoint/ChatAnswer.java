package dev.assay.distil.internal.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What a model said.
///
/// @param text  the answer, may be empty
/// @param finish why it ends, as the end point says: `stop`, or `length`, `content_filter`, `tool_calls`
///     and the like, `refusal` where the model refused; absent if nothing is said
/// @param usage tokens, if the end point counts them
public record ChatAnswer(String text, Optional<String> finish, Optional<Usage> usage) {
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
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /// What an end point says of an answer that came to its end.
    public static final String STOP = "stop";

    /// Reads an answer to `POST /chat/completions`, whoever sent it.
    ///
    /// @param streamed whether it was asked for in pieces; some end points do not stream, whatever
    ///     they are asked for
    /// @throws EndPointFailure (MALFORMED) if it is none
    public static ChatAnswer read(byte[] body, boolean streamed) {
        String text = new String(body, StandardCharsets.UTF_8);
        ChatAnswer answer = streamed && !text.stripLeading().startsWith("{") ? streamed(text) : whole(text);
        return new ChatAnswer(wellFormed(answer.text()), answer.finish(), answer.usage());
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
        JsonNode choice = first(answer);
        JsonNode message = choice.path("message");
        Optional<String> finish = finish(choice, message);
        JsonNode content = message.path("content");
        if (content.isString() || content.isArray()) {
            return new ChatAnswer(said(content), finish, usage(answer));
        }
        // All tokens spent before the answer, a filter, a call of a tool: the end point says so, and says
        // no more. Or the model reasoned and then said nothing; what it reasoned is no answer.
        boolean withheld = content.isNull() || content.isMissingNode();
        if (withheld
                && (reasoned(message) || finish.isPresent() && !finish.get().equals(STOP))) {
            return new ChatAnswer("", finish, usage(answer));
        }
        throw malformed("has no choices[0].message.content");
    }

    /// The text of a content: itself, or that of its parts. Parts of another type, such as reasoning, are no
    /// answer.
    private static String said(JsonNode content) {
        if (!content.isArray()) {
            return content.stringValue("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (part.path("type").stringValue("text").equals("text")) {
                text.append(part.path("text").stringValue(""));
            }
        }
        return text.toString();
    }

    /// Whether the end point gives what the model reasoned apart from its answer.
    private static boolean reasoned(JsonNode message) {
        return !message.path("reasoning_content").stringValue("").isEmpty()
                || !message.path("reasoning").stringValue("").isEmpty();
    }

    /// The first of several answers, which come in any order.
    private static JsonNode first(JsonNode answer) {
        for (JsonNode choice : answer.path("choices")) {
            if (choice.path("index").intValue(0) == 0) {
                return choice;
            }
        }
        return MissingNode.getInstance();
    }

    /// Why an answer ends, from its choice and its message or piece of one.
    private static Optional<String> finish(JsonNode choice, JsonNode message) {
        JsonNode reason = choice.path("finish_reason");
        boolean refused = !message.path("refusal").stringValue("").isEmpty();
        boolean calls = !message.path("tool_calls").isEmpty()
                || message.path("function_call").isObject();
        String said = reason.stringValue("");
        String plain = NAME.matcher(said).matches() ? said : said.isEmpty() ? "" : "other";
        // Some servers say "stop" of an answer that is a call of a tool or a refusal.
        if (plain.isEmpty() || plain.equals(STOP)) {
            return refused
                    ? Optional.of("refusal")
                    : calls ? Optional.of("tool_calls") : plain.isEmpty() ? Optional.empty() : Optional.of(STOP);
        }
        return Optional.of(plain);
    }

    /// Server-sent events: each `data:` line is a JSON object with a piece of the answer, the last one
    /// `[DONE]`.
    private static ChatAnswer streamed(String body) {
        StringBuilder text = new StringBuilder();
        Optional<Usage> usage = Optional.empty();
        Optional<String> finish = Optional.empty();
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
            JsonNode choice = first(piece);
            JsonNode delta = choice.path("delta");
            text.append(said(delta.path("content")));
            ended |= choice.path("finish_reason").isString();
            Optional<String> said = finish(choice, delta);
            // A call or a refusal comes in a piece before the last, which may say "stop".
            finish = said.isPresent() && (finish.isEmpty() || !said.get().equals(STOP)) ? said : finish;
            Optional<Usage> counted = usage(piece);
            usage = counted.isPresent() ? counted : usage;
        }
        if (!ended) {
            throw malformed("broke off before its end");
        }
        return new ChatAnswer(text.toString(), finish, usage);
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
