package dev.assay.distil.internal.endpoint;

import dev.assay.distil.EndPoint;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.study.Permission;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries JSON to one end point and brings the answer back, if there is permission to. Redirects are not
/// followed, and the key goes nowhere else. Proxies carry only what is encrypted. Thread-safe. Whoever
/// opens it closes it.
public final class Courier implements AutoCloseable {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final EndPoint endPoint;
    private final Optional<String> key;
    private final Pacing pacing;
    private final Breaker breaker;
    private final HttpClient client;
    private final Limits limits;
    private final AtomicInteger requests = new AtomicInteger();

    private Courier(EndPoint endPoint, Optional<String> key, Pacing pacing, Limits limits) {
        this.limits = limits;
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
        // A proxy would read and could change what is not encrypted.
        boolean hidden = endPoint.origin().isEncrypted() && !endPoint.isLocal();
        builder.proxy(hidden ? ProxySelector.getDefault() : HttpClient.Builder.NO_PROXY);
        this.client = builder.build();
    }

    /// A courier with the machine's time and environment.
    ///
    /// @throws Fault (BAD_SETTING) if the variable of the key is not set or holds no key
    /// @throws IllegalArgumentException if the permission is for another host or key
    public static Courier to(EndPoint endPoint, Permission permission) {
        return to(endPoint, permission, Pacing.REAL, System::getenv, Limits.ofProcess());
    }

    /// A courier with other time, another environment and other limits.
    ///
    /// @param environment the values of environment variables, null for those not set
    /// @throws Fault (BAD_SETTING) if the variable of the key is not set or holds no key
    /// @throws IllegalArgumentException if the permission is for another host or key
    public static Courier to(
            EndPoint endPoint,
            Permission permission,
            Pacing pacing,
            Function<String, @Nullable String> environment,
            Limits limits) {
        if (!permission.covers(endPoint.origin(), endPoint.keyVariable())) {
            throw new IllegalArgumentException(
                    "the permission is for " + permission.destination() + ", not for " + endPoint.origin());
        }
        return new Courier(
                endPoint, endPoint.keyVariable().map(name -> key(name, environment.apply(name))), pacing, limits);
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

    /// A text of the end point's as it may be kept: without the key, if it quotes it.
    public String masked(String text) {
        return key.map(k -> KeyMask.masked(text, k)).orElse(text);
    }

    /// Whether something answers at the end point, whatever it says. One request (`GET /models`), no retries.
    public boolean reachable() {
        try {
            exchange(request("/models").GET().build(), false, deadline());
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
        long deadline = deadline();
        for (int retry = 0; ; retry++) {
            Duration asked;
            try {
                HttpResponse<byte[]> response = exchange(request, streamed, deadline);
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                EndPointFailure failure = failure(response);
                if (!failure.passing() || retry == patience.retries() || deadline - System.nanoTime() <= 0) {
                    throw failure;
                }
                asked = RetryAfter.of(response.headers()).orElse(pause);
            } catch (EndPointFailure failure) {
                if (!failure.passing() || retry == patience.retries() || deadline - System.nanoTime() <= 0) {
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

    /// When no answer is waited for any longer, whatever comes, by [System#nanoTime()].
    private long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(limits.of(Limit.ANSWER_SECONDS));
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, boolean streamed, long deadline) {
        requests.incrementAndGet();
        BoundedBody body = new BoundedBody(limits.intOf(Limit.ANSWER_BYTES));
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, info -> body);
        long answer = endPoint.patience().answer().toNanos();
        long start = System.nanoTime();
        while (true) {
            long since = streamed ? body.lastPiece(start) : start;
            long now = System.nanoTime();
            long left = Math.min(answer - (now - since), deadline - now);
            if (left <= 0) {
                coming.cancel(true);
                throw late(deadline - now <= 0);
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

    private EndPointFailure late(boolean inAll) {
        return new EndPointFailure(
                EndPointFailure.Kind.TIMEOUT,
                inAll
                        ? limits.exceeded(Fault.Kind.STAGE_FAILED, Limit.ANSWER_SECONDS, "no whole answer in time")
                                .sentence()
                        : "no answer within " + endPoint.patience().answer().toMillis() / 1000.0 + " s");
    }

    private EndPointFailure failure(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof BoundedBody.TooLargeException) {
                return new EndPointFailure(
                        EndPointFailure.Kind.TOO_LARGE,
                        limits.exceeded(Fault.Kind.STAGE_FAILED, Limit.ANSWER_BYTES, "the answer is too large")
                                .sentence());
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

    /// What the end point says about it, cut short, in one line. Nothing where a key was sent: servers
    /// quote keys, whole or in part, and this is kept.
    private String message(HttpResponse<byte[]> response) {
        if (key.isPresent()) {
            return "";
        }
        String message = ErrorText.of(response.body());
        return message.isEmpty() ? "" : ": " + message;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
