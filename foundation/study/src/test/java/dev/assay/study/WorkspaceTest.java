package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final String CHAIN = """
            study: chain
            seed: 7
            stages:
              numbers: { kind: test.count, up-to: 10 }
              total: { kind: test.sum, numbers: numbers, factor: 2 }
              other: { kind: test.count, up-to: 3 }
            claims:
              - { id: ten, says: ".", at: numbers.last, above: 9 }
            """;

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
    }

    private List<Forecast> forecast(String... overrides) {
        try (LocalEngine engine = LocalEngine.of(1)) {
            return bench.runner(engine).forecast(Plan.of(bench.study(CHAIN, overrides)));
        }
    }

    @Test
    void runsAreFoundByTheirIdItsBeginningAndTheirAge() {
        RunView first = bench.run(CHAIN);
        RunView second = bench.run(CHAIN);
        Workspace workspace = bench.workspace;

        assertThat(workspace.runs()).extracting(RunView::id).containsExactly(second.id(), first.id());
        assertThat(workspace.run("latest").id()).isEqualTo(second.id());
        assertThat(workspace.run("latest~1").id()).isEqualTo(first.id());
        assertThat(workspace.run(first.id()).id()).isEqualTo(first.id());
        Fault unknown = catchThrowableOfType(Fault.class, () -> workspace.run("nothing"));
        assertThat(unknown.kind()).isEqualTo(Fault.Kind.USAGE);
        assertThat(unknown.getMessage()).contains(first.id(), second.id());
        assertThat(catchThrowableOfType(Fault.class, () -> workspace.run("2")).getMessage())
                .contains("fits 2 runs");
        assertThat(catchThrowableOfType(Fault.class, () -> workspace.run("latest~2"))
                        .kind())
                .isEqualTo(Fault.Kind.USAGE);
        assertThat(catchThrowableOfType(
                                Fault.class,
                                () -> Workspace.at(folder.resolve("no")).run("latest"))
                        .getMessage())
                .contains("no study has been run");
    }

    @Test
    void theLatestRunIsThatOfAStudy() {
        RunView first = bench.run(CHAIN);
        RunView other = bench.run(CHAIN.replace("study: chain", "study: other"));
        RunView second = bench.run(CHAIN);
        Workspace workspace = bench.workspace;
        assertThat(workspace.run("latest").id()).isEqualTo(second.id());
        assertThat(workspace.run("latest~1").id()).isEqualTo(first.id());
        assertThat(workspace.run("latest:other").id()).isEqualTo(other.id());
        assertThat(workspace.run("latest:chain~1").id()).isEqualTo(first.id());
        assertThat(catchThrowableOfType(Fault.class, () -> workspace.run("latest:other~1"))
                        .getMessage())
                .contains("the study 'other' has 1 run")
                .contains(other.id() + " of other")
                .doesNotContain(first.id() + " of");
        assertThat(catchThrowableOfType(Fault.class, () -> workspace.run("latest:none"))
                        .getMessage())
                .contains("the study 'none' has 0 runs", second.id() + " of chain", other.id() + " of other");
    }

    @Test
    void aRunWhoseLockCannotBeLookedAtMayStillRun() throws Exception {
        RunView run = bench.run(CHAIN);
        Path json = bench.workspace.folder(run).resolve("run.json");
        Files.writeString(
                json, Files.readString(json).replaceAll("\"status\"\\s*:\\s*\"PASSED\"", "\"status\":\"RUNNING\""));
        assertThat(bench.workspace.run(run.id()).status()).isEqualTo(RunView.Status.INTERRUPTED);
        Path lock = bench.workspace.folder(run).resolve(".lock");
        assertThat(lock).exists();
        Path work =
                Files.createDirectories(bench.workspace.folder().resolve("tmp").resolve(run.id()));
        // A lock with a further name is not opened.
        Path further = Files.createLink(folder.resolve("further"), lock);
        assertThat(bench.workspace.run(run.id()).status()).isEqualTo(RunView.Status.RUNNING);
        bench.run(CHAIN);
        assertThat(work).exists();
        Files.delete(further);
        bench.run(CHAIN);
        assertThat(work).doesNotExist();
    }

    @Test
    void aForecastSaysWhatWouldRunAndWhyAndWritesNothing() {
        assertThat(forecast())
                .extracting(Forecast::action)
                .containsExactly(Forecast.Action.RUN, Forecast.Action.RUN_UNLESS_UNCHANGED, Forecast.Action.RUN);
        assertThat(forecast().getFirst().reason()).isEqualTo("it has not run yet");
        assertThat(bench.workspace.folder()).doesNotExist();

        bench.run(CHAIN);
        assertThat(forecast()).extracting(Forecast::action).containsOnly(Forecast.Action.REUSE);
        List<Forecast> changed = forecast("numbers.up-to=11", "other.share=0.25");
        assertThat(changed)
                .extracting(Forecast::reason)
                .containsExactly("up-to 10 -> 11", "numbers will run", "share 0.5 -> 0.25");
        assertThat(forecast("seed=8").getFirst().reason()).isEqualTo("seed 7 -> 8");
        bench.settings = bench.settings.withCodeVersion("ab".repeat(32));
        assertThat(forecast().getFirst().reason()).isEqualTo("the program has changed");
        bench.settings = bench.settings.withFresh(true);
        assertThat(forecast()).extracting(Forecast::action).containsOnly(Forecast.Action.RUN);
    }

    @Test
    void aForecastSaysWhichFileChangedAndWhatFailedLastTime() {
        bench.write("n.json", "{\"label\": \"a\", \"values\": [1]}");
        bench.with("test.fail", (in, context) -> {
            throw new IllegalStateException("broken");
        });
        String yaml =
                "study: f\nseed: 1\nstages:\n  a: { kind: test.sum, numbers: n.json }\n  b: { kind: test.fail }\n";
        bench.run(yaml);
        bench.write("n.json", "{\"label\": \"a\", \"values\": [2]}");
        try (LocalEngine engine = LocalEngine.of(1)) {
            assertThat(bench.runner(engine).forecast(Plan.of(bench.study(yaml))))
                    .extracting(Forecast::reason)
                    .containsExactly("input numbers has changed", "it failed last time");
        }
    }

    @Test
    void aDiffSaysWhatDiffersAndNothingElse() {
        RunView first = bench.run(CHAIN);
        RunView second = bench.run(CHAIN, "numbers.up-to=9", "seed=8");
        RunDiff diff = RunDiff.of(bench.workspace.run(first.id()), second);

        assertThat(diff.run()).containsExactly(new RunDiff.Change("seed", "7", "8"));
        assertThat(diff.claims()).containsExactly(new RunDiff.Change("ten", "HOLDS", "CONTRADICTED"));
        RunDiff.StageDiff numbers = diff.stages().getFirst();
        assertThat(numbers.settings()).containsExactly(new RunDiff.Change("up-to", "10", "9"));
        assertThat(numbers.outputs()).extracting(RunDiff.Change::what).containsExactly("numbers", "last");
        assertThat(numbers.metrics().getFirst().difference()).contains(-1.0);
        assertThat(numbers.metrics().getLast().apart()).isFalse();
        assertThat(diff.stages().get(1).inputs())
                .extracting(RunDiff.Change::what)
                .containsExactly("numbers");
        assertThat(diff.stages().get(2).same()).isTrue();
        assertThat(RunDiff.of(second, bench.workspace.run("latest")).stages()).allMatch(RunDiff.StageDiff::same);
    }

    @Test
    void figuresListingsAndGapsSurviveOnDisk() {
        bench.with("test.show", (in, context) -> {
            context.figure(new Figure.Lines(
                    "t",
                    "",
                    "x",
                    "y",
                    false,
                    List.of(1.0, 2.0),
                    List.of(new Figure.Series("s", List.of(0.5, Double.NaN)))));
            context.table(new Listing("l", "", List.of("a", "b"), List.of(List.of("x", 1.5))));
            context.count("quarantine.bad date", 3);
            context.count("quarantine.bad date", 2);
            return new Numbers("shown", List.of());
        });
        RunView run = bench.run("study: show\nseed: 1\nstages:\n  a: { kind: test.show }\n");
        StageView read = Bench.stage(bench.workspace.run("latest"), "a");

        assertThat(read.figures()).isEqualTo(Bench.stage(run, "a").figures());
        assertThat(read.listings()).isEqualTo(Bench.stage(run, "a").listings());
        assertThat(read.counts()).containsEntry("quarantine.bad date", 5L);
        assertThat(bench.workspace.folder(run).resolve("receipts/a.record.json"))
                .content()
                .contains("\"by_reason\":{\"quarantine.bad date\":5}");
    }

    @Test
    void runsThatCannotBeReadAreListedWithTheirReason() throws IOException {
        RunView whole = bench.run(CHAIN);
        RunView later = bench.run(CHAIN);
        RunView cut = bench.run(CHAIN);
        RunView swapped = bench.run(CHAIN);
        Path runs = bench.workspace.folder().resolve("runs");
        Path json = runs.resolve(later.id()).resolve("run.json");
        Files.writeString(json, Files.readString(json).replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 99"));
        Path half = runs.resolve(cut.id()).resolve("run.json");
        Files.writeString(half, Files.readString(half).substring(0, 200));
        Files.copy(
                runs.resolve(whole.id()).resolve("run.json"),
                runs.resolve(swapped.id()).resolve("run.json"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(runs.resolve("empty"));
        Files.createDirectories(runs.resolve("odd/run.json"));
        Files.writeString(runs.resolve("a.pem"), "no run");

        Workspace workspace = bench.workspace;
        assertThat(workspace.runs()).extracting(RunView::id).containsExactly(whole.id());
        assertThat(workspace.unreadable())
                .extracting(UnreadableRun::id)
                .containsExactlyInAnyOrder(later.id(), cut.id(), swapped.id(), "empty", "odd");
        assertThat(reason(later.id())).contains("version 99", "a later program wrote it");
        assertThat(reason(cut.id())).contains("damaged at line");
        assertThat(reason(swapped.id())).contains("that of another run");
        assertThat(reason("empty")).contains("has no run.json");
        assertThat(reason("odd")).contains("cannot be read");
        assertThat(workspace.run("latest").id()).isEqualTo(whole.id());
        Fault fault = catchThrowableOfType(Fault.class, () -> workspace.run(later.id()));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        assertThat(fault.getMessage()).contains("version 99");
    }

    private String reason(String id) {
        return bench.workspace.unreadable().stream()
                .filter(u -> u.id().equals(id))
                .findFirst()
                .orElseThrow()
                .reason();
    }
}
