package dev.assay.distil.internal.endpoint;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// Hostile answers of a server, made from a seed and given to everything that reads answers. What comes of
/// one is an answer or an [EndPointFailure], and never another exception.
///
/// `java ... EndPointFuzz ITERATIONS SEED` runs it alone.
final class EndPointFuzz {
    private static final int MOST = 1 << 16;
    private static final int LONGEST_VECTOR = 64;
    private static final String KEY = "sk-0123456789abcdefghij";
    private static final List<String> WHOLE = List.of(
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"yes\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n: comment\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
            "{\"data\":[{\"index\":0,\"embedding\":[0.5,1]},{\"index\":1,\"embedding\":[1,-2e3]}]}",
            "{\"error\":{\"message\":\"no such model\"}}");
    private static final List<String> PARTS = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "-1e-400",
            "9223372036854775808",
            "1" + "0".repeat(1200),
            "NaN",
            "\"\\ud800\"",
            "\"\\u0000\\u001b[2J\"",
            "\"" + KEY + "\"",
            "[]",
            "{}",
            "[[[[[[[[",
            "{\"a\":",
            "\"",
            "\\",
            "data:",
            "data: ",
            "data: [DONE]",
            ": ",
            "\r",
            "\r\n",
            "\n\n",
            "\u2028",
            "\ufeff",
            "\"index\":1.5",
            "\"index\":\"1\"",
            "\"index\":4294967296",
            "\"usage\":[]",
            "\"prompt_tokens\":1e3",
            "\"content\":[\"a\"]",
            "\"choices\":{}",
            "\"error\":\"x\"",
            "\"finish_reason\":\"\"",
            ",",
            ":",
            "]",
            "}",
            "\u0000",
            "[".repeat(2000),
            "{\"a\":".repeat(2000));

    private EndPointFuzz() {}

    /// How inputs came out.
    ///
    /// @param answers  readings that were answers
    /// @param failures readings that were told as failures
    record Outcome(int answers, int failures) {}

    /// @throws AssertionError naming the seed of an input that broke a reader
    static Outcome run(int iterations, long seed) {
        int answers = 0;
        int failures = 0;
        for (int i = 0; i < iterations; i++) {
            Random random = new Random(seed + i);
            byte[] body = body(random);
            for (Runnable reader : readers(body, random)) {
                try {
                    reader.run();
                    answers++;
                } catch (EndPointFailure told) {
                    failures++;
                } catch (RuntimeException | StackOverflowError broken) {
                    throw new AssertionError(
                            "seed " + (seed + i) + ": " + new String(body, StandardCharsets.UTF_8), broken);
                }
            }
        }
        return new Outcome(answers, failures);
    }

    private static List<Runnable> readers(byte[] body, Random random) {
        return List.of(
                () -> answered(ChatAnswer.read(body, false)),
                () -> answered(ChatAnswer.read(body, true)),
                () -> {
                    for (double[] vector : EmbeddingAnswer.read(body, 2, LONGEST_VECTOR)) {
                        check(vector.length <= LONGEST_VECTOR);
                    }
                },
                () -> {
                    String text = ErrorText.of(body);
                    check(text.codePointCount(0, text.length()) <= 200
                            && text.chars().noneMatch(c -> c < ' '));
                },
                () -> collected(body, random),
                () -> RetryAfter.of(HttpHeaders.of(
                                Map.of(
                                        "Retry-After", List.of(header(random)),
                                        "Date", List.of(header(random))),
                                (name, value) -> true))
                        .ifPresent(pause -> check(!pause.isNegative())));
    }

    private static void answered(ChatAnswer answer) {
        String masked = KeyMask.masked(answer.text(), KEY);
        check(!masked.contains(KEY));
        check(masked.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        answer.usage().ifPresent(u -> check(u.promptTokens() >= 0 && u.completionTokens() >= 0));
    }

    /// The same bytes in pieces.
    private static void collected(byte[] body, Random random) {
        BoundedBody collector = new BoundedBody(MOST);
        for (int at = 0; at < body.length; ) {
            int end = Math.min(body.length, at + 1 + random.nextInt(64));
            collector.onNext(List.of(ByteBuffer.wrap(body, at, end - at)));
            at = end;
        }
        collector.onComplete();
        CompletableFuture<byte[]> whole = collector.getBody().toCompletableFuture();
        check(whole.isCompletedExceptionally() == (body.length > MOST));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("an answer is not what it should be");
        }
    }

    private static byte[] body(Random random) {
        StringBuilder text = new StringBuilder(WHOLE.get(random.nextInt(WHOLE.size())));
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(12));
            text.replace(at, random.nextBoolean() ? to : at, PARTS.get(random.nextInt(PARTS.size())));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(20) == 0) {
            byte[] large = new byte[MOST + 1];
            java.util.Arrays.fill(large, (byte) 'a');
            System.arraycopy(bytes, 0, large, 0, Math.min(bytes.length, large.length));
            return large;
        }
        return bytes;
    }

    private static String header(Random random) {
        List<String> values = new ArrayList<>(List.of(
                "0",
                "-1",
                "999999999",
                "9999999999",
                "1.5",
                "",
                " 5 ",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Sat, 01 Jan 0000 00:00:00 GMT",
                "Sun, 06 Nov 1994 08:49:37 +1800",
                "Mon, 31 Feb 2026 00:00:00 GMT",
                "\u0661"));
        return values.get(random.nextInt(values.size()));
    }
}
