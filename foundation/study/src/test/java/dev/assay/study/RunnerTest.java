package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.receipt.ReceiptVerifier;
import dev.assay.receipt.Verification;
import dev.assay.study.StageView.Status;
import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    private static final String CHAIN = """
            study: chain
            seed: 7
            stages:
              numbers: { kind: test.count, up-to: 10 }
              total: { kind: test.sum, numbers: numbers, factor: 2 }
            """;

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
    }

    @Test
    void aRunLeavesItsOutputsItsRecordItsEventsAndItsReceipts() throws IOException {
        RunView run = bench.run(CHAIN);

        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(run.exitCode()).isZero();
        assertThat(bench.output(run, "total", "total.json")).content().contains("\"sum\" : 110");
        Path home = bench.workspace.folder(run);
        assertThat(home.resolve("study.yaml")).content().isEqualTo(CHAIN);
        assertThat(home.resolve("receipts/total.record.json")).exists();
        assertThat(home.resolve("receipts/total.intoto.json")).exists();
        assertThat(home.resolve("receipts/summary.json")).exists();
        assertThat(home.resolve("receipts/drift.json")).exists();
        assertThat(Files.readAllLines(home.resolve("events.jsonl"))).hasSameSizeAs(bench.events);
        assertThat(bench.events.getFirst()).isInstanceOf(Event.RunStarted.class);
        assertThat(bench.events.getLast()).isInstanceOf(Event.RunFinished.class);
        StageView.Cost cost = Bench.stage(run, "total").cost().orElseThrow();
        assertThat(cost.peakMemoryBytes()).isGreaterThan(1 << 20);
        assertThat(cost.finishedAt()).isAfterOrEqualTo(cost.startedAt());
        assertThat(bench.workspace.run("latest"))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*settings.*")
                .isEqualTo(run);
    }

    @Test
    void aSecondRunReusesEverythingAndTellsTheMetricsAgain() {
        RunView first = bench.run(CHAIN);
        RunView second = bench.run(CHAIN);

        assertThat(second.stages()).allMatch(StageView::reused).allMatch(s -> s.status() == Status.PASSED);
        assertThat(bench.count.calls).hasValue(1);
        assertThat(bench.sum.calls).hasValue(1);
        assertThat(bench.seen(Event.StageReused.class)).hasSize(2);
        assertThat(bench.seen(Event.StageStarted.class)).isEmpty();
        assertThat(bench.seen(Event.Measured.class)).hasSize(2);
        assertThat(bench.seen(Event.Warned.class)).hasSize(1);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(bench.output(second, "total", "total.json"))
                .hasSameBinaryContentAs(bench.output(first, "total", "total.json"));
        assertThat(second.drift().orElseThrow().priorRun()).contains(first.id());
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.OK);
    }

    @Test
    void aChangedSettingRunsItsStageAndWhatFollowsFromItButNotWhatComesBefore() {
        bench.run(CHAIN);
        RunView second = bench.run(CHAIN, "total.factor=3");

        assertThat(Bench.stage(second, "numbers").reused()).isTrue();
        assertThat(Bench.stage(second, "total").reused()).isFalse();
        assertThat(bench.output(second, "total", "total.json")).content().contains("165");
    }

    @Test
    void aStageWhoseInputsComeOutTheSameIsReusedThoughAStageBeforeItRan() {
        bench.run(CHAIN);
        RunView second = bench.run(CHAIN, "numbers.share=0.25");

        assertThat(Bench.stage(second, "numbers").reused()).isFalse();
        assertThat(Bench.stage(second, "total").reused()).isTrue();
    }

    @Test
    void seedCodeAndFileContentsAreAllPartOfTheKey() {
        bench.write("in.txt", "one");
        String yaml = "study: files\nseed: 1\nstages:\n  f: { kind: test.files, file: in.txt }\n";
        String first = Bench.stage(bench.run(yaml), "f").key();
        String otherSeed = Bench.stage(bench.run(yaml, "seed=2"), "f").key();
        bench.settings = bench.settings.withCodeVersion("ab".repeat(32));
        String otherCode = Bench.stage(bench.run(yaml), "f").key();
        bench.settings = bench.settings.withCodeVersion(Bench.CODE);
        bench.write("in.txt", "two");
        String otherFile = Bench.stage(bench.run(yaml), "f").key();

        assertThat(List.of(first, otherSeed, otherCode, otherFile)).doesNotHaveDuplicates();
        bench.write("in.txt", "one");
        assertThat(Bench.stage(bench.run(yaml), "f").reused()).isTrue();
    }

    @Test
    void theSameBytesUnderAnotherNameAreAnotherInput() {
        bench.write("in.txt", "same");
        bench.write("in.csv", "same");
        String yaml = "study: files\nseed: 1\nstages:\n  f: { kind: test.files, file: in.txt }\n";
        bench.run(yaml);
        assertThat(Bench.stage(bench.run(yaml), "f").reused()).isTrue();
        assertThat(Bench.stage(bench.run(yaml.replace("in.txt", "in.csv")), "f").reused())
                .isFalse();
    }

    @Test
    void filesAndFoldersAreKeptAndScrapIsNot() throws IOException {
        bench.write("in.txt", "text");
        RunView run = bench.run("study: files\nseed: 1\nstages:\n  f: { kind: test.files, file: in.txt }\n");

        assertThat(bench.output(run, "f", "copy.txt")).hasContent("text");
        assertThat(bench.output(run, "f", "folder/deep/two.txt")).hasContent("two");
        assertThat(bench.output(run, "f", "noise.hex")).isNotEmptyFile();
        assertThat(Bench.stage(run, "f").outputs())
                .extracting(StageView.OutputView::form)
                .containsExactly(StageView.Form.FILE, StageView.Form.FOLDER, StageView.Form.FILE);
        try (Stream<Path> all = Files.walk(bench.workspace.folder())) {
            assertThat(all.map(p -> String.valueOf(p.getFileName()))).doesNotContain("scrap.txt");
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeAnyDigest() {
        bench.write("in.txt", "text");
        String yaml = """
                study: threads
                seed: 3
                stages:
                  a: { kind: test.files, file: in.txt }
                  b: { kind: test.files, file: a.noise }
                  c: { kind: test.files, file: a.copy }
                """;
        bench.threads = 1;
        bench.settings = bench.settings.withParallelStages(1).withFresh(true);
        RunView one = bench.run(yaml);
        bench.threads = 4;
        bench.settings = bench.settings.withParallelStages(4);
        RunView four = bench.run(yaml);

        assertThat(four.stages()).noneMatch(StageView::reused);
        assertThat(four.stages().stream().flatMap(s -> s.outputs().stream()).toList())
                .isEqualTo(
                        one.stages().stream().flatMap(s -> s.outputs().stream()).toList());
        assertThat(four.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.OK);
    }

    @Test
    void aFailureSkipsWhatDependsOnItAndNothingElse() {
        bench.with("test.fail", (in, context) -> {
            throw Fault.of(Fault.Kind.BAD_DATA, "column 'x' is empty");
        });
        RunView run = bench.run("""
                study: broken
                seed: 1
                stages:
                  bad: { kind: test.fail }
                  next: { kind: test.sum, numbers: bad }
                  after: { kind: test.fail, after: { a: good, b: bad } }
                  good: { kind: test.count, up-to: 3 }
                  fine: { kind: test.sum, numbers: good }
                """);

        assertThat(run.status()).isEqualTo(RunView.Status.FAILED);
        assertThat(run.exitCode()).isEqualTo(Fault.Kind.BAD_DATA.exitCode());
        assertThat(Bench.stage(run, "bad").failure().orElseThrow().sentence()).isEqualTo("column 'x' is empty");
        assertThat(Bench.stage(run, "next").status()).isEqualTo(Status.SKIPPED);
        assertThat(Bench.stage(run, "next").note()).isEqualTo("upstream: bad");
        assertThat(Bench.stage(run, "after").note()).isEqualTo("upstream: bad");
        assertThat(Bench.stage(run, "fine").status()).isEqualTo(Status.PASSED);
        Path receipts = bench.workspace.folder(run).resolve("receipts");
        assertThat(receipts.resolve("next.record.json")).content().contains("\"status\":\"skipped\"", "upstream: bad");
        assertThat(receipts.resolve("next.tests.intoto.json")).content().contains("FAILED");
        assertThat(receipts.resolve("summary.json")).content().contains("\"overall_passed\":false");
        assertThat(bench.workspace.folder(run).resolve("outputs/bad")).doesNotExist();
        assertThat(bench.workspace.folder(run).resolve("errors/bad.txt"))
                .content()
                .contains("Fault");
    }

    @Test
    void afterAFailureIsMendedTheRestIsReused() {
        AtomicInteger tries = new AtomicInteger();
        bench.with("test.fail", (in, context) -> {
            if (tries.getAndIncrement() == 0) {
                throw new AssertionError("a defect");
            }
            return new Numbers("mended", List.of(1L));
        });
        String yaml = """
                study: mended
                seed: 1
                stages:
                  good: { kind: test.count, up-to: 3 }
                  bad: { kind: test.fail, after: { a: good } }
                  last: { kind: test.sum, numbers: bad }
                """;
        RunView first = bench.run(yaml);
        assertThat(first.exitCode()).isEqualTo(Fault.Kind.STAGE_FAILED.exitCode());
        assertThat(Bench.stage(first, "bad").failure().orElseThrow().sentence()).contains("AssertionError", "a defect");

        RunView second = bench.run(yaml);
        assertThat(second.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(Bench.stage(second, "good").reused()).isTrue();
        assertThat(bench.count.calls).hasValue(1);
    }

    @Test
    void aFullDiskIsToldAsOne() {
        bench.with("test.fail", (in, context) -> {
            throw new UncheckedIOException(new IOException("No space left on device"));
        });
        RunView run = bench.run("study: full\nseed: 1\nstages:\n  a: { kind: test.fail }\n");

        assertThat(run.exitCode()).isEqualTo(Fault.Kind.STORAGE.exitCode());
        assertThat(Bench.stage(run, "a").failure().orElseThrow().sentence()).startsWith("the disk is full");
    }

    @Test
    void independentStagesRunAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        bench.with("test.meet", (in, context) -> {
            both.countDown();
            boolean met = both.await(20, TimeUnit.SECONDS);
            return new Numbers("met", List.of(met ? 1L : 0L));
        });
        RunView run = bench.run(
                "study: meet\nseed: 1\nstages:\n  a: { kind: test.meet }\n  b: { kind: test.meet, number: 1 }\n");

        assertThat(bench.output(run, "a", "made.json")).content().contains("1");
        assertThat(run.stages()).allMatch(s -> s.cost().orElseThrow().shared());
    }

    @Test
    void noMoreStagesRunAtOnceThanAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        bench.settings = bench.settings.withParallelStages(1);
        bench.with("test.busy", (in, context) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
            return new Numbers("busy", List.of());
        });
        RunView run = bench.run(
                "study: busy\nseed: 1\nstages:\n  a: { kind: test.busy }\n  b: { kind: test.busy }\n  c: { kind: test.busy }\n");

        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(most).hasValue(1);
        assertThat(run.stages()).noneMatch(s -> s.cost().orElseThrow().shared());
    }

    @Test
    void aStoppedRunSaysSoKeepsNothingHalfAndGoesOnNextTime() throws Exception {
        CountDownLatch sleeping = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        bench.with("test.sleep", (in, context) -> {
            Files.writeString(context.folder().resolve("half"), "half");
            if (tries.getAndIncrement() == 0) {
                sleeping.countDown();
                Thread.sleep(60_000);
            }
            return new Numbers("slept", List.of(4L));
        });
        String yaml = """
                study: stopped
                seed: 1
                stages:
                  good: { kind: test.count, up-to: 3 }
                  nap: { kind: test.sleep, after: { a: good } }
                  last: { kind: test.sum, numbers: nap }
                """;
        Plan plan = Plan.of(bench.study(yaml));
        RunView run;
        try (LocalEngine engine = LocalEngine.of(2)) {
            Runner runner = bench.runner(engine);
            Thread stopper = Thread.ofPlatform().start(() -> {
                try {
                    sleeping.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                runner.stop();
            });
            run = runner.run(plan);
            stopper.join();
        }

        assertThat(run.status()).isEqualTo(RunView.Status.INTERRUPTED);
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.stages())
                .extracting(StageView::status)
                .containsExactly(Status.PASSED, Status.INTERRUPTED, Status.WAITING);
        assertThat(bench.workspace.run("latest").status()).isEqualTo(RunView.Status.INTERRUPTED);
        try (Stream<Path> left = Files.walk(bench.workspace.folder())) {
            assertThat(left.map(p -> String.valueOf(p.getFileName()))).doesNotContain("half");
        }

        RunView second = bench.run(yaml);
        assertThat(second.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(Bench.stage(second, "good").reused()).isTrue();
        assertThat(second.drift().orElseThrow().priorRun()).isEmpty();
    }

    @Test
    void anInterruptOfTheCallingThreadStopsTheRunAndIsPassedOn() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        bench.with("test.work", (in, context) -> {
            working.countDown();
            context.engine().map(100_000, p -> {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return p;
            });
            return new Numbers("worked", List.of());
        });
        Plan plan = Plan.of(bench.study("study: work\nseed: 1\nstages:\n  a: { kind: test.work }\n"));
        RunView[] run = new RunView[1];
        boolean[] flag = new boolean[1];
        try (LocalEngine engine = LocalEngine.of(2)) {
            Runner runner = bench.runner(engine);
            Thread caller = Thread.ofPlatform().start(() -> {
                run[0] = runner.run(plan);
                flag[0] = Thread.currentThread().isInterrupted();
            });
            working.await();
            caller.interrupt();
            caller.join(30_000);
        }

        assertThat(run[0].status()).isEqualTo(RunView.Status.INTERRUPTED);
        assertThat(flag[0]).isTrue();
        assertThat(bench.seen(Event.StageInterrupted.class)).hasSize(1);
        assertThat(bench.seen(Event.RunFinished.class)).hasSize(1);
    }

    @Test
    void twoRunnersOfOneWorkspaceDoEachStageOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        bench.with("test.slow", (in, context) -> {
            calls.incrementAndGet();
            Thread.sleep(100);
            return new Numbers("slow", List.of());
        });
        StudyFile study = bench.study(
                "study: two\nseed: 1\nstages:\n  a: { kind: test.slow }\n  b: { kind: test.slow, after: { x: a } }\n");
        RunView[] runs = new RunView[3];
        Thread[] threads = new Thread[runs.length];
        try (LocalEngine engine = LocalEngine.of(2)) {
            for (int i = 0; i < runs.length; i++) {
                int at = i;
                Runner runner =
                        Runner.of(bench.workspace, engine, Clock.systemUTC(), bench.settings, EventListener.none());
                threads[i] = Thread.ofPlatform().start(() -> runs[at] = runner.run(Plan.of(study)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(calls).hasValue(2);
        assertThat(runs).allMatch(r -> r.status() == RunView.Status.PASSED);
        assertThat(bench.workspace.runs())
                .extracting(RunView::id)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void progressIsThrottledButItsEndIsTold() {
        bench.with("test.bar", (in, context) -> {
            var bar = context.progress("fitting");
            for (int i = 0; i <= 10_000; i++) {
                bar.at(i, 10_000);
            }
            return new Numbers("bar", List.of());
        });
        bench.run("study: bar\nseed: 1\nstages:\n  a: { kind: test.bar }\n");

        List<Event.Progress> seen = bench.seen(Event.Progress.class);
        assertThat(seen).hasSizeBetween(2, 20);
        assertThat(seen.getLast().done()).isEqualTo(10_000);
    }

    @Test
    void aWorkspaceThatCannotBeWrittenIsAStorageFault() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        StudyFile study = bench.study(CHAIN);
        try (LocalEngine engine = LocalEngine.of(1)) {
            Runner runner = Runner.of(
                    Workspace.at(file.resolve("ws")), engine, Clock.systemUTC(), bench.settings, EventListener.none());
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    Fault.class, () -> runner.run(Plan.of(study)))
                            .kind())
                    .isEqualTo(Fault.Kind.STORAGE);
        }
    }

    @Test
    void anInputThatChangesWhileTheStageRunsFailsIt() {
        bench.write("in.json", "{\"label\": \"a\", \"values\": [1]}");
        bench.with("test.meddle", (in, context) -> {
            bench.write("in.json", "{\"label\": \"a\", \"values\": [1, 2]}");
            return new Numbers("meddled", List.of());
        });
        RunView run = bench.run("study: meddle\nseed: 1\nstages:\n  a: { kind: test.meddle, after: { x: in.json } }\n");

        assertThat(run.exitCode()).isEqualTo(Fault.Kind.BAD_DATA.exitCode());
        assertThat(Bench.stage(run, "a").failure().orElseThrow().sentence()).contains("in.json", "was changed");
    }

    @Test
    void aStagesSeedIsTheStudysSeedAndItsName() {
        List<Seed> seeds = new ArrayList<>();
        bench.settings = bench.settings.withParallelStages(1);
        bench.with("test.seed", (in, context) -> {
            seeds.add(context.seed());
            return new Numbers("seed", List.of());
        });
        bench.run("study: seeds\nseed: 42\nstages:\n  a: { kind: test.seed }\n  b: { kind: test.seed }\n");
        assertThat(seeds).containsExactly(Seed.of(42).child("a"), Seed.of(42).child("b"));
    }

    @Test
    void theLastStatementCoversEveryFileThePageIncluded() throws IOException {
        RunView run;
        try (LocalEngine engine = LocalEngine.of(1)) {
            run = bench.runner(engine)
                    .withPage((done, home) -> {
                        assertThat(done.status()).isEqualTo(RunView.Status.PASSED);
                        write(home.resolve("page.html"), "all is well");
                    })
                    .run(Plan.of(bench.study(CHAIN)));
        }
        Path home = bench.workspace.folder(run);
        Verification verification = ReceiptVerifier.verify(home);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.run().orElseThrow().run()).isEqualTo(run.id());
        for (String name : List.of("page.html", "run.json", "events.jsonl", "study.yaml")) {
            byte[] whole = Files.readAllBytes(home.resolve(name));
            write(home.resolve(name), "all is better");
            assertThat(ReceiptVerifier.verify(home).problems())
                    .as(name)
                    .extracting(Verification.Finding::name)
                    .containsExactly(name);
            Files.write(home.resolve(name), whole);
        }
        assertThat(ReceiptVerifier.verify(home).problems()).isEmpty();
    }

    @Test
    void aPageThatFailsLeavesARunWithItsLastStatement() {
        try (LocalEngine engine = LocalEngine.of(1)) {
            Runner runner = bench.runner(engine).withPage((done, home) -> {
                throw new IllegalStateException("no ink");
            });
            Plan plan = Plan.of(bench.study(CHAIN));
            assertThatThrownBy(() -> runner.run(plan)).hasMessage("no ink");
        }
        Path home = bench.workspace.folder(bench.workspace.run("latest"));
        assertThat(ReceiptVerifier.verify(home).problems()).isEmpty();
    }

    @Test
    void aFailedRunHasALastStatementWithTheOutcomeOfEveryStage() {
        bench.with("test.fail", (in, context) -> {
            throw new IllegalStateException("broken");
        });
        RunView run = bench.run("""
                study: f
                seed: 1
                stages:
                  a: { kind: test.fail }
                  b: { kind: test.sum, numbers: a }
                  c: { kind: test.count, up-to: 3 }
                """);
        Verification verification = ReceiptVerifier.verify(bench.workspace.folder(run));
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.run().orElseThrow().stages())
                .extracting(s -> s.name() + " " + s.status())
                .containsExactly("a FAILED", "b SKIPPED", "c PASSED");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
