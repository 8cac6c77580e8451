package dev.assay.study;

import dev.assay.engine.Engine;
import dev.assay.study.internal.run.Forecaster;
import dev.assay.study.internal.run.RunConsent;
import dev.assay.study.internal.run.RunSession;
import dev.assay.study.internal.run.StopSignal;
import java.time.Clock;
import java.util.List;

/// Carries out studies in a workspace.
///
/// ```java
/// Plan plan = Plan.of(StudyFile.parse(file));
/// try (Engine engine = LocalEngine.ofAllCores()) {
///     RunView run = Runner.of(workspace, engine, Clock.systemUTC(), RunSettings.DEFAULT,
///     listener).run(plan); }
/// ```
public final class Runner {
    private final Workspace workspace;
    private final Engine engine;
    private final Clock clock;
    private final RunSettings settings;
    private final EventListener listener;
    private final RunPage page;
    private final StopSignal stop = new StopSignal();

    private Runner(
            Workspace workspace,
            Engine engine,
            Clock clock,
            RunSettings settings,
            EventListener listener,
            RunPage page) {
        this.workspace = workspace;
        this.engine = engine;
        this.clock = clock;
        this.settings = settings;
        this.listener = listener;
        this.page = page;
    }

    /// A runner.
    ///
    /// @param workspace where results are kept
    /// @param engine    shared by all stages; not closed
    /// @param clock     for the times in receipts and events
    /// @param settings  how to run
    /// @param listener  told what happens
    public static Runner of(
            Workspace workspace, Engine engine, Clock clock, RunSettings settings, EventListener listener) {
        return new Runner(workspace, engine, clock, settings, listener, RunPage.none());
    }

    /// The same runner with a page that it leaves in the folder of each run.
    public Runner withPage(RunPage newPage) {
        return new Runner(workspace, engine, clock, settings, listener, newPage);
    }

    /// What [#run] would do with each stage, in the order of the plan. Writes nothing.
    public List<Forecast> forecast(Plan plan) {
        return new Forecaster(workspace, settings, clock).forecast(plan);
    }

    /// What the stages of a plan would send where, as far as their settings tell, whether or not it needs
    /// consent or their results are there.
    public List<Consent.Request> destinations(Plan plan) {
        return RunConsent.requests(plan);
    }

    /// Carries out a plan. Stages whose results are there are not run again; those that do not depend on each
    /// other run at once. A failed or stopped run is returned like any other: see [RunView#status()] and
    /// [RunView#exitCode()].
    ///
    /// If the calling thread is interrupted, the run stops as by [#stop()] and the thread is interrupted
    /// again on return.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if the workspace cannot be written; (CONSENT) if
    ///     something would be
    ///     sent that nobody agreed to, before anything has run
    public RunView run(Plan plan) {
        return new RunSession(workspace, engine, clock, settings, listener, page, stop, plan).run();
    }

    /// Stops the run from another thread, such as a shutdown hook, and waits until it is written down that it
    /// was stopped, though no longer than [#STOP_MILLIS]. Nothing half-done remains; the next run goes on
    /// from what was finished. Later calls of [#run] stop at once.
    public void stop() {
        stop.request();
        stop.awaitEnd(STOP_MILLIS);
    }

    /// How long [#stop()] waits.
    public static final long STOP_MILLIS = 15_000;
}
