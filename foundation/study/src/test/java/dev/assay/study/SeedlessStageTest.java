package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.StageView.Status;
import dev.assay.study.fake.FreeStage;
import dev.assay.study.fake.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages that say that they draw nothing.
class SeedlessStageTest {
    @TempDir
    Path folder;

    private Bench bench;
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void open() {
        bench = new Bench(folder);
        bench.stages.add(new FreeStage(
                        "test.plain", (in, context) -> new Numbers("n", List.of((long) calls.incrementAndGet())))
                .drawingNothing());
        bench.stages.add(new FreeStage("test.liar", (in, context) -> {
                    context.seed();
                    return new Numbers("n", List.of());
                })
                .drawingNothing());
    }

    @Test
    void anotherSeedOfTheStudyDoesNotMakeThemRunAgain() {
        bench.run("study: s\nseed: 1\nstages:\n  a: { kind: test.plain }\n");
        RunView other = bench.run("study: s\nseed: 2\nstages:\n  a: { kind: test.plain }\n");
        assertThat(Bench.stage(other, "a").reused()).isTrue();
        assertThat(calls).hasValue(1);
    }

    @Test
    void twoThatAreAlikeButForTheirNamesShareTheResultsAndKeepTheirNames() {
        RunView run = bench.run(
                "study: s\nseed: 1\nstages:\n  a: { kind: test.plain }\n  b: { kind: test.plain }\n  c: { kind: test.sum, numbers: b }\n");
        assertThat(run.stages()).extracting(StageView::name).containsExactly("a", "b", "c");
        assertThat(run.stages()).extracting(StageView::status).containsOnly(Status.PASSED);
        assertThat(calls).hasValue(1);
        assertThat(bench.output(run, "a", "made.json")).hasSameBinaryContentAs(bench.output(run, "b", "made.json"));
    }

    @Test
    void oneThatAsksForASeedAllTheSameIsADefectOfItsOwn() {
        RunView run = bench.run("study: s\nseed: 1\nstages:\n  a: { kind: test.liar }\n");
        assertThat(Bench.stage(run, "a").failure().orElseThrow().sentence()).contains("draws nothing");
    }
}
