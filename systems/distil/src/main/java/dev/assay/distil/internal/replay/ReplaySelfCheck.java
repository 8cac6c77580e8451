package dev.assay.distil.internal.replay;

import com.sun.net.httpserver.HttpServer;
import dev.assay.chance.Seed;
import dev.assay.distil.EndPoint;
import dev.assay.distil.IndexSettings;
import dev.assay.distil.Playbooks;
import dev.assay.distil.Replay;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplaySettings;
import dev.assay.distil.ReplayTask;
import dev.assay.distil.Responder;
import dev.assay.distil.RetrievalIndex;
import dev.assay.distil.RetrievalMethod;
import dev.assay.distil.Retriever;
import dev.assay.distil.internal.Storage;
import dev.assay.engine.Engine;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Replays a task against two end points on this machine that answer from a script, the first badly and the
/// second well: what is logged, judged, passed on and kept at home is then known. Nothing leaves the loopback
/// interface.
public final class ReplaySelfCheck {
    private static final String RECORDED = "2026-01-01T00:00:00Z";
    private static final String BAD = "I cannot.";
    private static final String GOOD =
            "This answer is long enough, makes no claim that stands nowhere, and does not excuse itself at all.";

    private ReplaySelfCheck() {}

    /// Runs the check.
    ///
    /// @param folder  a folder for what is thrown away
    /// @param samples what is retrieved from, at least one
    /// @return what did not hold, one sentence each; empty if all did
    public static List<String> broken(Path folder, Playbooks samples, Engine engine) {
        List<String> broken = new ArrayList<>();
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        try {
            Files.createDirectories(folder);
            HttpServer bad = server(BAD, first);
            HttpServer good = server(GOOD, second);
            try {
                Path index = folder.resolve("index");
                RetrievalIndex.create(index, IndexSettings.DEFAULT, samples, Seed.of(1), engine);
                ReplaySettings alone = ReplaySettings.of(Responder.Chat.of(endPoint(bad, "first")), RECORDED)
                        .withFloor(0);
                ReplaySettings both = alone.escalatingTo(Responder.Chat.of(endPoint(good, "second")));
                try (Retriever retriever = Retriever.open(index, RetrievalMethod.DEFAULT)) {
                    List<ReplayRun> runs = new ArrayList<>();
                    Path log = folder.resolve("replay_runs.jsonl");
                    for (ReplaySettings settings : List.of(alone, both.onlyLocal(), both)) {
                        int before = second.get();
                        try (Replay replay = Replay.open(settings, Optional.of(retriever), log)) {
                            runs.add(replay.run(ReplayTask.of("task", firstWords(samples))));
                        }
                        if (settings.localOnly() && second.get() != before) {
                            broken.add("the second end point was asked though nothing may leave this machine");
                        }
                    }
                    look(runs, log, first.get(), second.get(), broken);
                }
            } finally {
                bad.stop(0);
                good.stop(0);
            }
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
        return broken;
    }

    private static void look(List<ReplayRun> runs, Path log, int first, int second, List<String> broken) {
        if (!ReplayRun.read(log).equals(runs)) {
            broken.add("the log does not hold the runs as they were");
        }
        if (runs.stream().anyMatch(run -> run.bundle().ragIds().isEmpty())) {
            broken.add("nothing was retrieved for the words of a sample");
        }
        if (runs.get(0).passed() || runs.get(1).passed() || !runs.get(2).passed()) {
            broken.add("the gate let the wrong answer pass");
        }
        if (!runs.get(1).escalationPath().equals(List.of("first"))
                || !runs.get(2).escalationPath().equals(List.of("first", "second"))) {
            broken.add("the second model was asked at the wrong time");
        }
        if (first != 3 || second != 1) {
            broken.add("there were " + first + " and " + second + " requests instead of 3 and 1");
        }
    }

    private static String firstWords(Playbooks samples) {
        List<String> texts = new ArrayList<>();
        samples.each(playbook -> texts.add(playbook.searchText()));
        return texts.getFirst();
    }

    private static EndPoint endPoint(HttpServer server, String model) {
        return EndPoint.of("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", model);
    }

    private static HttpServer server(String answer, AtomicInteger requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = CanonicalJson.of(
                        Map.of("choices", List.of(Map.of("message", Map.of("role", "assistant", "content", answer)))))
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/v1/chat/completions", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
