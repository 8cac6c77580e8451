package dev.assay.bench;

import static dev.assay.bench.Retrieval.say;

import com.sun.net.httpserver.HttpServer;
import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.distil.EndPoint;
import dev.assay.distil.Hit;
import dev.assay.distil.IndexSettings;
import dev.assay.distil.Playbook;
import dev.assay.distil.Playbooks;
import dev.assay.distil.RetrievalIndex;
import dev.assay.distil.RetrievalMethod;
import dev.assay.distil.Retriever;
import dev.assay.distil.VectorSource;
import dev.assay.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Times of rankings on generated playbooks, and how many neighbours the graph finds.
final class RetrievalSpeed {
    private static final int VOCABULARY = 200_000;
    private static final int TITLE_WORDS = 8;
    private static final int CONTENT_WORDS = 60;
    private static final int WARM_UP = 3_000;
    private static final int QUERIES = 5_000;
    private static final int K = 8;
    private static final int DIMENSIONS = 64;
    private static final int GRAPH_QUERIES = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RetrievalSpeed() {}

    /// Playbooks of words whose frequencies follow Zipf's law. A query is the title of one of them with half
    /// of its words replaced, as a task that resembles an earlier one.
    static void words(int count, Path folder, Engine engine) throws IOException {
        double[] frequencies = new double[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            frequencies[i] = 1.0 / (i + 2.7);
        }
        double[] cumulative = Draws.cumulative(frequencies);
        Playbooks generated = reader -> {
            for (int i = 0; i < count; i++) {
                RandomGenerator random = Seed.of(1).child(i).generator();
                String title = text(cumulative, TITLE_WORDS, random);
                String content = text(cumulative, CONTENT_WORDS, random);
                reader.accept(Playbook.of("%08x".formatted(Integer.reverse(i)), title, content));
            }
        };
        long start = System.nanoTime();
        RetrievalIndex.create(folder, IndexSettings.DEFAULT, generated, Seed.of(1), engine);
        say(
                "index of %,d playbooks of %d words: %.1f s with one thread, %.0f MB on disk, peak memory %.0f MB",
                count,
                TITLE_WORDS + CONTENT_WORDS,
                (System.nanoTime() - start) / 1e9,
                bytes(folder) / 1e6,
                peakMegabytes());
        start = System.nanoTime();
        try (Retriever retriever = Retriever.open(folder, RetrievalMethod.DEFAULT)) {
            say("opened in %.3f s", (System.nanoTime() - start) / 1e9);
            List<String> queries = queries(count, cumulative);
            for (double floor : new double[] {0, Retriever.DEFAULT_FLOOR}) {
                double[] milliseconds = new double[QUERIES];
                long found = 0;
                for (int q = -WARM_UP; q < QUERIES; q++) {
                    String query = queries.get(q < 0 ? q + WARM_UP : q);
                    long begin = System.nanoTime();
                    List<Hit> hits = retriever.relevant(query, K, floor);
                    if (q >= 0) {
                        milliseconds[q] = (System.nanoTime() - begin) / 1e6;
                        found += hits.size();
                    }
                }
                Arrays.sort(milliseconds);
                say(
                        "BM25 top %d, floor %.2f: median %.2f ms, p99 %.2f ms, most %.2f ms (%d queries, one thread, "
                                + "%.1f hits each)",
                        K,
                        floor,
                        milliseconds[QUERIES / 2],
                        milliseconds[QUERIES * 99 / 100],
                        milliseconds[QUERIES - 1],
                        QUERIES,
                        (double) found / QUERIES);
            }
        }
    }

    private static List<String> queries(int count, double[] cumulative) {
        List<String> queries = new ArrayList<>();
        RandomGenerator random = Seed.of(2).generator();
        for (int q = 0; q < QUERIES; q++) {
            RandomGenerator same = Seed.of(1).child(random.nextInt(count)).generator();
            queries.add(text(cumulative, TITLE_WORDS / 2, same) + text(cumulative, TITLE_WORDS / 2, random));
        }
        return queries;
    }

    private static String text(double[] cumulative, int words, RandomGenerator random) {
        StringBuilder text = new StringBuilder(words * 7);
        for (int i = 0; i < words; i++) {
            text.append('w')
                    .append(Integer.toString(Draws.index(cumulative, random), Character.MAX_RADIX))
                    .append(' ');
        }
        return text.toString();
    }

    /// Random unit vectors, served by an embeddings end point on this machine and searched by the graph and by
    /// comparing all.
    static void graph(int vectors, Path folder, Engine engine) throws IOException {
        HttpServer server = server();
        try {
            EndPoint endPoint =
                    EndPoint.of("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "random");
            IndexSettings settings = IndexSettings.DEFAULT
                    .withVectors(new VectorSource.Embedded(endPoint, 500))
                    .withExactBelow(vectors);
            Playbooks numbered = reader -> {
                for (int i = 0; i < vectors; i++) {
                    reader.accept(Playbook.of("%08d".formatted(i), "", String.valueOf(i)));
                }
            };
            long start = System.nanoTime();
            RetrievalIndex.create(folder, settings, numbered, Seed.of(1), engine);
            say(
                    "graph of %,d random unit vectors of %d dimensions: %.1f s with one thread",
                    vectors, DIMENSIONS, (System.nanoTime() - start) / 1e9);
            double[] milliseconds = new double[GRAPH_QUERIES];
            long found = 0;
            try (Retriever retriever = Retriever.open(folder, new RetrievalMethod.Vectors())) {
                for (int q = 0; q < GRAPH_QUERIES; q++) {
                    String query = String.valueOf(-1 - q);
                    Set<String> wanted = nearest(query, vectors);
                    long begin = System.nanoTime();
                    List<Hit> hits = retriever.search(query, 10);
                    milliseconds[q] = (System.nanoTime() - begin) / 1e6;
                    found += hits.stream()
                            .filter(hit -> wanted.contains(hit.playbook().id()))
                            .count();
                }
            }
            Arrays.sort(milliseconds);
            say(
                    "recall@10 %.4f (%d queries), median %.2f ms with the request for the query's vector",
                    found / (10.0 * GRAPH_QUERIES), GRAPH_QUERIES, milliseconds[GRAPH_QUERIES / 2]);
        } finally {
            server.stop(0);
        }
    }

    private static double[] vector(String text) {
        RandomGenerator random = Seed.of(3).child(text).generator();
        double[] vector = new double[DIMENSIONS];
        double square = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= Math.sqrt(square);
        }
        return vector;
    }

    private static Set<String> nearest(String query, int vectors) {
        double[] from = vector(query);
        double[] cosines = new double[vectors];
        for (int i = 0; i < vectors; i++) {
            double[] to = vector(String.valueOf(i));
            for (int d = 0; d < DIMENSIONS; d++) {
                cosines[i] += from[d] * to[d];
            }
        }
        double[] sorted = cosines.clone();
        Arrays.sort(sorted);
        Set<String> nearest = new HashSet<>();
        for (int i = 0; i < vectors; i++) {
            if (cosines[i] >= sorted[vectors - 10]) {
                nearest.add("%08d".formatted(i));
            }
        }
        return nearest;
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", exchange -> {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            StringBuilder answer = new StringBuilder("{\"data\":[");
            int index = 0;
            for (JsonNode text : request.get("input")) {
                answer.append(index == 0 ? "" : ",")
                        .append("{\"index\":")
                        .append(index++)
                        .append(",\"embedding\":")
                        .append(Arrays.toString(vector(text.asString())))
                        .append('}');
            }
            byte[] bytes = answer.append("]}").toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    private static double peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024.0;
    }
}
