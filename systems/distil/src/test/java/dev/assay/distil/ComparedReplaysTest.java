package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.distil.internal.replay.ReplayRecords;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.study.Plan;
import dev.assay.study.RunSettings;
import dev.assay.study.RunView;
import dev.assay.study.Runner;
import dev.assay.study.StageRegistry;
import dev.assay.study.StageView;
import dev.assay.study.StudyFile;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A comparison says in what else than retrieval two replays differ, and of which tasks its references are.
class ComparedReplaysTest {
    private static final String TASKS = """
            {"task_id":"q1","task":"Rename the printer queue in the office settings","reference":"rename"}
            {"task_id":"q2","task":"Reset the router in the cellar","reference":"reset button"}
            {"task_id":"q3","task":"Prove the four colour theorem"}
            """;

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private RunView replayed(String with, String without, String compare) throws IOException {
        write(
                "rag.jsonl",
                "{\"schema_version\":1,\"id\":\"aa\",\"title\":\"Rename a printer queue\",\"content\":\"Open the office "
                        + "settings, rename the queue.\",\"success_score\":\"accepted\",\"source_run_id\":\"r\"}\n");
        write("tasks.jsonl", TASKS);
        String yaml = """
                study: compared
                seed: 1
                stages:
                  index: { kind: distil.index, rag: rag.jsonl }
                  with: { kind: distil.replay, tasks: tasks.jsonl, index: index, answering: extractive, recorded-at: "2026-01-31T00:00:00Z"%s }
                  without: { kind: distil.replay, tasks: tasks.jsonl, answering: extractive, recorded-at: "2026-01-31T00:00:00Z"%s }
                  ab: { kind: distil.ab, %s }
                """.formatted(with, without, compare);
        StudyFile study = StudyFile.parse(write("study.yaml", yaml), List.of(), StageRegistry.installed());
        try (Engine own = LocalEngine.of(2)) {
            return Runner.of(
                            Workspace.at(folder.resolve("work")),
                            own,
                            Clock.systemUTC(),
                            RunSettings.DEFAULT.withCodeVersion("c0de".repeat(16)),
                            event -> {})
                    .run(Plan.of(study));
        }
    }

