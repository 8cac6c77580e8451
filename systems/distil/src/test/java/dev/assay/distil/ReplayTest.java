package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import dev.assay.study.Permissions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReplayTest {
    private static final String RECORDED = "2026-01-31T00:00:00Z";
    private static final ReplayTask TASK = ReplayTask.of("t1", "Rename the printer queue in the office settings.");
    private static final String GOOD =
            "The printer queue is renamed in the office settings; afterwards confirm that the old name is gone "
                    + "and print a test page.";

    private static final String KEY = "sk-secret-1234567";
    private static final Permissions ALL = Permissions.of("test", List.of(), asked -> {});

    @TempDir
    Path folder;

    private final StubServer server = new StubServer();
    private final StubServer second = new StubServer();
    private final FakePacing pacing = new FakePacing();
    private Path log = Path.of("");

    @BeforeEach
    void name() {
        log = folder.resolve("replay_runs.jsonl");
    }

    @AfterEach
    void stop() {
        server.close();
        second.close();
    }

    private ReplaySettings settings() {
        return ReplaySettings.of(Responder.Chat.of(server.endPoint("small")), RECORDED);
    }

    private ReplaySettings escalating() {
        return settings().escalatingTo(Responder.Chat.of(second.endPoint("large")));
    }

    private Replay open(ReplaySettings settings) {
        return Replay.open(settings, Optional.empty(), log, ALL, pacing, Map.of("ASSAY_KEY_MODEL", KEY)::get);
    }

    private ReplayRun run(ReplaySettings settings) {
        try (Replay replay = open(settings)) {
            return replay.run(TASK);
        }
    }

    private String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path index() {
        Path index = folder.resolve("index");
        try (LocalEngine engine = LocalEngine.of(1)) {
            RetrievalIndex.create(
                    index,
                    IndexSettings.DEFAULT,
                    Playbooks.of(List.of(
                            playbook(
                                    "a1",
                                    RagSample.Score.ACCEPTED,
                                    "Renamed a printer queue in the office settings.\n"
                                            + "1. Confirm that the old name is gone.\n- [ ] verify the test page\nCheckout."),
                            playbook("p1", RagSample.Score.PARTIALLY_ACCEPTED, "The printer queue stayed the old one."),
                            playbook("n1", RagSample.Score.NEEDS_HUMAN_REVIEW, "Printer queue settings, unjudged."),
                            playbook("x1", RagSample.Score.ACCEPTED, "Cooked a soup of beans."))),
                    Seed.of(1),
                    engine);
        }
        return index;
    }

    private static Playbook playbook(String id, RagSample.Score score, String content) {
        return new Playbook(id, "Office task " + id, content, score, "run", Optional.empty());
    }

    @Test
    void aTaskIsAskedForAnsweredJudgedAndLogged() {
        server.says(GOOD);
        ReplayRun run = run(settings());
        JsonNode request = server.requests.getFirst().json();
        assertThat(server.requests.getFirst().path()).isEqualTo("/v1/chat/completions");
        assertThat(server.requests.getFirst().authorization()).isNull();
        assertThat(request.propertyNames())
                .containsExactlyInAnyOrder("model", "messages", "temperature", "seed", "max_tokens", "stream");
        assertThat(request.get("model").asString()).isEqualTo("small");
        assertThat(request.get("temperature").asDouble()).isZero();
        assertThat(request.get("seed").asLong()).isEqualTo(1);
        assertThat(request.get("stream").asBoolean()).isFalse();
        assertThat(run.response()).isEqualTo(GOOD);
        assertThat(run.passed()).isTrue();
        assertThat(run.usage()).contains(new ReplayRun.Usage(11, 7));
        assertThat(run.taskHash()).isEqualTo(Digest.of(TASK.text()).hex());
        assertThat(run.promptSha256())
                .isEqualTo(Digest.of(CanonicalJson.of(request.get("messages"))).hex());
        assertThat(logged()).isEqualTo(run.line() + "\n");
        assertThat(ReplayRun.read(log)).containsExactly(run);
        assertThat(CanonicalJson.of(CanonicalJson.parse(run.line()))).isEqualTo(run.line());
        assertThat(CanonicalJson.parse(run.line()).propertyNames())
                .contains(
                        "schema_version",
                        "task",
                        "task_hash",
                        "arm",
                        "model",
                        "escalation_path",
                        "bundle",
                        "prompt_sha256",
                        "response",
                        "gate",
                        "usage",
                        "latency_ms",
                        "recorded_at");
    }

    @Test
    void theSameAnswersGiveTheSameLines() {
        server.says(GOOD);
        assertThat(run(settings()).line()).isEqualTo(run(settings()).line());
        assertThat(logged().lines()).hasSize(2);
    }

    @Test
    void thePromptHoldsWhatWasRetrievedInItsOrder() {
        server.says(GOOD);
        ReplayRun run;
        try (Retriever retriever = Retriever.open(index(), RetrievalMethod.DEFAULT);
                Replay replay = Replay.open(settings(), Optional.of(retriever), log, ALL, pacing, name -> null)) {
            run = replay.run(TASK);
        }
        JsonNode messages = server.requests.getFirst().json().get("messages");
        assertThat(messages.get(0).get("role").asString()).isEqualTo("system");
        assertThat(messages.get(1).get("content").asString()).isEqualTo("""
                        Examples:

                        [rag a1] Office task a1
                        Renamed a printer queue in the office settings.
                        1. Confirm that the old name is gone.
                        - [ ] verify the test page
                        Checkout.

                        Warnings:

                        [rag p1] Office task p1
                        The printer queue stayed the old one.

                        Validation steps:
                        - Confirm that the old name is gone.
                        - verify the test page

                        Task:
                        Rename the printer queue in the office settings.""");
        assertThat(run.bundle().outcome()).isEqualTo("found");
        assertThat(run.bundle().ragIds()).containsExactlyInAnyOrder("a1", "p1", "n1");
        assertThat(run.bundle().steps()).containsExactly("Confirm that the old name is gone.", "verify the test page");
        assertThat(run.arm()).isEqualTo(ReplayArm.RETRIEVAL);
        assertThat(run.passed()).isTrue();
    }

    @Test
    void aLogTellsHowManyRunsWereTheTasksOwnIfThatWasKnown() throws IOException {
        ReplaySettings dry = ReplaySettings.of(new Responder.DryRun(), RECORDED);
        Evidence.of(folder.resolve("evidence")).run("run", "t1", "Something").write();
        ReplayRun known;
        ReplayRun unknown;
        try (LocalEngine engine = LocalEngine.of(2);
                Retriever retriever = Retriever.open(index(), RetrievalMethod.DEFAULT)) {
            EarlierRuns earlier = EarlierRuns.in(folder.resolve("evidence"), List.of(TASK), engine);
            try (Replay replay = Replay.open(dry, Optional.of(retriever), Optional.of(earlier), log, ALL)) {
                known = replay.run(TASK);
                assertThatThrownBy(() -> replay.run(ReplayTask.of("t2", TASK.text())))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            try (Replay replay = Replay.open(dry, Optional.of(retriever), log)) {
                unknown = replay.run(TASK);
            }
            assertThatThrownBy(() -> Replay.open(dry.withOwnRuns(OwnRuns.LEAVE_OUT), Optional.of(retriever), log))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING));
        }
        assertThat(known.bundle().ownRuns()).hasValue(3);
        assertThat(unknown.bundle().ownRuns()).isEmpty();
        assertThat(ReplayRun.read(log)).containsExactly(known, unknown);
        assertThat(known.line()).contains("\"bundle\":{\"own_runs\":3,\"rag_ids\":[");
        assertThat(known.line().replace("\"own_runs\":3,", "")).isEqualTo(unknown.line());
        for (ReplayRun run : List.of(known, unknown)) {
            assertThat(CanonicalJson.of(CanonicalJson.parse(run.line()))).isEqualTo(run.line());
        }
        for (String wrong : List.of("-1", "4", "1.5", "\"3\"", "null")) {
            Files.writeString(log, known.line().replace("\"own_runs\":3", "\"own_runs\":" + wrong) + "\n");
            assertThatThrownBy(() -> ReplayRun.read(log))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE));
        }
    }

    @Test
    void evidenceOfAnotherIndexTellsNothingAndLeavesNothingOut() {
        ReplaySettings dry = ReplaySettings.of(new Responder.DryRun(), RECORDED);
        Evidence.of(folder.resolve("evidence"))
                .run("of another index", "t1", "Something")
                .write();
        try (LocalEngine engine = LocalEngine.of(2);
                Retriever retriever = Retriever.open(index(), RetrievalMethod.DEFAULT)) {
            Optional<EarlierRuns> other =
                    Optional.of(EarlierRuns.in(folder.resolve("evidence"), List.of(TASK), engine));
            try (Replay replay = Replay.open(dry, Optional.of(retriever), other, log, ALL)) {
                ReplayRun run = replay.run(TASK);
                assertThat(run.bundle().ragIds()).hasSize(3);
                assertThat(run.bundle().ownRuns()).isEmpty();
            }
            ReplaySettings leaving = dry.withOwnRuns(OwnRuns.LEAVE_OUT);
            try (Replay replay = Replay.open(leaving, Optional.of(retriever), other, log, ALL)) {
                assertThatThrownBy(() -> replay.run(TASK))
                        .isInstanceOfSatisfying(
                                Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                        .hasMessageContaining("the index holds a run that 'evidence' does not");
            }
        }
    }

    @Test
    void nothingRelevantIsAResult() {
        server.says(GOOD);
        try (Retriever retriever = Retriever.open(index(), RetrievalMethod.DEFAULT);
                Replay replay = Replay.open(settings(), Optional.of(retriever), log, ALL, pacing, name -> null)) {
            ReplayRun run =
                    replay.run(ReplayTask.of("t", "Integrate the wave equation over spheres with printer ink."));
            assertThat(run.bundle().outcome()).isEqualTo("none_relevant");
            assertThat(run.bundle().ragIds()).isEmpty();
            assertThat(server.requests
                            .getFirst()
                            .json()
                            .get("messages")
                            .get(1)
                            .get("content")
                            .asString())
                    .startsWith("Task:\n");
        }
    }

    @Test
    void abusyEndPointIsTriedAgainWithLongerPauses() {
        server.status(500).status(503).status(502).says(GOOD);
        ReplayRun run = run(settings());
        assertThat(run.passed()).isTrue();
        assertThat(run.modelError()).isEmpty();
        assertThat(pacing.pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(run.latencyMs()).isEqualTo(3500);
        assertThat(server.requests).hasSize(4);
    }

    @Test
    void retryAfterIsObeyedUpToALimit() {
        server.status(429, "Retry-After", "7")
                .status(429, "Retry-After", "86400")
                .status(503, "Retry-After", "soon")
                .says(GOOD);
        assertThat(run(settings()).passed()).isTrue();
        assertThat(pacing.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofSeconds(2));
    }

    @Test
    void retryAfterMayBeADateByTheEndPointsOwnClock() throws IOException {
        // The stub's server writes the time of day into every answer, so this one is written by hand.
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                for (String answer : List.of(
                        "HTTP/1.1 503 Busy\r\nDate: Wed, 21 Oct 2026 07:28:00 GMT\r\n"
                                + "Retry-After: Wed, 21 Oct 2026 07:28:09 GMT\r\nConnection: close\r\n"
                                + "Content-Length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                                + StubServer.completion(GOOD).length() + "\r\n\r\n" + StubServer.completion(GOOD))) {
                    try (Socket client = socket.accept()) {
                        client.getInputStream().read(new byte[1 << 16]);
                        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            EndPoint endPoint = EndPoint.of("http://127.0.0.1:" + socket.getLocalPort() + "/v1", "small");
            assertThat(run(ReplaySettings.of(Responder.Chat.of(endPoint), RECORDED))
                            .passed())
                    .isTrue();
            assertThat(pacing.pauses).containsExactly(Duration.ofSeconds(9));
        }
    }

    @Test
    void whatNoRetryCanMendIsNotRetried() {
        server.status(400);
        ReplayRun run = run(settings());
        assertThat(run.modelError()).contains("the end point answered 400: status 400");
        assertThat(run.response()).isEmpty();
        assertThat(run.verdict()).isEmpty();
        assertThat(run.passed()).isFalse();
        assertThat(server.requests).hasSize(1);
        assertThat(logged()).isEqualTo(run.line() + "\n");
        assertThat(ReplayRun.read(log)).containsExactly(run);
    }

    @Test
    void anEndPointThatKeepsFailingIsLoggedAsAnError() {
        server.status(500);
        ReplayRun run = run(settings());
        assertThat(run.modelError()).contains("the end point answered 500: status 500");
        assertThat(server.requests).hasSize(4);
    }

    @Test
    void anEndPointThatIsNotThereIsLoggedAsAnError() {
        ReplaySettings settings = settings();
        server.close();
        try (Replay replay = open(settings)) {
            assertThat(replay.isReachable()).isFalse();
            assertThat(replay.run(TASK).modelError().orElseThrow()).startsWith("no connection");
        }
        assertThat(logged().lines()).hasSize(1);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsGivenUp() {
        CountDownLatch over = new CountDownLatch(1);
        server.then((exchange, request) -> await(over));
        EndPoint.Patience hurried = new EndPoint.Patience(
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                1,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                3,
                Duration.ofSeconds(60));
        for (boolean streamed : new boolean[] {false, true}) {
            ReplayRun run = run(ReplaySettings.of(
                    new Responder.Chat(server.endPoint("slow").withPatience(hurried), 1, 10, streamed), RECORDED));
            assertThat(run.modelError()).contains("no answer within 0.2 s");
        }
        assertThat(server.requests).hasSize(4);
        over.countDown();
    }

    @Test
    void aStreamMayTakeLongerThanAPiece() {
        server.then((exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 8; i++) {
                    sleep(100);
                    out.write(piece("word" + i + " ").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
                out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        EndPoint.Patience hurried = new EndPoint.Patience(
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                0,
                Duration.ZERO,
                Duration.ZERO,
                3,
                Duration.ofSeconds(60));
        ReplayRun run = run(ReplaySettings.of(
                new Responder.Chat(server.endPoint("slow").withPatience(hurried), 1, 10, true), RECORDED));
        assertThat(run.response()).isEqualTo("word0 word1 word2 word3 word4 word5 word6 word7 ");
    }

    @Test
    void aStreamIsPutTogether() {
        server.body(": comment\r\n\r\n" + piece("Ren").replace("\n", "\r\n") + "event: x\n"
                + piece("amed \u00e9\ud83d\ude00")
                + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n");
        Responder.Chat streamed = new Responder.Chat(server.endPoint("small"), 1, 10, true);
        ReplayRun run = run(ReplaySettings.of(streamed, RECORDED));
        assertThat(run.response()).isEqualTo("Renamed \u00e9\ud83d\ude00");
        assertThat(run.usage()).contains(new ReplayRun.Usage(3, 2));
        JsonNode request = server.requests.getFirst().json();
        assertThat(request.get("stream").asBoolean()).isTrue();
        assertThat(request.get("stream_options").get("include_usage").asBoolean())
                .isTrue();
    }

    @Test
    void aStreamThatBreaksOffIsNoAnswer() {
        server.body(piece("Ren"));
        Responder.Chat streamed = new Responder.Chat(server.endPoint("small"), 1, 10, true);
        assertThat(run(ReplaySettings.of(streamed, RECORDED)).modelError())
                .contains("the answer to POST /chat/completions broke off before its end");
    }

    @Test
    void anEndPointThatDoesNotStreamIsUnderstood() {
        server.says(GOOD);
        Responder.Chat streamed = new Responder.Chat(server.endPoint("small"), 1, 10, true);
        assertThat(run(ReplaySettings.of(streamed, RECORDED)).response()).isEqualTo(GOOD);
    }

    @Test
    void anAnswerThatIsNoAnswerIsLoggedAsAnError() {
        for (String body : List.of("", "<html>", "{", "[]", "{\"choices\":[]}", "{\"choices\":[{\"message\":{}}]}")) {
            try (StubServer broken = new StubServer().body(body)) {
                ReplayRun run = run(ReplaySettings.of(Responder.Chat.of(broken.endPoint("small")), RECORDED));
                assertThat(run.modelError().orElseThrow()).as(body).startsWith("the answer to POST /chat/completions");
                assertThat(broken.requests).hasSize(1);
            }
        }
        assertThat(ReplayRun.read(log)).hasSize(6);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        server.then((exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(block);
                }
            }
        });
        assertThat(run(settings()).modelError().orElseThrow())
                .isEqualTo(
                        "the answer is too large; if you trust it, allow more than 33554432 with --limit answer-bytes=N");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void halfOfASurrogatePairDoesNotLoseTheRun() {
        server.body("{\"choices\":[{\"message\":{\"content\":\"half \\ud83d of a pair\"}}]}");
        assertThat(run(settings()).response()).isEqualTo("half \uFFFD of a pair");
        assertThat(ReplayRun.read(log)).hasSize(1);
    }

    @Test
    void anEndPointThatFailsAgainAndAgainIsLeftAlone() {
        server.status(500);
        try (Replay replay = open(settings())) {
            for (int i = 0; i < 3; i++) {
                replay.run(TASK);
            }
            int sent = server.requests.size();
            assertThat(sent).isEqualTo(12);
            assertThat(replay.run(TASK).modelError().orElseThrow())
                    .startsWith("not sent: the last 3 requests to this end point failed");
            assertThat(server.requests).hasSize(sent);
            pacing.pass(Duration.ofSeconds(61));
            // One try; it fails, and the next rest begins.
            replay.run(TASK);
            assertThat(server.requests).hasSize(sent + 4);
            assertThat(replay.run(TASK).modelError().orElseThrow()).startsWith("not sent");
            assertThat(server.requests).hasSize(sent + 4);
        }
        assertThat(ReplayRun.read(log)).hasSize(6);
    }

    @Test
    void anEndPointThatRecoversIsUsedAgain() {
        for (int i = 0; i < 12; i++) {
            server.status(500);
        }
        server.says(GOOD);
        try (Replay replay = open(settings())) {
            for (int i = 0; i < 3; i++) {
                replay.run(TASK);
            }
            assertThat(replay.run(TASK).modelError()).isPresent();
            pacing.pass(Duration.ofSeconds(61));
            assertThat(replay.run(TASK).passed()).isTrue();
            assertThat(replay.run(TASK).passed()).isTrue();
        }
    }

    @Test
    void requestsThatAreRefusedForTheirContentDoNotCloseTheEndPoint() {
        server.status(413);
        try (Replay replay = open(settings())) {
            for (int i = 0; i < 10; i++) {
                assertThat(replay.run(TASK).modelError()).contains("the end point answered 413: status 413");
            }
        }
        assertThat(server.requests).hasSize(10);
    }

    @Test
    void whatTheGateFailsGoesToTheNextModel() {
        server.says("As an AI I cannot.");
        second.says(GOOD);
        ReplayRun run = run(escalating());
        assertThat(run.model()).isEqualTo("large");
        assertThat(run.escalationPath()).containsExactly("small", "large");
        assertThat(run.passed()).isTrue();
        assertThat(second.requests.getFirst().json().get("messages"))
                .isEqualTo(server.requests.getFirst().json().get("messages"));
        assertThat(logged().lines()).hasSize(1);
    }

    @Test
    void aModelErrorGoesToTheNextModel() {
        server.status(400);
        second.says(GOOD);
        ReplayRun run = run(escalating());
        assertThat(run.escalationPath()).containsExactly("small", "large");
        assertThat(run.modelError()).isEmpty();
        assertThat(run.passed()).isTrue();
    }

    @Test
    void whatPassesGoesNowhereElse() {
        server.says(GOOD);
        second.says(GOOD);
        assertThat(run(escalating()).escalationPath()).containsExactly("small");
        assertThat(second.requests).isEmpty();
    }

    @Test
    void theLastAnswerIsKeptWhenAllFail() {
        server.says("No.");
        second.says("I am unable to do that.");
        ReplayRun run = run(escalating());
        assertThat(run.response()).isEqualTo("I am unable to do that.");
        assertThat(run.verdict().orElseThrow().reasons())
                .containsExactly(GateVerdict.Reason.TOO_SHORT, GateVerdict.Reason.HEDGE);
    }

    @Test
    void onlyLocalNeverAsksAnotherModel() {
        server.says("No.");
        second.says(GOOD);
        ReplayRun run = run(escalating().onlyLocal());
        assertThat(run.escalationPath()).containsExactly("small");
        assertThat(run.passed()).isFalse();
        server.status(500);
        run(escalating().onlyLocal());
        assertThat(second.requests).isEmpty();
    }

    @Test
    void onlyLocalRefusesAnEndPointElsewhere() {
        Responder.Chat remote = Responder.Chat.of(EndPoint.of("https://models.example.com/v1", "large"));
        assertThatThrownBy(() -> ReplaySettings.of(remote, RECORDED).onlyLocal())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing may leave this machine");
        for (String local : List.of(
                "http://localhost:1/v1",
                "http://127.0.0.1:1/v1",
                "http://[::1]:1/v1",
                "http://192.168.0.7/v1",
                "http://10.1.2.3/v1",
                "http://172.20.0.1/v1",
                "http://ollama:11434/v1",
                "http://gpu.local/v1")) {
            assertThat(EndPoint.of(local, "m").isLocal()).as(local).isTrue();
        }
        for (String elsewhere : List.of(
                "https://api.example.com/v1",
                "http://8.8.8.8/v1",
                "http://172.32.0.1/v1",
                "http://[2001:db8::1]/v1",
                "http://localhost.example.com/v1")) {
            assertThat(EndPoint.of(elsewhere, "m").isLocal()).as(elsewhere).isFalse();
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.status(307, "Location", second.endPoint("x").baseUrl() + "/chat/completions");
        second.says(GOOD);
        assertThat(run(settings()).modelError().orElseThrow()).startsWith("the end point answered 307");
        assertThat(second.requests).isEmpty();
    }

    @Test
    void theKeyIsSentAndNeverWritten() {
        server.then((exchange, request) ->
                StubServer.send(exchange, 400, "{\"error\":{\"message\":\"bad " + request.authorization() + "\"}}"));
        ReplayRun run = run(ReplaySettings.of(
                Responder.Chat.of(server.endPoint("small").withKeyVariable("ASSAY_KEY_MODEL")), RECORDED));
        assertThat(server.requests.getFirst().authorization()).isEqualTo("Bearer sk-secret-1234567");
        assertThat(run.modelError()).contains("the end point answered 400");
        assertThat(logged()).doesNotContain("sk-secret-1234567");
    }

    @Test
    void aKeyThatIsNotSetIsSaidInOneSentence() {
        ReplaySettings settings = ReplaySettings.of(
                Responder.Chat.of(server.endPoint("small").withKeyVariable("ASSAY_KEY_NONE")), RECORDED);
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "the environment variable 'ASSAY_KEY_NONE' should hold the key of the end point but is not set: "
                                + "export it before the run, or leave the setting out");
        assertThatThrownBy(() -> Replay.open(
                        settings, Optional.empty(), log, ALL, pacing, Map.of("ASSAY_KEY_NONE", "sk\nsecret")::get))
                .isInstanceOf(Fault.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> server.endPoint("m").withKeyVariable("sk-secret-1234567"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aDryRunAsksNobody() {
        ReplayRun run = run(ReplaySettings.of(new Responder.DryRun(), RECORDED));
        assertThat(run.response()).isEqualTo("dry-run:" + Digest.of(TASK.text()).hex());
        assertThat(run.latencyMs()).isZero();
        assertThat(run.verdict()).isEmpty();
        assertThat(ReplayRun.read(log)).containsExactly(run);
    }

    @Test
    void extractsAreQuotedWithTheirLabels() {
        try (Retriever retriever = Retriever.open(index(), RetrievalMethod.DEFAULT);
                Replay replay = Replay.open(
                        ReplaySettings.of(new Responder.Extractive(2), RECORDED),
                        Optional.of(retriever),
                        log,
                        ALL,
                        pacing,
                        name -> null)) {
            ReplayRun run = replay.run(TASK);
            assertThat(run.response()).isEqualTo("""
                            "Renamed a printer queue in the office settings." [rag a1]
                            "Printer queue settings, unjudged." [rag n1]""");
            assertThat(run.latencyMs()).isZero();
            assertThat(run.modelError()).isEmpty();
        }
        ReplayRun alone = run(ReplaySettings.of(new Responder.Extractive(2), RECORDED));
        assertThat(alone.response()).isEmpty();
        assertThat(alone.verdict().orElseThrow().reasons()).containsExactly(GateVerdict.Reason.TOO_SHORT);
    }

    @Test
    void aTornLineIsPutAsideAndNoRunIsLost() throws IOException {
        server.says(GOOD);
        ReplayRun first = run(settings());
        Files.writeString(log, logged() + "{\"arm\":\"retr");
        ReplayRun next = run(settings());
        assertThat(ReplayRun.read(log)).containsExactly(first, next);
        assertThat(folder.resolve("replay_runs.jsonl.torn")).hasContent("{\"arm\":\"retr");
    }

    @Test
    void aLogThatCannotBeWrittenIsFatal() throws IOException {
        Files.createDirectory(log);
        assertThatThrownBy(() -> open(settings()))
                .isInstanceOf(Fault.class)
                .extracting(e -> ((Fault) e).kind())
                .isEqualTo(Fault.Kind.STORAGE);
    }

    @Test
    void anInterruptStopsTheWaiting() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        server.then((exchange, request) -> {
            arrived.countDown();
            await(over);
        });
        Throwable[] thrown = new Throwable[1];
        Thread worker = new Thread(() -> {
            try {
                run(settings());
            } catch (CancellationException e) {
                thrown[0] = e;
            }
        });
        worker.start();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        worker.interrupt();
        worker.join(10_000);
        assertThat(thrown[0]).isInstanceOf(CancellationException.class);
        over.countDown();
    }

    @Test
    void anythingThatAnswersIsReachable() {
        server.status(404);
        try (Replay replay = open(settings())) {
            assertThat(replay.isReachable()).isTrue();
            assertThat(server.requests.getFirst().path()).isEqualTo("/v1/models");
        }
    }

    @Test
    void queriesAreNotEmbeddedElsewhereWhenNothingMayLeave() {
        server.then((exchange, request) -> {
            StringBuilder data = new StringBuilder();
            for (int i = 0; i < request.json().get("input").size(); i++) {
                data.append(i == 0 ? "" : ",")
                        .append("{\"index\":")
                        .append(i)
                        .append(",\"embedding\":[1,")
                        .append(i)
                        .append("]}");
            }
            StubServer.send(exchange, 200, "{\"data\":[" + data + "]}");
        });
        Path index = folder.resolve("embedded");
        try (LocalEngine engine = LocalEngine.of(1)) {
            RetrievalIndex.create(
                    index,
                    IndexSettings.DEFAULT.withVectors(new VectorSource.Embedded(server.endPoint("e"), 8)),
                    Playbooks.of(List.of(Playbook.of("a", "", "printer"), Playbook.of("b", "", "queue"))),
                    Seed.of(1),
                    engine);
        }
        EndPoint remote = EndPoint.of("https://models.example.com/v1", "e");
        try (Retriever elsewhere = Retriever.open(index, new RetrievalMethod.Vectors(), remote, ALL)) {
            assertThatThrownBy(() ->
                            Replay.open(settings().onlyLocal(), Optional.of(elsewhere), log, ALL, pacing, name -> null))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("embeds queries at an end point that is elsewhere");
        }
        try (Retriever retriever = Retriever.open(index, new RetrievalMethod.Vectors())) {
            assertThat(retriever.search("anything", 2))
                    .extracting(hit -> hit.playbook().id())
                    .containsExactly("a", "b");
            server.close();
            try (Replay replay = Replay.open(settings(), Optional.of(retriever), log, ALL, pacing, name -> null)) {
                assertThat(replay.run(TASK).modelError().orElseThrow()).contains("there are no vectors: no connection");
            }
        }
    }

    /// An index is a file, and may be somebody else's.
    @Test
    void anIndexThatNamesAnEndPointCausesNoRequestByItself() throws IOException {
        server.body("{\"data\":[{\"embedding\":[1,0]}]}");
        Path index = folder.resolve("theirs");
        Playbooks one = Playbooks.of(List.of(Playbook.of("a", "", "printer")));
        try (LocalEngine engine = LocalEngine.of(1)) {
            RetrievalIndex.create(
                    index,
                    IndexSettings.DEFAULT.withVectors(new VectorSource.Embedded(server.endPoint("e"), 8)),
                    one,
                    Seed.of(1),
                    engine);
        }
        int before = server.requests.size();
        String honest = Files.readString(index.resolve("index.json"));
        String base = server.endPoint("e").baseUrl();
        for (String theirs : List.of(
                honest.replace(base, "https://models.example.com/v1"),
                honest.replace(
                        "\"kind\":\"embedded\"", "\"key_variable\":\"ASSAY_KEY_MODEL\",\"kind\":\"embedded\""))) {
            assertThat(theirs).isNotEqualTo(honest);
            Files.writeString(index.resolve("index.json"), theirs);
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> Retriever.open(index, new RetrievalMethod.Vectors()),
                    () -> Retriever.open(
                            index, RetrievalMethod.Fused.of(RetrievalMethod.DEFAULT, new RetrievalMethod.Vectors())),
                    () -> RetrievalIndex.add(index, one))) {
                assertThatThrownBy(use)
                        .isInstanceOfSatisfying(
                                Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.CONSENT));
            }
            Retriever.open(index, RetrievalMethod.DEFAULT).close();
        }
        for (String theirs : List.of(
                honest.replace("\"kind\":\"embedded\"", "\"key_variable\":\"HOME\",\"kind\":\"embedded\""),
                honest.replace(base, "https://me:secret@models.example.com/v1"))) {
            Files.writeString(index.resolve("index.json"), theirs);
            assertThatThrownBy(() -> Retriever.open(index, new RetrievalMethod.Vectors()))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE))
                    .hasMessageNotContaining("secret");
        }
        assertThat(server.requests).hasSize(before);
    }

    @Test
    void aQueryWhoseVectorHasAnotherLengthIsNoAnswer() {
        server.body("{\"data\":[{\"embedding\":[1,0]}]}").body("{\"data\":[{\"embedding\":[1,0,0]}]}");
        Path index = folder.resolve("two");
        try (LocalEngine engine = LocalEngine.of(1)) {
            RetrievalIndex.create(
                    index,
                    IndexSettings.DEFAULT.withVectors(new VectorSource.Embedded(server.endPoint("e"), 8)),
                    Playbooks.of(List.of(Playbook.of("a", "", "printer"))),
                    Seed.of(1),
                    engine);
        }
        try (Retriever retriever = Retriever.open(index, new RetrievalMethod.Vectors())) {
            assertThatThrownBy(() -> retriever.search("printer", 1))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("the index has 2 numbers in each, the query's has 3");
        }
    }

    @Test
    void anAnswerThatQuotesTheKeyIsKeptWithoutIt() {
        server.says(
                "The key " + KEY + " ends in " + KEY.substring(3) + ", and that is a long enough answer to a task.");
        ReplayRun run = run(ReplaySettings.of(
                Responder.Chat.of(server.endPoint("small").withKeyVariable("ASSAY_KEY_MODEL")), RECORDED));
        assertThat(run.response()).startsWith("The key [key] ends in [key], and");
        assertThat(logged()).doesNotContain(KEY.substring(3));
    }

    private static String piece(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + StubServer.JSON.writeValueAsString(text)
                + "}}]}\n\n";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
