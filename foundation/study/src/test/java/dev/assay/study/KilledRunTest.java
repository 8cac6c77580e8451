package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.engine.LocalEngine;
import dev.assay.study.StageView.Status;
import dev.assay.study.fake.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while a stage works, and another one that goes on.
class KilledRunTest {
    private static final String YAML = """
            study: killed
            seed: 1
            stages:
              first: { kind: test.count, up-to: 3 }
              second: { kind: test.hang, after: { a: first } }
              third: { kind: test.sum, numbers: second }
            """;

    /// The process that is killed: its second stage writes half of something and hangs.
    public static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            Bench bench = new Bench(Path.of(arguments[0])).with("test.hang", (in, context) -> {
                Files.writeString(context.folder().resolve("half.json"), "{");
                Files.writeString(Path.of(arguments[0]).resolve("hanging"), "");
                Thread.sleep(120_000);
                return new Numbers("never", List.of());
            });
            try (LocalEngine engine = LocalEngine.of(2)) {
                Runner.of(bench.workspace, engine, Clock.systemUTC(), bench.settings, EventListener.none())
                        .run(Plan.of(bench.study(YAML)));
            }
        }
    }

    @Test
    @Timeout(60)
    void theNextRunGoesOnWhereTheKilledOneStopped(@TempDir Path folder) throws Exception {
        Process victim = Bench.process(Victim.class, folder);
        while (!Files.exists(folder.resolve("hanging"))) {
            assertThat(victim.isAlive())
                    .as("the victim lives until it is killed")
                    .isTrue();
            Thread.sleep(20);
        }
        Workspace workspace = new Bench(folder).workspace;
        assertThat(workspace.run("latest").status()).isEqualTo(RunView.Status.RUNNING);
        victim.destroyForcibly().waitFor(20, TimeUnit.SECONDS);

        RunView killed = workspace.run("latest");
        assertThat(killed.status()).isEqualTo(RunView.Status.INTERRUPTED);
        assertThat(killed.stages())
                .extracting(StageView::status)
                .containsExactly(Status.PASSED, Status.INTERRUPTED, Status.WAITING);
        List<String> events = Files.readAllLines(workspace.folder(killed).resolve("events.jsonl"));
        assertThat(events.getLast()).contains("\"event\":\"stage-started\"", "\"second\"");

        Bench bench = new Bench(folder).with("test.hang", (in, context) -> new Numbers("done", List.of(1L)));
        RunView resumed = bench.run(YAML);
        assertThat(resumed.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(Bench.stage(resumed, "first").reused()).isTrue();
        assertThat(bench.count.calls).hasValue(0);
        assertThat(workspace.folder().resolve("tmp")).isEmptyDirectory();
        try (Stream<Path> all = Files.walk(workspace.folder())) {
            assertThat(all.map(p -> String.valueOf(p.getFileName()))).doesNotContain("half.json");
        }
    }
}
