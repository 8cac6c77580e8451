package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.StageView.Status;
import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stage leaves for its next attempt belongs to its key and to nothing else.
class ResumableTest {
    private static final String YAML = "study: r\nseed: 1\nstages:\n  a: { kind: test.long, number: 3 }\n";

    @TempDir
    Path folder;

    Bench bench;
    /// What lay in the folder when the stage began; nothing if it was empty.
    final AtomicReference<String> found = new AtomicReference<>("");
    boolean fails;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.with("test.long", (in, context) -> {
            Path state = context.resumable().resolve("state");
            found.set(Files.exists(state) ? Files.readString(state) : "");
            Files.writeString(state, "half of " + in.number());
            if (fails) {
                throw new IllegalStateException("stopped");
            }
            return new Numbers("done", List.of((long) in.number()));
        });
    }

    private List<Path> left() throws IOException {
        Path store = folder.resolve("ws/store");
        try (Stream<Path> all = Files.walk(store)) {
            return all.filter(p -> p.toString().contains(".resumable")).toList();
        }
    }

    @Test
    void theNextAttemptAtTheSameKeyFindsItAndSuccessDeletesIt() throws IOException {
        fails = true;
        RunView first = bench.run(YAML);
        assertThat(Bench.stage(first, "a").status()).isEqualTo(Status.FAILED);
        assertThat(left()).isNotEmpty();
        assertThat(left().getFirst().toString())
                .contains(Bench.stage(first, "a").key());

        fails = false;
        RunView second = bench.run(YAML);
        assertThat(Bench.stage(second, "a").status()).isEqualTo(Status.PASSED);
        assertThat(found).hasValue("half of 3");
        assertThat(left()).isEmpty();
    }

    @Test
    void anotherKeyNeverFindsIt() {
        fails = true;
        bench.run(YAML);
        bench.run(YAML, "a.number=4");
        assertThat(found).hasValue("");
        bench.run(YAML, "seed=2");
        assertThat(found).hasValue("");
        bench.settings = bench.settings.withCodeVersion("ab".repeat(32));
        bench.run(YAML);
        assertThat(found).hasValue("");
    }

    @Test
    void anotherWorkspaceNeverFindsItAndAFreshRunBeginsAnew() {
        fails = true;
        bench.run(YAML);
        bench.settings = bench.settings.withFresh(true);
        bench.run(YAML);
        assertThat(found).hasValue("");
    }

    @Test
    void aStageThatKeepsNothingLeavesNothing() throws IOException {
        bench.with("test.long", (in, context) -> {
            throw new IllegalStateException("stopped");
        });
        bench.run(YAML);
        assertThat(left()).isEmpty();
    }
}
