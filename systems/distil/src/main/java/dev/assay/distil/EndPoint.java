package dev.assay.distil;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An OpenAI-compatible end point: llama.cpp's server, Ollama, vLLM, or a service.
///
/// @param baseUrl     what stands before `/chat/completions` and `/embeddings`, such as
///                    `http://localhost:11434/v1`; http or https, without user, query or fragment
/// @param model       the model's name as the end point knows it
/// @param keyVariable the environment variable that holds the key, sent as a bearer token; the key itself is
///                    never written or shown
/// @param patience    how long to wait and how often to try again
public record EndPoint(String baseUrl, String model, Optional<String> keyVariable, Patience patience) {
    /// How long to wait and how often to try again. Tried again are the answers 429 and 5xx and failures of the
    /// connection; pauses double from `firstPause`, and `Retry-After` is obeyed up to `longestPause`.
    ///
    /// @param connect      to wait for a connection
    /// @param answer       to wait for a whole answer, or, when it is streamed, for its next piece
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

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    /// @throws IllegalArgumentException if the base URL, the model or the variable's name cannot be one
    public EndPoint {
        baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        URI uri = parsed(baseUrl);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "a base URL looks like http://localhost:11434/v1: it needs http or https and a host");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("a base URL has no user, query or fragment: "
                    + "put the key into an environment variable and name that");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("the model's name must not be empty");
        }
        if (keyVariable.isPresent() && !VARIABLE.matcher(keyVariable.get()).matches()) {
            throw new IllegalArgumentException(
                    "the key is named by an environment variable such as MODEL_KEY, and never given itself");
        }
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

    /// Whether its host is this machine or, by its name or number, one of a private network: a loopback,
    /// private or link-local address, a name without dots, or one ending in `.local`, `.internal`, `.lan` or
    /// `.localhost`. Names are not looked up.
    public boolean isLocal() {
        String host = parsed(baseUrl).getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            String address = host.substring(1, host.length() - 1);
            return address.equals("::1") || address.matches("f[cd][0-9a-f]{2}:.*") || address.matches("fe[89ab].*:.*");
        }
        if (IPV4.matcher(host).matches()) {
            List<Integer> parts = Pattern.compile("\\.")
                    .splitAsStream(host)
                    .map(Integer::valueOf)
                    .toList();
            int a = parts.get(0);
            int b = parts.get(1);
            return a == 127
                    || a == 10
                    || (a == 172 && b >= 16 && b < 32)
                    || (a == 192 && b == 168)
                    || (a == 169 && b == 254);
        }
        // A number without dots is an address of any network.
        return (host.indexOf('.') < 0 && !host.matches("0x[0-9a-f]+|[0-9]+"))
                || host.endsWith(".local")
                || host.endsWith(".internal")
                || host.endsWith(".lan")
                || host.endsWith(".localhost");
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a base URL looks like http://localhost:11434/v1", e);
        }
    }
}
