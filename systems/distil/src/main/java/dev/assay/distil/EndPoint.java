package dev.assay.distil;

import dev.assay.study.Destination;
import dev.assay.study.Origin;
import java.time.Duration;
import java.util.Optional;

/// An OpenAI-compatible end point: llama.cpp's server, Ollama, vLLM, or a service.
///
/// @param baseUrl     what stands before `/chat/completions` and `/embeddings`, such as
///                    `http://localhost:11434/v1`; http or https, without user, query or fragment;
/// kept in the
///                    spelling of [Origin#baseUrl(String)]
/// @param model       the model's name as the end point knows it
/// @param keyVariable the environment variable that holds the key, sent as a bearer token; its name
///     begins with
///                    [Destination#VARIABLE_PREFIX], and the key itself is never written or shown
/// @param patience    how long to wait and how often to try again
public record EndPoint(String baseUrl, String model, Optional<String> keyVariable, Patience patience) {
    /// How long to wait and how often to try again. Tried again are the answers 429 and 5xx and failures of the
    /// connection; pauses double from `firstPause`, and `Retry-After` is obeyed up to `longestPause`.
    ///
    /// @param connect      to wait for a connection
    /// @param answer       to wait for a whole answer, or, when it is streamed, for its next piece;
    ///     all tries for one
    ///                     answer together take no longer than [dev.assay.fault.Limit#ANSWER_SECONDS]
    /// @param retries      tries after the first one
    /// @param firstPause   before the first retry
    /// @param longestPause between two tries
    /// @param failures     requests in a row that must fail before no more are sent
    /// @param rest         how long none are sent; then one is tried
    public record Patience(
            Duration connect,
            Duration answer,
            int retries,
            Duration firstPause,
            Duration longestPause,
            int failures,
            Duration rest) {
        /// 10 s to connect, 5 minutes for an answer, 3 retries after 0.5 s, 1 s and 2 s, pauses of 30 s at
        /// most, and after 5 requests in a row that failed none for 60 s.
        public static final Patience DEFAULT = new Patience(
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                3,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                5,
                Duration.ofSeconds(60));

        /// @throws IllegalArgumentException if a duration is not positive (`rest` and `firstPause` may be 0),
        ///                                  `retries` is negative or `failures` below 1
        public Patience {
            if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
                throw new IllegalArgumentException("times to wait must be positive");
            }
            if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0 || rest.isNegative()) {
                throw new IllegalArgumentException("pauses must not be negative, nor the longest below the first");
            }
            if (retries < 0 || failures < 1) {
                throw new IllegalArgumentException("retries must be at least 0 and failures at least 1");
            }
        }
    }

    /// @throws IllegalArgumentException if the base URL, the model or the variable's name cannot be one
    public EndPoint {
        baseUrl = Origin.baseUrl(baseUrl);
        if (model.isBlank()) {
            throw new IllegalArgumentException("the model's name must not be empty");
        }
        keyVariable.ifPresent(Destination::variable);
    }

    /// An end point without a key, with the default patience.
    public static EndPoint of(String baseUrl, String model) {
        return new EndPoint(baseUrl, model, Optional.empty(), Patience.DEFAULT);
    }

    /// The same with another patience.
    public EndPoint withPatience(Patience newPatience) {
        return new EndPoint(baseUrl, model, keyVariable, newPatience);
    }

    /// The same with its key in this environment variable.
    public EndPoint withKeyVariable(String variable) {
        return new EndPoint(baseUrl, model, Optional.of(variable), patience);
    }

    /// Scheme, host and port.
    public Origin origin() {
        return Origin.of(baseUrl);
    }

    /// What is sent there, for the one who is asked.
    ///
    /// @param content what kind of content: `the tasks, one by one`
    public Destination destination(String content) {
        return new Destination(origin(), content, keyVariable);
    }

    /// Whether its host is this machine or, by its name or number, one of a private network: a loopback,
    /// private or link-local address, a name without dots, or one ending in `.local`, `.internal`, `.lan`
    /// or `.localhost`. Names are not looked up, so this says what is meant, not where a name leads:
    /// whether something may be sent is a matter of [dev.assay.study.Consent].
    public boolean isLocal() {
        Origin origin = origin();
        String host = origin.host();
        return origin.isLoopback()
                || origin.isPrivateAddress()
                || (!host.startsWith("[")
                        && (host.indexOf('.') < 0
                                || host.endsWith(".local")
                                || host.endsWith(".internal")
                                || host.endsWith(".lan")
                                || host.endsWith(".localhost")));
    }
}
