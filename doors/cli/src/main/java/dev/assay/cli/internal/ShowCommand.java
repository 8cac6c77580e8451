package dev.assay.cli.internal;

import dev.assay.study.Metric;
import dev.assay.study.RunView;
import dev.assay.study.StageView;
import dev.assay.study.Workspace;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `assay show RUN`.
@Command(mixinStandardHelpOptions = true, description = "Show a run: stages, metrics, claims, drift, files.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            defaultValue = "latest",
            description =
                    "A run's id or the beginning of it, latest, latest~1 for the one before of the same study, or latest:STUDY (default: latest).")
    private String id = "latest";

    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        Workspace workspace = option.workspace();
        RunView run = workspace.run(id);
        Console.say(run.title());
        Console.say("run " + run.id() + ", study " + run.study() + ", seed " + run.seed() + ", "
                + run.status().name().toLowerCase(Locale.ROOT) + ", started "
                + run.startedAt().truncatedTo(ChronoUnit.SECONDS));
        Console.say("");
        List<List<String>> stages = new ArrayList<>();
        for (StageView stage : run.stages()) {
            stages.add(List.of(
                    stage.name(),
                    stage.kind(),
                    stage.reused() ? "reused" : stage.status().name().toLowerCase(Locale.ROOT),
                    stage.cost()
                            .map(c -> People.seconds(c.wallMillis() / 1000.0))
                            .orElse(""),
                    stage.cost().map(c -> People.bytes(c.peakMemoryBytes())).orElse(""),
                    stage.failure().map(StageView.Failure::sentence).orElse(stage.note())));
        }
        Console.say(People.table(List.of("stage", "kind", "status", "took", "peak memory", ""), stages));
        for (StageView stage : run.stages()) {
            RunReport.notes(stage).forEach(note -> Console.say("stage " + stage.name() + ": " + note));
        }
        List<List<String>> metrics = new ArrayList<>();
        for (StageView stage : run.stages()) {
            for (Metric metric : stage.metrics()) {
                metrics.add(List.of(
                        stage.name() + "." + metric.name(),
                        StudyRun.shown(metric),
                        metric.unit(),
                        metric.units().isEmpty()
                                ? missing(metric)
                                : "over " + metric.n() + " " + metric.units() + (metric.n() == 1 ? "" : "s")));
            }
        }
        if (!metrics.isEmpty()) {
            Console.say("");
            Console.say(People.table(List.of("metric", "value", "unit", ""), metrics));
        }
        run.claims()
                .forEach(c -> Console.say("claim " + c.claim().id() + ": "
                        + c.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        run.drift().ifPresent(drift -> {
            Console.say("");
            Console.say("drift: " + drift.severity().name().toLowerCase(Locale.ROOT)
                    + drift.priorRun().map(p -> " against " + p).orElse(", nothing to compare with"));
            drift.priorRun()
                    .ifPresent(prior -> drift.flags()
                            .forEach(f -> Console.say("  " + f.check() + " " + f.subject() + ": " + f.text())));
        });
        Console.say("");
        Console.say("folder " + workspace.folder(run));
        return 0;
    }

    /// Why there is no value or no interval, where that says something about the number.
    private static String missing(Metric metric) {
        return metric.value().isPresent()
                        && metric.reason().equals(Metric.exact("", 0, 0).reason())
                ? ""
                : metric.reason();
    }
}
