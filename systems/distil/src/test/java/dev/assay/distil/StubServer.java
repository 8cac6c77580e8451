package dev.assay.distil;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An end point on this machine that says what a test tells it to, the last answer again and again.
final class StubServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /// A request that came.
    record Request(String path, String body, @Nullable String authorization) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /// What is done with a request.
    interface Handler {
        void handle(HttpExchange exchange, Request request) throws IOException;
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Handler> handlers = new ArrayDeque<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1", exchange -> {
            Request request = new Request(
                    exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("Authorization"));
            requests.add(request);
            next().handle(exchange, request);
            exchange.close();
        });
        server.start();
    }

    private Handler next() {
        synchronized (handlers) {
            Handler handler = handlers.size() > 1 ? handlers.poll() : handlers.peek();
            return handler == null ? (exchange, request) -> send(exchange, 404, "") : handler;
        }
    }

    EndPoint endPoint(String model) {
        EndPoint.Patience patience = new EndPoint.Patience(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                3,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                3,
                Duration.ofSeconds(60));
        return EndPoint.of("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", model)
                .withPatience(patience);
    }

    StubServer then(Handler handler) {
        synchronized (handlers) {
            handlers.add(handler);
        }
        return this;
    }

    StubServer status(int status, String... headers) {
        return then((exchange, request) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, "{\"error\":{\"message\":\"status " + status + "\"}}");
        });
    }

    StubServer body(String body) {
        return then((exchange, request) -> send(exchange, 200, body));
    }

    StubServer says(String answer) {
        return body(completion(answer));
    }

    static String completion(String answer) {
        return "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":" + JSON.writeValueAsString(answer)
                + "}}],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
