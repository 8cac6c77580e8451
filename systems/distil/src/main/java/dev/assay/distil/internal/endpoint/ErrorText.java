package dev.assay.distil.internal.endpoint;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server says of an error: `error`, or `error.message`, of a JSON answer.
final class ErrorText {
    private static final int SHOWN_CODE_POINTS = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ErrorText() {}

    /// One line of at most 200 code points, all of which can be seen; empty if the server says nothing.
    static String of(byte[] body) {
        String message;
        try {
            JsonNode error =
                    JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("error");
            message = error.isString()
                    ? error.stringValue()
                    : error.path("message").asString("");
        } catch (JacksonException e) {
            return "";
        }
        StringBuilder line = new StringBuilder();
        message.codePoints()
                .map(c -> Character.isWhitespace(c) || !seen(c) ? ' ' : c)
                .limit(10L * SHOWN_CODE_POINTS)
                .forEach(line::appendCodePoint);
        String plain = line.toString().replaceAll(" +", " ").strip();
        return plain.substring(
                0, plain.offsetByCodePoints(0, Math.min(SHOWN_CODE_POINTS, plain.codePointCount(0, plain.length()))));
    }

    private static boolean seen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
