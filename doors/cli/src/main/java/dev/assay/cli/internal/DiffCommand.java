package dev.assay.cli.internal;

import dev.assay.study.Metric;
import dev.assay.study.RunDiff;
import dev.assay.study.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay diff A B`.
@Command(
        mixinStandardHelpOptions = true,
        description = "Set two runs side by side: settings, digests, metrics with intervals.")
final class DiffCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "A",
            description =
                    "A run: id, beginning of an id, latest, latest~1 (before it, of the same study), latest:STUDY.")
    private String a = "latest~1";

    @Parameters(
            index = "1",
            paramLabel = "B",
            arity = "0..1",
            defaultValue = "latest",
            description = "Another run (default: latest).")
    private String b = "latest";

    @Option(names = "--all", description = "Show what is the same, too.")
    private boolean all;

    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        Workspace workspace = option.workspace();
        RunDiff diff = RunDiff.of(workspace.run(a), workspace.run(b));
        Console.say("a " + diff.a().id() + "  " + diff.a().study());
        Console.say("b " + diff.b().id() + "  " + diff.b().study());
        if (!diff.a().study().equals(diff.b().study())) {
            Console.note("these are runs of two studies; latest:STUDY names the runs of one.");
        }
        changes("run", diff.run());
        int same = 0;
        for (RunDiff.StageDiff stage : diff.stages()) {
            if (stage.same() && !all) {
                same++;
                continue;
            }
            Console.say("");
            Console.say("stage " + stage.name()
                    + (stage.a().isEmpty() ? " (only in b)" : stage.b().isEmpty() ? " (only in a)" : ""));
            changes("setting", stage.settings());
            changes("input", stage.inputs());
            changes("output", stage.outputs());
            metrics(stage);
        }
        if (same > 0) {
            Console.say("");
            Console.say(same + (same == 1 ? " stage is" : " stages are") + " the same; --all shows them.");
        }
        changes("claim", diff.claims());
        return 0;
    }

    private static void changes(String what, List<RunDiff.Change> changes) {
        for (RunDiff.Change change : changes) {
            Console.say(
                    "  " + what + " " + change.what() + ": " + shortened(change.a()) + " -> " + shortened(change.b()));
        }
    }

    private void metrics(RunDiff.StageDiff stage) {
        List<List<String>> rows = new ArrayList<>();
        for (RunDiff.MetricDiff metric : stage.metrics()) {
            if (metric.a().equals(metric.b()) && !all) {
                continue;
            }
            rows.add(List.of(
                    "  " + metric.name(),
                    metric.a().map(StudyRun::shown).orElse("-"),
                    metric.b().map(StudyRun::shown).orElse("-"),
                    metric.difference().map(People::number).orElse(""),
                    metric.apart() ? "intervals apart" : overlap(metric)));
        }
        if (!rows.isEmpty()) {
            Console.say(People.table(List.of("  metric", "a", "b", "b - a", ""), rows));
        }
    }

    private static String overlap(RunDiff.MetricDiff metric) {
        boolean intervals = metric.a().flatMap(Metric::low).isPresent()
                && metric.b().flatMap(Metric::low).isPresent();
        return intervals ? "intervals overlap" : "";
    }

    private static String shortened(String value) {
        if (value.isEmpty()) {
            return "(none)";
        }
        return value.matches("[0-9a-f]{64}") ? value.substring(0, 12) : value;
    }
}
