package dev.assay.distil.internal.endpoint;

import dev.assay.distil.EndPoint;
import dev.assay.fault.Fault;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Carries JSON to one end point and brings the answer back. Redirects are not followed. Thread-safe. Whoever
/// opens it closes it.
public final class Courier implements AutoCloseable {
    /// Answers larger than this are refused while they arrive.
    public static final int LARGEST_ANSWER_BYTES = 32 << 20;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SHOWN_CODE_POINTS = 200;
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EndPoint endPoint;
    private final Optional<String> key;
    private final Pacing pacing;
    private final Breaker breaker;
    private final HttpClient client;
    private final AtomicInteger requests = new AtomicInteger();

    private Courier(EndPoint endPoint, Optional<String> key, Pacing pacing) {
        this.endPoint = endPoint;
        this.key = key;
        this.pacing = pacing;
        this.breaker =
                new Breaker(endPoint.patience().failures(), endPoint.patience().rest(), pacing);
        HttpClient.Builder builder = HttpClient.newBuilder()
                // Local servers answer an offer of HTTP/2 on a plain connection in strange ways.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(endPoint.patience().connect());
        if (endPoint.isLocal()) {
            builder.proxy(HttpClient.Builder.NO_PROXY);
        } else {
            builder.proxy(ProxySelector.getDefault());
        }
        this.client = builder.build();
    }

    /// A courier with the machine's time and environment.
    ///
    /// @throws Fault (BAD_SETTING) if the variable of the key is not set or holds no key
    public static Courier to(EndPoint endPoint) {
        return to(endPoint, Pacing.REAL, System::getenv);
    }

    /// A courier with other time and another environment.
    ///
    /// @param environment the values of environment variables, null for those not set
    /// @throws Fault (BAD_SETTING) if the variable of the key is not set or holds no key
    public static Courier to(EndPoint endPoint, Pacing pacing, Function<String, @Nullable String> environment) {
        return new Courier(endPoint, endPoint.keyVariable().map(name -> key(name, environment.apply(name))), pacing);
    }

