package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.internal.replay.ReplayEvidence;
import dev.assay.distil.internal.score.CompiledRules;
import dev.assay.study.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an end point says of how an answer ended is kept, and an answer that did not come to its end is
/// none.
class FinishReasonTest {
    private static final ReplayTask TASK = ReplayTask.of("t1", "Rename the printer queue in the office settings.");
    private static final String GOOD =
            "The printer queue is renamed in the office settings; afterwards confirm that the old name is gone and print.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private ReplayRun run(boolean streamed, boolean finished) {
        Responder.Chat chat = new Responder.Chat(server.endPoint("small"), 1, 100, streamed);
        GateSettings d = GateSettings.DEFAULT;
        ReplaySettings settings = ReplaySettings.of(chat, "2026-01-31T00:00:00Z")
                .withGate(new GateSettings(
                        d.leastCodePoints(), d.hedges(), d.validation(), d.leastGrounded(), d.format(), finished));
        Path log = folder.resolve("runs.jsonl");
        try (Replay replay = Replay.open(
                settings,
                Optional.empty(),
                log,
                Permissions.of("test", List.of(), asked -> {}),
                new FakePacing(),
                Map.<String, String>of()::get)) {
            ReplayRun run = replay.run(TASK);
            assertThat(ReplayRun.read(log)).contains(run);
            return run;
        }
    }

    private static String whole(String message, String finish) {
        return "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"another\"},\"finish_reason\":\"stop\"},{\"index\":0,\"message\":"
                + message.replace("TEXT", StubServer.JSON.writeValueAsString(GOOD)) + ",\"finish_reason\":" + finish
                + "}]}";
    }

    private static String stream(String delta, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":"
                + delta.replace("TEXT", StubServer.JSON.writeValueAsString(GOOD))
                + ",\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
                + finish
                + "}]}\n\ndata: [DONE]\n\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"content\":TEXT} | \"length\" | length",
                "{\"content\":TEXT} | \"content_filter\" | content_filter",
                "{\"content\":TEXT} | \"abort\" | abort",
                "{\"content\":TEXT} | \"a b\\nc\" | other",
                "{\"content\":null} | \"length\" | length",
                "{\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]} | \"tool_calls\" | tool_calls",
                "{\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]} | \"stop\" | tool_calls",
                "{\"content\":null,\"function_call\":{\"name\":\"f\"}} | null | tool_calls",
                "{\"content\":null,\"refusal\":\"I will not\"} | \"stop\" | refusal",
            })
    void anAnswerThatDidNotComeToItsEndFails(String message, String finish, String reason) {
        for (boolean streamed : new boolean[] {false, true}) {
            server.body(streamed ? stream(message, finish) : whole(message, finish));
        }
        for (boolean streamed : new boolean[] {false, true}) {
            ReplayRun run = run(streamed, true);
            assertThat(run.modelError()).isEmpty();
            assertThat(run.finishReason()).contains(reason);
            assertThat(run.passed()).isFalse();
            assertThat(run.verdict().orElseThrow().reasons()).contains(GateVerdict.Reason.UNFINISHED);
            assertThat(run.line()).contains("\"finish_reason\":\"" + reason + "\"", "\"unfinished\"");
        }
    }

    @Test
    void anAnswerThatCameToItsEndPassesAndSoDoesOneOfWhichNothingIsSaid() {
        server.body(whole("{\"content\":TEXT}", "\"stop\""))
                .body(whole("{\"content\":TEXT}", "null"))
                .body(stream("{\"content\":TEXT}", "\"stop\""))
                .body(whole("{\"content\":TEXT}", "\"length\""));
        assertThat(run(false, true).finishReason()).contains("stop");
        ReplayRun silent = run(false, true);
        assertThat(silent.finishReason()).isEmpty();
        assertThat(silent.passed()).isTrue();
        assertThat(silent.line()).doesNotContain("finish_reason");
        assertThat(run(true, true).passed()).isTrue();
        ReplayRun cut = run(false, false);
        assertThat(cut.passed()).isTrue();
        assertThat(cut.finishReason()).contains("length");
    }

    @Test
    void rulesSeeIt() throws IOException {
        server.body(whole("{\"content\":TEXT}", "\"length\""));
        EvidenceRecord evidence = ReplayEvidence.of(run(false, false), TASK, "runs.jsonl", 0);
        Path rules = Files.writeString(folder.resolve("rules.yml"), """
                version: 1.0.0
                rules:
                  - { when: { eq: [ $.metadata.finish_reason, '"length"' ] }, then: rejected, reason: cut }
                  - { when: { exists: $.verdict }, then: accepted, reason: whole }
                """);
        CompiledRules.Judgement judged = RuleFile.read(rules).compiled().judge(evidence);
        assertThat(judged.category()).isEqualTo(Category.REJECTED);
        assertThat(judged.reason()).isEqualTo("cut");
    }
}
