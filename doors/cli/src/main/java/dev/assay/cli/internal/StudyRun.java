package dev.assay.cli.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.report.ReportPage;
import dev.assay.study.Claim;
import dev.assay.study.Consent;
import dev.assay.study.Forecast;
import dev.assay.study.Metric;
import dev.assay.study.Plan;
import dev.assay.study.RunView;
import dev.assay.study.Runner;
import dev.assay.study.StageView;
import dev.assay.study.StudyFile;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One study carried out from the command line: plan, bars, result, report, exit code.
final class StudyRun implements Callable<Integer> {
    /// Where the page lies in a run's folder.
    static final String REPORT = "report.html";

    private final StudyFile study;
    private final RunOptions options;
    private @Nullable RunView result;
    private @Nullable Fault noPage;

    private StudyRun(StudyFile study, RunOptions options) {
        this.study = study;
        this.options = options;
    }

    static StudyRun of(StudyFile study, RunOptions options) {
        return new StudyRun(study, options);
    }

    /// The run, after [#call()].
    RunView result() {
        return Objects.requireNonNull(result, "not run yet");
    }

    @Override
    public Integer call() {
        Plan plan = Plan.of(study);
        Workspace workspace = options.workspace().workspace();
        try (Engine engine = LocalEngine.of(options.threads());
                ConsoleProgress progress = new ConsoleProgress(plan, Clock.systemUTC(), options.progress())) {
            Runner runner = Runner.of(
                            workspace,
                            engine,
                            Clock.systemUTC(),
                            options.settings(progress.asking(TerminalConsent.ofProcess())),
                            progress)
                    .withPage((run, folder) -> page(run, workspace));
            if (options.dryRun()) {
                forecast(runner.forecast(plan));
                destinations(runner.destinations(plan));
                return 0;
            }
            RunView run = stoppable(runner, plan);
            result = run;
            progress.close();
            tell(run, workspace);
            return report(run, workspace);
        }
    }

    /// Writes the page. That it cannot be written is told after, and never instead of, what the run came to.
    private void page(RunView run, Workspace workspace) {
        try {
            ReportPage.write(RunReport.of(run, workspace), workspace.folder(run).resolve(REPORT));
        } catch (Fault fault) {
            noPage = fault;
        }
    }

    private int report(RunView run, Workspace workspace) {
        int code = options.exitCode(run);
        if (noPage != null) {
            Console.complain(noPage.getMessage());
            return code == 0 ? noPage.kind().exitCode() : code;
        }
        Console.say("report " + workspace.folder(run).resolve(REPORT));
        if (code == Fault.Kind.DRIFT_ALERT.exitCode()) {
            Console.complain("the run drifted from the one before; the report and 'assay show' say how.");
        }
        return code;
    }

    /// Ctrl-C and a polite kill stop the run in an orderly way; what is finished is kept.
    private static RunView stoppable(Runner runner, Plan plan) {
        AtomicBoolean ended = new AtomicBoolean();
        Thread hook = new Thread(() -> {
            if (!ended.get()) {
                runner.stop();
                Console.complain("interrupted; what is finished is kept, the same command goes on from there.");
                Runtime.getRuntime().halt(Fault.Kind.INTERRUPTED.exitCode());
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return runner.run(plan);
        } finally {
            ended.set(true);
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // The hook runs already and ends the process.
        }
    }

    private static void forecast(List<Forecast> forecasts) {
        List<List<String>> rows = new ArrayList<>();
        for (Forecast each : forecasts) {
            String action = switch (each.action()) {
                case RUN -> "run";
                case REUSE -> "reuse";
                case RUN_UNLESS_UNCHANGED -> "run unless unchanged";
            };
            rows.add(List.of(each.stage().name(), each.stage().description().kind(), action, each.reason()));
        }
        Console.say(People.table(List.of("stage", "kind", "would", "because"), rows));
    }

    private static void destinations(List<Consent.Request> requests) {
        if (!requests.isEmpty()) {
            Console.say("");
            Console.say("would send, if it runs:");
            Console.say(TerminalConsent.lines(requests));
        }
    }

    private void tell(RunView run, Workspace workspace) {
        for (StageView stage : run.stages()) {
            stage.failure().ifPresent(f -> {
                Console.complain("stage '" + stage.name() + "': " + f.sentence());
                if (options.workspace().trace() && stage.confidential()) {
                    Console.note("the trace is kept in " + workspace.trace(run, stage));
                } else if (options.workspace().trace()) {
                    trace(workspace.trace(run, stage));
                }
            });
            stage.violations()
                    .forEach(v -> Console.complain("stage '" + stage.name() + "': " + v.artefact()
                            + " came out other than before although nothing it follows from has changed."));
        }
        if (!run.claims().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            for (RunView.ClaimView claim : run.claims()) {
                rows.add(List.of(
                        claim.claim().id(),
                        claim.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        claim.measured().map(StudyRun::shown).orElse("-"),
                        claim.claim().side().name().toLowerCase(Locale.ROOT) + " "
                                + People.number(claim.claim().bound()),
                        claim.claim().says()));
            }
            Console.say(People.table(List.of("claim", "verdict", "measured", "claimed", ""), rows));
        }
        for (RunView.ClaimView claim : run.claims()) {
            if (claim.verdict() == Claim.Verdict.NOT_MEASURED
                    && claim.measured().isEmpty()) {
                run.stage(claim.claim().stage()).ifPresent(stage -> notMeasured(claim.claim(), stage));
            }
        }
        List<String> contradicted =
                run.contradicted().stream().map(c -> c.claim().id()).toList();
        if (!contradicted.isEmpty()) {
            Console.complain((contradicted.size() == 1 ? "a claim is" : contradicted.size() + " claims are")
                    + " contradicted by what was measured: " + String.join(", ", contradicted)
                    + "; mend what was measured or the claim, or give --claims=warn to end with 0.");
        }
        Console.say("run " + run.id() + " " + run.status().name().toLowerCase(Locale.ROOT));
    }

    /// A claim about something that a stage does not measure is never judged, which is told.
    private static void notMeasured(Claim claim, StageView stage) {
        if (stage.status() == StageView.Status.PASSED) {
            Console.complain("claim '" + claim.id() + "' was not judged: stage '" + stage.name() + "' has no metric '"
                    + claim.metric() + "'."
                    + Nearest.clause(
                            claim.metric(),
                            stage.metrics().stream().map(Metric::name).toList()));
        }
    }

    /// The trace that the run kept of a stage's failure.
    private static void trace(Path kept) {
        try {
            Console.quote(Files.readString(kept));
        } catch (IOException e) {
            Console.complain("the trace in " + kept + " cannot be read.");
        }
    }

    /// `0.912 [0.905, 0.919]`.
    static String shown(Metric metric) {
        String value = metric.value().map(People::number).orElse("absent");
        return metric.low()
                .flatMap(low ->
                        metric.high().map(high -> value + " [" + People.number(low) + ", " + People.number(high) + "]"))
                .orElse(value);
    }
}
