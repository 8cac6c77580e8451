package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.engine.LocalEngine;
import dev.assay.study.fake.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two processes that run one study at once.
class WaitingRunTest {
    private static final String YAML = "study: shared\nseed: 1\nstages:\n  slow: { kind: test.slow }\n";

    /// The process that comes first: its stage ends when somebody waits for it.
    public static final class First {
        private First() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            Bench bench = new Bench(folder).with("test.slow", (in, context) -> {
                Files.writeString(folder.resolve("working"), "");
                while (!Files.exists(folder.resolve("waited-for"))) {
                    Thread.sleep(10);
                }
                return new Numbers("first", List.of(1L));
            });
            try (LocalEngine engine = LocalEngine.of(1)) {
                Runner.of(bench.workspace, engine, Clock.systemUTC(), bench.settings, EventListener.none())
                        .run(Plan.of(bench.study(YAML)));
            }
        }
    }

    @Test
    @Timeout(60)
    void theSecondSaysAtOnceForWhichRunAndStageItWaitsAndTakesTheResults(@TempDir Path folder) throws Exception {
        Process first = Bench.process(First.class, folder);
        while (!Files.exists(folder.resolve("working"))) {
            assertThat(first.isAlive()).as("the first run works").isTrue();
            Thread.sleep(20);
        }
        Bench bench = new Bench(folder).with("test.slow", (in, context) -> new Numbers("second", List.of(2L)));
        String owner = bench.workspace.run("latest").id();
        List<Event.StageWaiting> waits = new ArrayList<>();
        RunView second;
        try (LocalEngine engine = LocalEngine.of(1)) {
            second = Runner.of(bench.workspace, engine, Clock.systemUTC(), bench.settings, event -> {
                        if (event instanceof Event.StageWaiting waiting) {
                            waits.add(waiting);
                            bench.write("waited-for", "");
                        }
                    })
                    .run(Plan.of(bench.study(YAML)));
        }
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(waits)
                .extracting(Event.StageWaiting::holder)
                .containsExactly(
                        "run " + owner + ", stage slow (process " + first.pid() + "), which makes the same results");
        assertThat(Bench.stage(second, "slow").reused()).isTrue();
    }
}
