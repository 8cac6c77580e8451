package dev.assay.cli.internal;

import dev.assay.study.Claim;
import dev.assay.study.RunView;
import dev.assay.study.StageView;
import dev.assay.study.UnreadableRun;
import dev.assay.study.Workspace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `assay runs`.
@Command(mixinStandardHelpOptions = true, description = "List the runs of a workspace, newest first.")
final class RunsCommand implements Callable<Integer> {
    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        Workspace workspace = option.workspace();
        List<RunView> runs = workspace.runs();
        List<UnreadableRun> unreadable = workspace.unreadable();
        if (runs.isEmpty() && unreadable.isEmpty()) {
            Console.note("no study has been run in " + workspace.folder());
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        for (RunView run : runs) {
            long passed = run.stages().stream()
                    .filter(s -> s.status() == StageView.Status.PASSED)
                    .count();
            long reused = run.stages().stream().filter(StageView::reused).count();
            Instant end = run.finishedAt().orElse(run.startedAt());
            rows.add(List.of(
                    run.id(),
                    run.study(),
                    run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    run.status().name().toLowerCase(Locale.ROOT),
                    passed + "/" + run.stages().size() + (reused > 0 ? " (" + reused + " reused)" : ""),
                    People.seconds(RunReport.seconds(run.startedAt(), end)),
                    claims(run)));
        }
        if (!rows.isEmpty()) {
            Console.say(People.table(List.of("run", "study", "started", "status", "stages", "took", "claims"), rows));
        }
        if (!unreadable.isEmpty()) {
            Console.say(
                    unreadable.size() + (unreadable.size() == 1 ? " run cannot be read:" : " runs cannot be read:"));
            Console.say(People.table(
                    List.of("run", "because"),
                    unreadable.stream().map(u -> List.of(u.id(), u.reason())).toList()));
        }
        return 0;
    }

    private static String claims(RunView run) {
        if (run.claims().isEmpty()) {
            return "-";
        }
        long hold = run.claims().stream()
                .filter(c -> c.verdict() == Claim.Verdict.HOLDS)
                .count();
        int contradicted = run.contradicted().size();
        return hold + " of " + run.claims().size() + " hold"
                + (contradicted > 0 ? ", " + contradicted + " contradicted" : "");
    }
}