    private static String key(String variable, @Nullable String value) {
        String key = value == null ? "" : value.strip();
        // Anything else cannot stand in a header, and the client would quote it when it says so.
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "the environment variable '" + variable + "' should hold the key of the end point but "
                            + (key.isEmpty() ? "is not set" : "has characters that no key has")
                            + ": export it before the run, or leave the setting out");
        }
        return key;
    }

    /// How many requests have been sent, retries included.
    public int requests() {
        return requests.get();
    }

    /// Whether something answers at the end point, whatever it says. One request (`GET /models`), no retries.
    public boolean reachable() {
        try {
            exchange(request("/models").GET().build(), false);
            return true;
        } catch (EndPointFailure failure) {
            return failure.kind() != EndPointFailure.Kind.UNREACHABLE && failure.kind() != EndPointFailure.Kind.TIMEOUT;
        }
    }

    /// Sends a JSON text, waits for the answer and reads it.
    ///
    /// @param path     below the base URL, such as `/chat/completions`
    /// @param streamed whether the answer comes in pieces, each of which may take as long as a whole answer
    /// @param reader   makes something of the answer's bytes; throws an [EndPointFailure] if they are not what
    ///                 they should be
    /// @throws EndPointFailure       if there is no answer
    /// @throws CancellationException if the thread is interrupted
    public <T> T post(String path, byte[] json, boolean streamed, Function<byte[], T> reader) {
        breaker.enter();
        try {
            T answer = reader.apply(tried(path, json, streamed));
            breaker.succeeded();
            return answer;
        } catch (EndPointFailure failure) {
            if (failure.ofTheEndPoint()) {
                breaker.failed();
            } else {
                breaker.left();
            }
            throw failure;
        } catch (RuntimeException e) {
            breaker.left();
            throw e;
        }
    }

    private byte[] tried(String path, byte[] json, boolean streamed) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header("Accept", streamed ? "text/event-stream" : "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        EndPoint.Patience patience = endPoint.patience();
        Duration pause = patience.firstPause();
        for (int retry = 0; ; retry++) {
            Duration asked;
            try {
                HttpResponse<byte[]> response = exchange(request, streamed);
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                EndPointFailure failure = failure(response);
                if (!failure.passing() || retry == patience.retries()) {
                    throw failure;
                }
                asked = retryAfter(response.headers()).orElse(pause);
            } catch (EndPointFailure failure) {
                if (!failure.passing() || retry == patience.retries()) {
                    throw failure;
                }
                asked = pause;
            }
            pacing.pause(shorter(asked, patience.longestPause()));
            pause = shorter(pause.multipliedBy(2), patience.longestPause());
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endPoint.baseUrl() + path));
        key.ifPresent(k -> request.header("Authorization", "Bearer " + k));
        return request;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, boolean streamed) {
        requests.incrementAndGet();
        BoundedBody body = new BoundedBody(LARGEST_ANSWER_BYTES);
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, info -> body);
        long answer = endPoint.patience().answer().toNanos();
        long start = System.nanoTime();
        while (true) {
            long since = streamed ? body.lastPiece(start) : start;
            long left = answer - (System.nanoTime() - since);
            if (left <= 0) {
                coming.cancel(true);
                throw new EndPointFailure(
                        EndPointFailure.Kind.TIMEOUT,
                        "no answer within " + endPoint.patience().answer().toMillis() / 1000.0 + " s");
            }
            try {
                return coming.get(streamed ? Math.min(left, GLANCE.toNanos()) : left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Looked at above.
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                coming.cancel(true);
                Thread.currentThread().interrupt();
                throw new CancellationException("stopped while waiting for an end point");
            }
        }
    }

    private EndPointFailure failure(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof BoundedBody.TooLargeException) {
                return new EndPointFailure(
                        EndPointFailure.Kind.TOO_LARGE,
                        "the answer is larger than " + (LARGEST_ANSWER_BYTES >> 20) + " MiB and was cut off");
            }
        }
        boolean late = cause instanceof HttpTimeoutException;
        return new EndPointFailure(
                EndPointFailure.Kind.UNREACHABLE,
                late
                        ? "no connection within "
                                + endPoint.patience().connect().toMillis() / 1000.0 + " s"
                        : "no connection, or one that broke off ("
                                + (cause == null ? "unknown" : cause.getClass().getSimpleName()) + ")");
    }

    private EndPointFailure failure(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        EndPointFailure.Kind kind = switch (status) {
            case 400, 413, 422 -> EndPointFailure.Kind.BAD_REQUEST;
            case 408, TOO_MANY_REQUESTS -> EndPointFailure.Kind.UNAVAILABLE;
            default -> status >= 500 ? EndPointFailure.Kind.UNAVAILABLE : EndPointFailure.Kind.REFUSED;
        };
        return new EndPointFailure(kind, "the end point answered " + status + message(response));
    }

    /// What the end point says about it, cut short and without the key. Nothing for 401 and 403, which often
    /// quote part of the key.
    private String message(HttpResponse<byte[]> response) {
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            return "";
        }
        String message;
        try {
            JsonNode error = JSON.readTree(new String(response.body(), StandardCharsets.UTF_8))
                    .path("error");
            message = error.isString()
                    ? error.stringValue()
                    : error.path("message").asString("");
        } catch (JacksonException e) {
            return "";
        }
        message = key.isPresent() ? message.replace(key.get(), "[key]") : message;
        message = message.replaceAll("\\s+", " ").strip();
        int end =
                message.offsetByCodePoints(0, Math.min(SHOWN_CODE_POINTS, message.codePointCount(0, message.length())));
        return message.isEmpty() ? "" : ": " + message.substring(0, end);
    }

    /// Seconds, or a date that is compared with the answer's own date.
    private static Optional<Duration> retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Duration until = Duration.between(date(headers.firstValue("Date").orElse("")), date(value));
            return until.isNegative() ? Optional.of(Duration.ZERO) : Optional.of(until);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
