package dev.assay.study;

import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.study.fake.CountStage;
import dev.assay.study.fake.FilesStage;
import dev.assay.study.fake.FreeStage;
import dev.assay.study.fake.SumStage;
import dev.assay.study.fake.TableStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder with a study, a workspace, fake stages and what they said.
final class Bench {
    static final String CODE = "c0de".repeat(16);

    final Path folder;
    final Workspace workspace;
    final CountStage count = new CountStage();
    final SumStage sum = new SumStage();
    final List<Stage<?, ?>> stages = new ArrayList<>(List.of(count, sum, new FilesStage(), new TableStage()));
    final List<Event> events = new ArrayList<>();
    RunSettings settings = RunSettings.DEFAULT.withCodeVersion(CODE).withParallelStages(4);
    int threads = 2;

    Bench(Path folder) {
        this.folder = folder;
        this.workspace = Workspace.at(folder.resolve("ws"));
    }

    Bench with(String kind, FreeStage.Work work) {
        return with(kind, work, Optional.empty());
    }

    /// @param outside what the stage depends on besides its input
    Bench with(String kind, FreeStage.Work work, Optional<String> outside) {
        stages.removeIf(s -> s.kind().equals(kind));
        stages.add(new FreeStage(kind, work, outside));
        return this;
    }

    /// Another process that works in a folder, for the same user.
    static Process process(Class<?> main, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dassay.state=" + System.getProperty("assay.state"),
                        "-cp",
                        ManagementFactory.getRuntimeMXBean().getClassPath(),
                        main.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile())
                .start();
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StageRegistry registry() {
        return StageRegistry.of(stages);
    }

    StudyFile study(String yaml, String... overrides) {
        return StudyFile.parse(write("study.yaml", yaml), List.of(overrides), registry());
    }

    RunView run(String yaml, String... overrides) {
        return run(study(yaml, overrides));
    }

    RunView run(StudyFile study) {
        try (Engine engine = LocalEngine.of(threads)) {
            return runner(engine).run(Plan.of(study));
        }
    }

    Runner runner(Engine engine) {
        events.clear();
        return Runner.of(workspace, engine, Clock.systemUTC(), settings, events::add);
    }

    <T extends Event> List<T> seen(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Path output(RunView run, String stage, String file) {
        return workspace.folder(run).resolve("outputs").resolve(stage).resolve(file);
    }

    static StageView stage(RunView run, String name) {
        return run.stage(name).orElseThrow();
    }
}
