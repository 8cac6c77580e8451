package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.receipt.Digest;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Metric;
import dev.assay.study.Plan;
import dev.assay.study.RunSettings;
import dev.assay.study.RunView;
import dev.assay.study.Runner;
import dev.assay.study.StageRegistry;
import dev.assay.study.StageView;
import dev.assay.study.StudyFile;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The three stages through studies, with a model on this machine that is a stub.
class ReplayStagesTest {
    private static final String RECORDED = "2026-01-31T00:00:00Z";

    @TempDir
    Path folder;

    private final StubServer server = new StubServer();
    private final StubServer second = new StubServer();
    private final LocalEngine engine = LocalEngine.of(2);

    @AfterEach
    void stop() {
        server.close();
        second.close();
        engine.close();
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String rag(String id, String title, String content, String score) {
        return "{\"content\":%s,\"created_at\":\"2026-01-01T00:00:00Z\",\"id\":\"%s\",\"provenance\":{\"position\":0,\"recorded_at\":\"2026-01-01T00:00:00Z\",\"sig_hash\":\"%s\",\"source_file\":\"f\"},\"schema_version\":1,\"source_category\":\"s\",\"source_run_id\":\"r\",\"success_score\":\"%s\",\"tags\":[],\"title\":%s}%n"
                .formatted(
                        StubServer.JSON.writeValueAsString(content),
                        id,
                        "0".repeat(64),
                        score,
                        StubServer.JSON.writeValueAsString(title))
                .replace("\r\n", "\n");
    }

    private void samples() {
        write(
                "rag.jsonl",
                rag(
                                "aa",
                                "Rename a printer queue",
                                "Open the office settings, rename the queue.\n- Verify that the old queue is gone from office settings.",
                                "accepted")
                        + rag(
                                "bb",
                                "Reset a router",
                                "Hold the reset button of the router for ten seconds.",
                                "accepted")
                        + rag(
                                "cc",
                                "Rename a shared folder",
                                "The folder was renamed but the share kept its name.",
                                "partially_accepted"));
    }

    private void tasks() {
        write("tasks.jsonl", """
                {"task_id":"q1","task":"Rename the printer queue in the office settings","reference":"renamed"}
                {"task_id":"q2","task":"Reset the router in the cellar","reference":"reset button"}
                {"task_id":"q3","task":"Prove the four colour theorem","reference":"planar"}
                """);
    }

    private RunView run(String yaml, String... overrides) {
        return run(false, yaml, overrides);
    }

    private RunView run(boolean fresh, String yaml, String... overrides) {
        StudyFile study = StudyFile.parse(write("study.yaml", yaml), List.of(overrides), StageRegistry.installed());
        try (Engine engine = LocalEngine.of(2)) {
            return Runner.of(
                            workspace(),
                            engine,
                            Clock.systemUTC(),
                            RunSettings.DEFAULT.withFresh(fresh).withCodeVersion("c0de".repeat(16)),
                            event -> {})
                    .run(Plan.of(study));
        }
    }

    private Workspace workspace() {
        return Workspace.at(folder.resolve("work"));
    }

    private Path output(RunView run, String stage, String file) {
        return workspace().folder(run).resolve("outputs").resolve(stage).resolve(file);
    }

    private static StageView stage(RunView run, String name) {
        return run.stages().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void passed(RunView run) {
        assertThat(run.stages())
                .allSatisfy(s -> assertThat(s.failure()).as(s.name()).isEmpty());
    }

    private String study(String extra) {
        return """
                study: replays
                seed: 1
                stages:
                  index: { kind: distil.index, rag: rag.jsonl }
                  with:
                    kind: distil.replay
                    tasks: tasks.jsonl
                    index: index
                    base-url: "%s"
                    model: small
                    recorded-at: "%s"
                  without:
                    kind: distil.replay
                    tasks: tasks.jsonl
                    arm: no-retrieval
                    base-url: "%s"
                    model: small
                    recorded-at: "%s"
                  ab: { kind: distil.ab, treatment: with, baseline: without, tasks: tasks.jsonl }
                """.formatted(
                                server.endPoint("m").baseUrl(),
                                RECORDED,
                                server.endPoint("m").baseUrl(),
                                RECORDED)
                + extra;
    }

    /// Answers well if there is an example in the prompt, else with an excuse.
    private void modelThatNeedsExamples() {
        server.then((exchange, request) -> {
            if (request.path().endsWith("/models")) {
                StubServer.send(exchange, 200, "{\"data\":[]}");
                return;
            }
            String asked = request.json().get("messages").get(1).get("content").asString();
            String answer = asked.startsWith("Examples")
                    ? "It was renamed in the office settings after the reset button had been held; then I did verify that "
                            + "the old queue is gone."
                    : "I cannot do that.";
            StubServer.send(exchange, 200, StubServer.completion(answer));
        });
    }

    @Test
    void aStudyIndexesReplaysAndCompares() throws IOException {
        samples();
        tasks();
        modelThatNeedsExamples();
        RunView run = run(study(""));
        passed(run);
        List<ReplayRun> with = ReplayRun.read(output(run, "with", "runs.jsonl"));
        assertThat(with).extracting(ReplayRun::taskId).containsExactly("q1", "q2", "q3");
        assertThat(with).extracting(r -> r.bundle().outcome()).containsExactly("found", "found", "none_relevant");
        assertThat(with).extracting(ReplayRun::passed).containsExactly(true, true, false);
        List<ReplayRun> without = ReplayRun.read(output(run, "without", "runs.jsonl"));
        assertThat(without).extracting(r -> r.bundle().outcome()).containsOnly("off");
        assertThat(without).noneMatch(ReplayRun::passed);
        StageView ab = stage(run, "ab");
        assertThat(metric(ab, "gate-pass.treatment")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(metric(ab, "gate-pass.baseline")).isZero();
        assertThat(metric(ab, "gate-pass.difference")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(metric(ab, "gate-pass.p")).isCloseTo(0.5, within(1e-12));
        assertThat(metric(ab, "right.treatment")).isCloseTo(2.0 / 3, within(1e-12));
        StageView replay = stage(run, "with");
        assertThat(metric(replay, "gate-pass")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(metric(replay, "none-relevant")).isEqualTo(1);
        assertThat(replay.warnings()).anyMatch(w -> w.contains("can be wrong"));
    }

    private static double metric(StageView stage, String name) {
        return stage.metrics().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .orElseThrow();
    }

    @Test
    void evidenceOfReplaysIsScoredAndNeverAcceptedUnseen() throws IOException {
        samples();
        tasks();
        modelThatNeedsExamples();
        write("replay.yml", """
                version: 1.0.0
                rules:
                  - { when: { eq: [ $.verdict, 0 ] }, then: rejected, reason: gate_failed }
                  - { when: { eq: [ $.observer_verdict, '"accept"' ] }, then: accepted, reason: observed }
                  - { when: { all: [] }, then: needs_human_review, reason: gate_only }
                """);
        RunView run = run(study("""
                  score: { kind: distil.score, evidence: with.evidence, rules: { replay: replay.yml }, scored-at: "2026-01-31T00:00:00Z" }
                """));
        passed(run);
        StageView score = stage(run, "score");
        assertThat(metric(score, "accepted")).isZero();
        assertThat(metric(score, "rejected")).isEqualTo(1);
        assertThat(metric(score, "needs-human-review")).isEqualTo(2);
        List<String> lines = Files.readAllLines(output(run, "with", "evidence").resolve("2026/01/31/replay.jsonl"));
        List<String> log = Files.readAllLines(output(run, "with", "runs.jsonl"));
        for (int i = 0; i < lines.size(); i++) {
            EvidenceRecord record = EvidenceRecord.parse(lines.get(i));
            assertThat(record.provenance().position()).isEqualTo(i);
            assertThat(record.provenance().sigHash())
                    .isEqualTo(Digest.of(log.get(i)).hex());
            assertThat(record.has("observer_verdict")).isFalse();
            assertThat(record.prompt()).isPresent();
        }
        JsonNode first = EvidenceRecord.parse(lines.getFirst()).tree();
        assertThat(first.get("retrieved_context").get(0).get("rag_id").asString())
                .isEqualTo("aa");
        assertThat(first.get("verdict").asDouble()).isEqualTo(1);
        assertThat(EvidenceRecord.parse(lines.getLast())
                        .tree()
                        .get("failure_markers")
                        .get(0)
                        .asString())
                .isEqualTo("too_short");
    }

    @Test
    void localOnlyKeepsAStudyOffTheNetwork() {
        samples();
        tasks();
        server.says("No.");
        second.says("No.");
        String extra = "escalation: { base-url: \"%s\", model: large }, allow-escalation: true"
                .formatted(second.endPoint("m").baseUrl());
        String yaml = """
                study: local
                seed: 1
                stages:
                  index: { kind: distil.index, rag: rag.jsonl }
                  with: { kind: distil.replay, tasks: tasks.jsonl, index: index, base-url: "%s", model: small, recorded-at: "%s", local-only: %s, %s }
                """;
        RunView kept = run(yaml.formatted(server.endPoint("m").baseUrl(), RECORDED, true, extra));
        passed(kept);
        assertThat(second.requests).isEmpty();
        RunView open = run(yaml.formatted(server.endPoint("m").baseUrl(), RECORDED, false, extra));
        passed(open);
        assertThat(second.requests).hasSize(3);
        assertThat(metric(stage(open, "with"), "escalated")).isEqualTo(3);
        RunView remote = run(yaml.formatted("https://models.example.com/v1", RECORDED, true, extra));
        assertThat(stage(remote, "with").failure().orElseThrow().sentence()).contains("nothing may leave this machine");
    }

    @Test
    void withoutAModelOneSentenceSaysHowToGetOne() {
        samples();
        tasks();
        String yaml = """
                study: none
                seed: 1
                stages:
                  with: { kind: distil.replay, tasks: tasks.jsonl, arm: no-retrieval, recorded-at: "2026-01-31T00:00:00Z" %s }
                """;
        StageView.Failure none =
                stage(run(yaml.formatted("")), "with").failure().orElseThrow();
        assertThat(none.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(none.sentence())
                .contains("there is no model to ask: start an OpenAI-compatible server")
                .contains("http://localhost:11434/v1 for Ollama")
                .contains("llama-server")
                .contains("vllm serve")
                .contains("extractive");
        String gone = server.endPoint("m").baseUrl();
        server.close();
        StageView.Failure dead = stage(run(yaml.formatted(", base-url: \"" + gone + "\", model: m")), "with")
                .failure()
                .orElseThrow();
        assertThat(dead.kind()).isEqualTo(Fault.Kind.STAGE_FAILED);
        assertThat(dead.sentence()).contains(gone).contains("nothing answers here: start an OpenAI-compatible server");
    }

    @Test
    void withoutAModelSentencesAreQuotedAndTheStudyRepeatsBitForBit() {
        samples();
        tasks();
        String yaml = """
                study: quotes
                seed: 1
                stages:
                  index: { kind: distil.index, rag: rag.jsonl, vectors: latent, dimensions: 2 }
                  with: { kind: distil.replay, tasks: tasks.jsonl, index: index, answering: extractive, ranking: bm25-and-vectors, floor: 0, in-flight: 3, recorded-at: "2026-01-31T00:00:00Z", gate: { least-length: 10 } }
                """;
        RunView one = run(yaml);
        passed(one);
        RunView two = run(true, yaml);
        passed(two);
        for (String stage : List.of("index", "with")) {
            assertThat(stage(two, stage).outputs()).isEqualTo(stage(one, stage).outputs());
            assertThat(stage(two, stage).violations()).isEmpty();
        }
        List<ReplayRun> runs = ReplayRun.read(output(one, "with", "runs.jsonl"));
        assertThat(runs.getFirst().response()).contains("\"Open the office settings, rename the queue.\" [rag aa]");
        assertThat(runs.getFirst().passed()).isTrue();
    }

    /// Answers with the number of the request, and not at all to these requests.
    private List<String> modelThatFails(Integer... requests) {
        List<String> asked = new CopyOnWriteArrayList<>();
        server.then((exchange, request) -> {
            if (request.path().endsWith("/models")) {
                StubServer.send(exchange, 200, "{}");
                return;
            }
            asked.add(request.json().get("messages").get(1).get("content").asString());
            boolean fails = List.of(requests).contains(asked.size());
            StubServer.send(
                    exchange, fails ? 400 : 200, fails ? "" : StubServer.completion("Answer number " + asked.size()));
        });
        return asked;
    }

    private InMemoryContext attempt() {
        return InMemoryContext.of(Seed.of(1), engine, folder.resolve("home"));
    }

    @Test
    void moreUnansweredTasksThanAllowedEndTheStageAndOnlyTheyAreAskedAgain() {
        tasks();
        List<String> asked = modelThatFails(2, 4);
        ReplayStage.Settings settings = settings(Optional.of(0));
        for (int attempt = 0; attempt < 2; attempt++) {
            InMemoryContext said = attempt();
            Fault fault = catchThrowableOfType(Fault.class, () -> new ReplayStage().run(settings, said));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.STAGE_FAILED);
            assertThat(fault.getMessage())
                    .startsWith("1 of 3 tasks got no answer, more than max-unanswered = 0 allows (the first: ")
                    .endsWith("run the stage again as it is: answers are kept, and only the rest is asked for");
            assertThat(said.value("model-errors")).isEqualTo(1);
        }
        assertThat(asked).hasSize(4);
        assertThat(asked.getLast()).contains("router");

        InMemoryContext said = attempt();
        List<ReplayRun> runs =
                ReplayRun.read(new ReplayStage().run(settings, said).runs());
        assertThat(asked).hasSize(5);
        assertThat(runs).extracting(ReplayRun::taskId).containsExactly("q1", "q2", "q3");
        assertThat(runs)
                .extracting(ReplayRun::response)
                .containsExactly("Answer number 1", "Answer number 5", "Answer number 3");
        assertThat(said.counts()).containsEntry("resumed", 2L);
        assertThat(said.listing("Replay").rows()).contains(List.of("answered in an earlier attempt", 2));
        assertThat(said.warnings()).noneMatch(w -> w.contains("no answer"));
    }

    @Test
    void unansweredTasksThatAreAllowedAreTold() {
        tasks();
        modelThatFails(2);
        for (Optional<Integer> most : List.of(Optional.<Integer>empty(), Optional.of(1))) {
            InMemoryContext said = InMemoryContext.of(Seed.of(1), engine, folder.resolve("of " + most));
            assertThat(ReplayRun.read(
                            new ReplayStage().run(settings(most), said).runs()))
                    .hasSize(3);
            if (most.isPresent()) {
                assertThat(said.warnings()).noneMatch(w -> w.contains("no answer"));
                continue;
            }
            assertThat(said.warnings())
                    .anyMatch(w -> w.startsWith("1 of 3 tasks got no answer; the log says why of each")
                            && w.endsWith("with max-unanswered it fails instead and keeps its answers"));
        }
    }

    @Test
    void anAttemptThatFindsNobodyLosesNoAnswer() throws IOException {
        tasks();
        List<String> asked = modelThatFails(2);
        ReplayStage.Settings settings = settings(Optional.of(0));
        assertThatThrownBy(() -> new ReplayStage().run(settings, attempt())).isInstanceOf(Fault.class);
        byte[] kept = Files.readAllBytes(log());
        server.close();
        assertThatThrownBy(() -> new ReplayStage().run(settings, attempt()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("nothing answers here");
        assertThat(asked).hasSize(3);
        assertThat(Files.readAllBytes(log())).isEqualTo(kept);
    }

    @Test
    void answersThatWereDamagedAreAskedForAgain() throws IOException {
        tasks();
        List<String> asked = modelThatFails(2);
        ReplayStage.Settings settings = settings(Optional.of(0));
        assertThatThrownBy(() -> new ReplayStage().run(settings, attempt())).isInstanceOf(Fault.class);
        List<String> lines = Files.readAllLines(log());
        // The first line has lost its beginning, the last one its end.
        Files.writeString(
                log(),
                lines.get(0).substring(20) + "\n" + lines.get(1) + "\n"
                        + lines.get(2).substring(0, 40));

        List<ReplayRun> runs =
                ReplayRun.read(new ReplayStage().run(settings, attempt()).runs());
        assertThat(asked).hasSize(6);
        assertThat(runs)
                .extracting(ReplayRun::response)
                .containsExactly("Answer number 4", "Answer number 5", "Answer number 6");
    }

    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("home/resumable"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whoAnswersIsSaidAndNoUserOfAUrl() {
        ReplayStage stage = new ReplayStage();
        ReplayStage.Settings chat = settings(Optional.empty());
        String first = "the model small at " + server.endPoint("m").baseUrl();
        ReplayStage.Escalation onward = new ReplayStage.Escalation(
                Optional.of(second.endPoint("m").baseUrl()), Optional.of("large"), Optional.of("ASSAY_KEY_SECOND"));
        assertThat(stage.outside(chat)).contains(first);
        assertThat(stage.outside(with(chat, Map.of("escalation", onward)))).contains(first);
        Map<String, Object> allowed = Map.of("escalation", onward, "allowEscalation", true);
        assertThat(stage.outside(with(with(chat, allowed), Map.of("localOnly", false))))
                .contains(first + " and the model large at "
                        + second.endPoint("m").baseUrl());
        assertThat(stage.outside(with(chat, allowed))).contains(first);
        assertThat(stage.outside(with(chat, Map.of("answering", ReplayStage.Answering.EXTRACTIVE))))
                .isEmpty();
        assertThat(stage.outside(with(chat, Map.of("answering", ReplayStage.Answering.DRY_RUN))))
                .isEmpty();
        assertThat(stage.outside(with(chat, Map.of("baseUrl", Optional.of("http://me:secret@localhost/v1")))))
                .isEmpty();
    }

    @Test
    void whoMakesVectorsIsSaidByTheIndexAndByTheReplaysThatRankByThem() {
        samples();
        server.then((exchange, request) -> {
            StringBuilder data = new StringBuilder();
            for (int i = 0; i < request.json().get("input").size(); i++) {
                data.append(i == 0 ? "" : ",").append("{\"index\":" + i + ",\"embedding\":[1,0." + i + "]}");
            }
            StubServer.send(exchange, 200, "{\"data\":[" + data + "]}");
        });
        String vectors = "the vectors of nomic at " + server.endPoint("m").baseUrl();
        IndexStage stage = new IndexStage();
        assertThat(stage.outside(index(IndexStage.VectorChoice.NONE))).isEmpty();
        assertThat(stage.outside(index(IndexStage.VectorChoice.LATENT))).isEmpty();
        assertThat(stage.outside(index(IndexStage.VectorChoice.END_POINT))).contains(vectors);

        Path embedded =
                stage.run(index(IndexStage.VectorChoice.END_POINT), attempt()).index();
        Path plain = stage.run(index(IndexStage.VectorChoice.NONE), attempt()).index();
        ReplayStage.Settings quotes = with(
                settings(Optional.empty()),
                Map.of("answering", ReplayStage.Answering.EXTRACTIVE, "arm", ReplayArm.RETRIEVAL));
        ReplayStage replay = new ReplayStage();
        for (ReplayStage.Ranking ranking : ReplayStage.Ranking.values()) {
            Map<String, Object> ranked = Map.of("ranking", ranking, "index", Optional.of(embedded));
            boolean asks = ranking == ReplayStage.Ranking.VECTORS || ranking == ReplayStage.Ranking.BM25_AND_VECTORS;
            assertThat(replay.outside(with(quotes, ranked))).isEqualTo(asks ? Optional.of(vectors) : Optional.empty());
            assertThat(replay.outside(with(with(quotes, ranked), Map.of("index", Optional.of(plain)))))
                    .isEmpty();
            assertThat(replay.outside(with(with(quotes, ranked), Map.of("index", Optional.of(folder.resolve("gone"))))))
                    .isEmpty();
            assertThat(replay.outside(with(with(quotes, ranked), Map.of("arm", ReplayArm.NO_RETRIEVAL))))
                    .isEmpty();
        }
    }

    private IndexStage.Settings index(IndexStage.VectorChoice vectors) {
        return new IndexStage.Settings(
                folder.resolve("rag.jsonl"),
                Optional.empty(),
                TextAnalysis.ENGLISH,
                vectors,
                2,
                Optional.of(server.endPoint("m").baseUrl()),
                Optional.of("nomic"),
                Optional.empty(),
                32,
                true,
                50_000);
    }

    /// The settings with some components changed.
    private static ReplayStage.Settings with(ReplayStage.Settings settings, Map<String, Object> changed) {
        RecordComponent[] components = ReplayStage.Settings.class.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = changed.containsKey(components[i].getName())
                        ? changed.get(components[i].getName())
                        : components[i].getAccessor().invoke(settings);
            }
            return ReplayStage.Settings.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private ReplayStage.Settings settings(Optional<Integer> maxUnanswered) {
        return new ReplayStage.Settings(
                folder.resolve("tasks.jsonl"),
                Optional.empty(),
                Optional.empty(),
                ReplayArm.NO_RETRIEVAL,
                ReplayStage.Answering.CHAT,
                Optional.of(server.endPoint("m").baseUrl()),
                Optional.of("small"),
                Optional.empty(),
                new ReplayStage.Escalation(Optional.empty(), Optional.empty(), Optional.empty()),
                false,
                true,
                ReplayStage.Ranking.BM25,
                8,
                0.25,
                OwnRuns.KEEP,
                new ReplayStage.Gate(0, true, true, 0, ReplayStage.Form.ANY, Optional.empty(), true),
                5,
                1,
                100,
                false,
                1,
                5,
                5,
                0,
                5,
                maxUnanswered,
                "MIT",
                RECORDED);
    }

    @Test
    void manyTasksAtOnceAreLoggedInTheirOrder() {
        StringBuilder many = new StringBuilder("task_id,task\n");
        for (int i = 0; i < 60; i++) {
            many.append("t").append(i).append(",\"Say, in words, ").append(i).append("\"\n");
        }
        Path csv = write("tasks.csv", many.toString());
        server.then((exchange, request) -> {
            String body = request.path().endsWith("/models")
                    ? "{}"
                    : StubServer.completion("For "
                            + request.json()
                                    .get("messages")
                                    .get(1)
                                    .get("content")
                                    .asString());
            StubServer.send(exchange, 200, body);
        });
        ReplayStage.Settings settings = with(settings(Optional.empty()), Map.of("tasks", csv, "inFlight", 16));
        InMemoryContext said = attempt();
        List<ReplayRun> runs =
                ReplayRun.read(new ReplayStage().run(settings, said).runs());
        assertThat(runs).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(runs.get(i).taskId()).isEqualTo("t" + i);
            assertThat(runs.get(i).response()).isEqualTo("For Task:\nSay, in words, " + i);
        }
        assertThat(said.metric("gate-pass").low()).isPresent();
    }

    @Test
    void anIndexGrowsFromAnEarlierOne() throws IOException {
        samples();
        String yaml = """
                study: grow
                seed: 1
                stages:
                  first: { kind: distil.index, rag: rag.jsonl }
                  second: { kind: distil.index, rag: more.jsonl, earlier: first }
                """;
        write(
                "more.jsonl",
                Files.readString(folder.resolve("rag.jsonl"))
                        + rag("dd", "Feed a cat", "Cats eat fish.", "needs_human_review"));
        RunView run = run(yaml);
        passed(run);
        assertThat(metric(stage(run, "second"), "playbooks")).isEqualTo(4);
        assertThat(metric(stage(run, "second"), "added")).isEqualTo(1);
        assertThat(metric(stage(run, "second"), "present")).isEqualTo(3);
        try (Retriever retriever = Retriever.open(output(run, "second", "index"), RetrievalMethod.DEFAULT)) {
            assertThat(retriever.search("cat", 3))
                    .extracting(h -> h.playbook().id())
                    .containsExactly("dd");
        }
        RunView other = run(yaml, "second.analysis=plain");
        assertThat(stage(other, "second").failure().orElseThrow().sentence())
                .contains("the earlier index was made with other settings");
    }

    /// Evidence of three earlier runs: q1 under its id, q2 by its prompt under another id, and one of neither.
    private void earlierRuns() {
        write(
                "rag.jsonl",
                rag(
                                        "aa",
                                        "Rename a printer queue",
                                        "Open the office settings, rename the queue.\n- Verify that the old queue is gone from office settings.",
                                        "accepted")
                                .replace("\"source_run_id\":\"r\"", "\"source_run_id\":\"run-1\"")
                        + rag("bb", "Reset a router", "Hold the reset button of the router in the cellar.", "accepted")
                                .replace("\"source_run_id\":\"r\"", "\"source_run_id\":\"run-2\"")
                        + rag(
                                        "cc",
                                        "Rename a shared folder",
                                        "Rename it in the office settings of the queue.",
                                        "accepted")
                                .replace("\"source_run_id\":\"r\"", "\"source_run_id\":\"run-3\""));
        Evidence.of(folder.resolve("evidence"))
                .run("run-1", "q1", "Another wording of it")
                .run("run-2", "other", "  Reset the router in the cellar \r\n")
                .run("run-3", "folder", "Rename a shared folder in the office settings")
                .write();
    }

    private static final String OWN = """
            study: own
            seed: 1
            stages:
              index: { kind: distil.index, rag: rag.jsonl }
              with: { kind: distil.replay, tasks: tasks.jsonl, index: index, %s answering: extractive, recorded-at: "2026-01-31T00:00:00Z" }
              without: { kind: distil.replay, tasks: tasks.jsonl, arm: no-retrieval, answering: extractive, recorded-at: "2026-01-31T00:00:00Z" }
              ab: { kind: distil.ab, treatment: with, baseline: without, tasks: tasks.jsonl }
            """;

    @Test
    void runsOfTheVeryTaskAreCountedAndLeftOut() {
        earlierRuns();
        tasks();
        RunView kept = run(OWN.formatted("evidence: evidence,"));
        passed(kept);
        List<ReplayRun> runs = ReplayRun.read(output(kept, "with", "runs.jsonl"));
        assertThat(runs)
                .extracting(r -> r.bundle().ownRuns())
                .containsExactly(OptionalInt.of(1), OptionalInt.of(1), OptionalInt.of(0));
        assertThat(runs)
                .extracting(r -> r.bundle().ragIds())
                .containsExactly(List.of("aa", "cc"), List.of("bb"), List.of());
        assertThat(metric(stage(kept, "with"), "own-runs")).isEqualTo(2);
        String memory = "2 of 3 tasks were shown earlier runs of themselves: what comes out right there shows memory; "
                + "set own-runs of distil.replay to leave-out to measure help.";
        assertThat(stage(kept, "with").warnings()).contains(memory);
        assertThat(stage(kept, "ab").warnings()).contains(memory);
        assertThat(metric(stage(kept, "without"), "own-runs")).isZero();

        RunView left = run(OWN.formatted("evidence: evidence, own-runs: leave-out,"));
        passed(left);
        List<ReplayRun> others = ReplayRun.read(output(left, "with", "runs.jsonl"));
        assertThat(others).extracting(r -> r.bundle().ragIds()).containsExactly(List.of("cc"), List.of(), List.of());
        assertThat(others)
                .extracting(r -> r.bundle().outcome())
                .containsExactly("found", "none_relevant", "none_relevant");
        assertThat(others).extracting(r -> r.bundle().ownRuns()).containsOnly(OptionalInt.of(0));
        assertThat(metric(stage(left, "with"), "own-runs")).isZero();
        for (String stage : List.of("with", "ab")) {
            assertThat(stage(left, stage).warnings()).noneMatch(w -> w.contains("memory"));
        }
    }

    @Test
    void withoutEvidenceItIsNotKnownWhichRunsAreTheTasksOwn() {
        earlierRuns();
        tasks();
        RunView run = run(OWN.formatted(""));
        passed(run);
        Metric own = stage(run, "with").metrics().stream()
                .filter(m -> m.name().equals("own-runs"))
                .findFirst()
                .orElseThrow();
        assertThat(own.value()).isEmpty();
        assertThat(own.reason()).contains("no evidence was given");
        assertThat(ReplayRun.read(output(run, "with", "runs.jsonl")))
                .allSatisfy(r -> assertThat(r.line()).doesNotContain("own_runs"));
        assertThat(stage(run, "ab").warnings()).noneMatch(w -> w.contains("memory"));
        StageView.Failure failure = stage(run(OWN.formatted("own-runs: leave-out,")), "with")
                .failure()
                .orElseThrow();
        assertThat(failure.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(failure.sentence())
                .contains("runs of the very tasks cannot be left out")
                .contains("give 'evidence'", "set own-runs to keep");
    }

    @Test
    void settingsThatDoNotGoTogetherAreSaid() {
        samples();
        tasks();
        String yaml = """
                study: wrong
                seed: 1
                stages:
                  with: { kind: distil.replay, tasks: tasks.jsonl, recorded-at: "2026-01-31T00:00:00Z", answering: dry-run, %s }
                """;
        assertThat(sentence(yaml.formatted("k: 8"))).contains("there is nothing to retrieve from");
        assertThat(sentence(yaml.formatted("arm: no-retrieval, allow-escalation: true")))
                .contains("there is no second model to escalate to");
        assertThat(sentence(yaml.formatted("arm: no-retrieval, gate: { form: json, matching: x }")))
                .contains("an answer has one form");
        assertThat(sentence(yaml.formatted("arm: no-retrieval, gate: { matching: '(' }")))
                .contains("'gate.matching': the pattern is wrong at character 1: this '(' is not closed");
        assertThat(sentence(yaml.formatted("arm: no-retrieval, escalation: { model: x }")))
                .contains("the second model needs both");
        assertThat(sentence(yaml.replace("2026-01-31T00:00:00Z", "yesterday").formatted("arm: no-retrieval")))
                .contains("recorded-at must be a time in UTC");
        write("tasks.jsonl", "{\"task_id\":\"a\",\"task\":\"x\"}\n{\"task_id\":\"a\",\"task\":\"y\"}\n");
        assertThat(sentence(yaml.formatted("arm: no-retrieval"))).contains("tasks.jsonl:2: this task_id stands twice");
    }

    private String sentence(String yaml) {
        return stage(run(yaml), "with").failure().orElseThrow().sentence();
    }

    private ReplayRun answered(String task, ReplayArm arm, String answer, boolean passed, Optional<String> error) {
        return new ReplayRun(
                task,
                "text of " + task,
                Digest.of(task).hex(),
                arm,
                "m",
                List.of("m"),
                new ReplayRun.Retrieved("off", List.of(), List.of(), List.of(), OptionalInt.empty()),
                Digest.of("p").hex(),
                answer,
                error.isPresent()
                        ? Optional.empty()
                        : Optional.of(new GateVerdict(
                                passed ? List.of() : List.of(GateVerdict.Reason.HEDGE),
                                java.util.OptionalDouble.of(passed ? 1 : 0.5))),
                Optional.empty(),
                Optional.empty(),
                3,
                error,
                RECORDED);
    }

    private Path log(String name, List<ReplayRun> runs) {
        return write(name, runs.stream().map(r -> r.line() + "\n").collect(Collectors.joining()));
    }

    @Test
    void aComparisonCountsWhatDiffers() {
        List<ReplayRun> treatment = new ArrayList<>();
        List<ReplayRun> baseline = new ArrayList<>();
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            // 8 better, 1 worse, 5 both, 6 neither, and one that got no answer.
            boolean t = i < 8 || (i >= 9 && i < 14);
            boolean b = i == 8 || (i >= 9 && i < 14);
            Optional<String> error = i == 20 ? Optional.of("no connection") : Optional.empty();
            treatment.add(answered(
                    "t" + i,
                    ReplayArm.RETRIEVAL,
                    t ? "so {\"answer\": \"$1,0" + i + ".50\"}" : "it is 7",
                    t,
                    Optional.empty()));
            baseline.add(
                    answered("t" + i, ReplayArm.NO_RETRIEVAL, b ? "the answer is 10" + i + ".5" : "none", b, error));
            tasks.append("{\"task_id\":\"t")
                    .append(i)
                    .append("\",\"task\":\"t" + i + "\",\"reference\":\"# 10")
                    .append(i)
                    .append(".5\"}\n");
        }
        AbStage.Settings settings = new AbStage.Settings(
                log("a.jsonl", treatment),
                log("b.jsonl", baseline),
                Optional.of(write("tasks.jsonl", tasks.toString())),
                Optional.empty(),
                Optional.empty(),
                AnswerMatch.NUMBER);
        InMemoryContext said = attempt();
        AbStage.Compared compared = new AbStage().run(settings, said);
        for (String measure : List.of("gate-pass", "right")) {
            assertThat(said.value(measure + ".p")).isEqualTo(0.0390625);
            assertThat(said.value(measure + ".treatment")).isCloseTo(13.0 / 20, within(1e-12));
            assertThat(said.value(measure + ".baseline")).isCloseTo(6.0 / 20, within(1e-12));
            assertThat(said.metric(measure + ".difference").low().orElseThrow()).isBetween(0.0, 0.35);
        }
        assertThat(said.value("grounded.difference")).isCloseTo(0.5 * 7 / 20, within(1e-12));
        assertThat(said.counts()).containsEntry("skip.model_error", 1L);
        assertThat(said.warnings())
                .containsExactly(
                        "1 of 21 tasks got no answer in one of the replays and are left out of the comparison",
                        "There is no record of the treatment and of the baseline (replay.json beside its runs): whether both "
                                + "replays asked and judged alike is not known.");
        Frame summary = compared.summary();
        assertThat(summary.rows()).isEqualTo(2);
        assertThat(summary.numbers("p")).containsExactly(0.0390625, 0.0390625);
        assertThat(summary.numbers("only_treatment")).containsExactly(8, 8);
        assertThat(compared.pairs().rows()).isEqualTo(21);
        AbStage.Settings others = new AbStage.Settings(
                log("c.jsonl", treatment.subList(1, 3)),
                log("d.jsonl", baseline.subList(0, 2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AnswerMatch.CONTAINS);
        assertThatThrownBy(() -> new AbStage().run(others, attempt()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("not of the same tasks");
    }
}