    private static StageView compared(RunView run) {
        return run.stages().stream()
                .filter(s -> s.name().equals("ab"))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Listing> differing(StageView ab) {
        return ab.listings().stream()
                .filter(l -> l.title().equals("Settings that differ"))
                .findFirst();
    }

    @Test
    void settingsThatAreNotOfRetrievalAreWarnedOf() throws IOException {
        StageView ab = compared(replayed(
                ", k: 3",
                ", arm: no-retrieval, gate: { least-length: 0, matching: 'a+' }, sentences: 2",
                "treatment: with, baseline: without"));
        assertThat(ab.failure()).isEmpty();
        assertThat(ab.warnings())
                .contains(
                        "Treatment and baseline were not asked and judged alike, the difference is not that of retrieval "
                                + "alone: sentences 5 and 2; gate.least-length 80 and 0; gate.form any and matching a+.");
        assertThat(differing(ab).orElseThrow().rows())
                .extracting(row -> row.subList(0, 2))
                .containsExactly(
                        List.of("arm", "retrieval"),
                        List.of("index", "retrieval"),
                        List.of("ranking", "retrieval"),
                        List.of("k", "retrieval"),
                        List.of("floor", "retrieval"),
                        List.of("own-runs", "retrieval"),
                        List.of("sentences", "asking"),
                        List.of("gate.least-length", "judging"),
                        List.of("gate.form", "judging"));
        assertThat(differing(ab).orElseThrow().rows())
                .contains(List.of("k", "retrieval", "3", "not set"))
                .contains(List.of("arm", "retrieval", "retrieval", "no-retrieval"));
    }

    @Test
    void settingsOfRetrievalAreToldAndNotWarnedOf() throws IOException {
        StageView ab = compared(replayed(", k: 3", ", index: index, floor: 0.5", "treatment: with, baseline: without"));
        assertThat(ab.warnings()).noneMatch(w -> w.contains("alike") || w.contains("no record"));
        assertThat(differing(ab).orElseThrow().rows())
                .containsExactly(List.of("k", "retrieval", "3", "8"), List.of("floor", "retrieval", "0.25", "0.5"));
        StageView same = compared(replayed("", ", index: index, in-flight: 2", "treatment: with, baseline: without"));
        assertThat(differing(same)).isEmpty();
        assertThat(same.counts()).containsEntry("settings.different", 0L);
    }

    @Test
    void recordsComeWithFilesAndMustBeOfTheirRuns() throws IOException {
        RunView run = replayed("", ", arm: no-retrieval", "treatment: with, baseline: without");
        Path outputs = Workspace.at(folder.resolve("work")).folder(run).resolve("outputs");
        for (String side : List.of("with", "without")) {
            Files.createDirectory(folder.resolve(side));
            Files.copy(outputs.resolve(side + "/runs.jsonl"), folder.resolve(side + "/runs.jsonl"));
            Files.copy(outputs.resolve(side + "/replay.json"), folder.resolve(side + "/replay.json"));
        }
        String files = "treatment: with/runs.jsonl, baseline: without/runs.jsonl";
        StageView both = compared(replayed("", ", arm: no-retrieval", files));
        assertThat(both.failure()).isEmpty();
        assertThat(differing(both)).isPresent();
        assertThat(both.warnings()).noneMatch(w -> w.contains("no record"));

        Path record = folder.resolve("without/replay.json");
        Files.copy(folder.resolve("with/replay.json"), record, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(compared(replayed("", ", arm: no-retrieval", files))
                        .failure()
                        .orElseThrow()
                        .sentence())
                .contains("baseline", "the record beside these runs is of other runs");

        Files.delete(record);
        StageView one = compared(replayed("", ", arm: no-retrieval", files));
        assertThat(one.failure()).isEmpty();
        assertThat(one.warnings())
                .contains(
                        "There is no record of the baseline (replay.json beside its runs): whether both replays asked and "
                                + "judged alike is not known.");
    }

    @Test
    void aRecordHoldsWhatWasAskedAndNoKey() {
        EndPoint first = EndPoint.of("http://localhost:1/v1", "small").withKeyVariable("ASSAY_KEY_OURS");
        EndPoint second = EndPoint.of("http://localhost:2/v1", "large").withKeyVariable("ASSAY_KEY_THEIRS");
        ReplaySettings settings = ReplaySettings.of(new Responder.Chat(first, 7, 99, true), "2026-01-31T00:00:00Z");
        ReplayRecord plain = ReplayRecords.of(settings, Optional.empty(), "bm25", List.of());
        assertThat(plain.settings())
                .extracting(entry -> entry.name() + " " + entry.value())
                .contains(
                        "arm no-retrieval",
                        "model small",
                        "base-url http://localhost:1/v1",
                        "model-seed 7",
                        "max-tokens 99",
                        "temperature 0",
                        "gate.least-grounded 0.8",
                        "gate.finished true")
                .noneMatch(each -> each.startsWith("escalation") || each.startsWith("k "));
        // Changes whenever the wording or the layout of prompts does, and must then be changed here.
        assertThat(plain.setting("prompt").orElseThrow().value()).isEqualTo("477a23cdf6a5");
        ReplayRecord chain =
                ReplayRecords.of(settings.escalatingTo(Responder.Chat.of(second)), Optional.empty(), "bm25", List.of());
        assertThat(chain.setting("escalation.model").orElseThrow().value()).isEqualTo("large");
        assertThat(chain.toString()).doesNotContain("ASSAY_KEY");
        // A second model that may not be asked decides nothing.
        assertThat(ReplayRecords.of(
                                settings.escalatingTo(Responder.Chat.of(second)).onlyLocal(),
                                Optional.empty(),
                                "bm25",
                                List.of())
                        .settings())
                .isEqualTo(plain.settings());
    }

    private InMemoryContext compare(String tasks) throws IOException {
        RunView run = replayed("", ", arm: no-retrieval", "treatment: with, baseline: without");
        Path outputs = Workspace.at(folder.resolve("work")).folder(run).resolve("outputs");
        InMemoryContext context = InMemoryContext.of(Seed.of(1), engine, Files.createTempDirectory(folder, "home"));
        new AbStage()
                .run(
                        new AbStage.Settings(
                                outputs.resolve("with/runs.jsonl"),
                                outputs.resolve("without/runs.jsonl"),
                                Optional.of(write("others.jsonl", tasks)),
                                Optional.empty(),
                                Optional.empty(),
                                AnswerMatch.CONTAINS),
                        context);
        return context;
    }

    @Test
    void referencesOfOtherTasksAreRefused() throws IOException {
        // Ids are the numbers of rows in both files, and one task was put in between.
        String moved = TASKS.replace("Reset the router in the cellar", "Reset the modem in the attic");
        assertThatThrownBy(() -> compare(moved))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                .hasMessageContaining("'q2'")
                .hasMessageContaining("is not the one that was replayed");
        assertThatThrownBy(() -> compare(TASKS.replace("\"q", "\"other-")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no task here has the id of a run");
    }

    @Test
    void tasksWithoutRunsAndRunsWithoutReferencesAreCountedAndTold() throws IOException {
        InMemoryContext said = compare(TASKS.lines().skip(1).collect(Collectors.joining("\n", "", "\n"))
                + "{\"task_id\":\"q9\",\"task\":\"Never asked\",\"reference\":\"x\"}\n");
        assertThat(said.counts())
                .containsEntry("references.runs-without", 2L)
                .containsEntry("references.tasks-without-run", 1L);
        assertThat(said.warnings())
                .contains(
                        "2 of 3 tasks replayed have no reference: right answers are counted among the others.",
                        "1 of the tasks given were not replayed.");
        assertThat(said.listing("Paired comparison").rows())
                .anySatisfy(row -> assertThat(row.subList(0, 3)).containsExactly("right answer", 1, 1));
        // White space at the ends of lines is no other task.
        assertThat(compare(TASKS.replace("cellar\"", "cellar  \\r\\n\"")).counts())
                .containsEntry("references.runs-without", 1L);
    }
}
