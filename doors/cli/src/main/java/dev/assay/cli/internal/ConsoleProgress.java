package dev.assay.cli.internal;

import dev.assay.fault.OneLine;
import dev.assay.study.Consent;
import dev.assay.study.Event;
import dev.assay.study.EventListener;
import dev.assay.study.HostConsent;
import dev.assay.study.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a run on the console: a line a stage and, on a terminal, a bar below them; elsewhere a line
/// now and then.
final class ConsoleProgress implements EventListener, AutoCloseable {
    private static final int PARTS = 1000;
    private static final int UPDATE_MILLIS = 200;
    private static final int LOOK_MILLIS = 500;

    private final int nameWidth;
    private final int stages;
    private final Map<String, Double> shares = new LinkedHashMap<>();
    private final Map<String, String> doing = new LinkedHashMap<>();
    private @Nullable ProgressBar bar;
    private final InstantSource clock;
    private final ProgressLines lines;
    private @Nullable ScheduledExecutorService ticker;
    private int finished;

    /// @param every how often to say how far it is, where there is no terminal; zero for never
    ConsoleProgress(Plan plan, InstantSource clock, Duration every) {
        this.clock = clock;
        this.lines = new ProgressLines(every, clock.instant());
        this.stages = plan.stages().size();
        this.nameWidth =
                plan.stages().stream().mapToInt(s -> s.name().length()).max().orElse(1);
    }

    /// The same person, asked while no bar is drawn.
    HostConsent.Person asking(HostConsent.Person person) {
        return new HostConsent.Person() {
            @Override
            public boolean isThere() {
                return person.isThere();
            }

            @Override
            public boolean agrees(List<Consent.Request> requests) {
                pause(true);
                try {
                    return person.agrees(requests);
                } finally {
                    pause(false);
                }
            }

            @Override
            public void told(List<Consent.Request> requests) {
                pause(true);
                try {
                    person.told(requests);
                } finally {
                    pause(false);
                }
            }
        };
    }

    private synchronized void pause(boolean on) {
        ProgressBar open = bar;
        if (open != null && on) {
            open.pause();
            Console.error().print("\r\u001b[K");
        } else if (open != null) {
            open.resume();
        }
    }

    @Override
    public synchronized void on(Event event) {
        switch (event) {
            case Event.RunStarted e -> {
                Console.note("study " + e.study() + ", run " + e.run());
                if (Console.isTerminal()) {
                    bar = new ProgressBarBuilder()
                            .setTaskName("")
                            .setInitialMax((long) stages * PARTS)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(UPDATE_MILLIS)
                            .setMaxRenderedLength(Console.width() - 1)
                            .hideEta()
                            .setConsumer(new ConsoleProgressBarConsumer(Console.error(), Console.width() - 1))
                            .build();
                } else {
                    ticker = Executors.newSingleThreadScheduledExecutor(work ->
                            Thread.ofPlatform().daemon().name("progress").unstarted(work));
                    ticker.scheduleAtFixedRate(this::tick, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            case Event.StageStarted e -> {
                shares.put(e.stage(), 0.0);
                doing.remove(e.stage());
                if (!Console.isTerminal()) {
                    line(e.stage(), "started", e.kind());
                }
            }
            case Event.Progress e -> {
                shares.put(e.stage(), e.total() <= 0 ? 0 : Math.min(1, e.done() / (double) e.total()));
                doing.put(e.stage(), e.stage() + ": " + e.what());
            }
            case Event.StageReused e -> ended(e.stage(), "reused", "nothing it follows from has changed");
            case Event.Noted e -> line("run", "note", e.sentence());
            case Event.StageWaiting e -> {
                doing.put(e.stage(), e.stage() + ": waiting for " + e.holder());
                line(e.stage(), "waiting", "for " + e.holder());
            }
            case Event.EntryDamaged e -> line(e.stage(), "damaged", e.sentence());
            case Event.Warned e -> line(e.stage(), "warning", e.sentence());
            case Event.StageFinished e ->
                ended(
                        e.stage(),
                        "passed",
                        People.seconds(e.cost().wallMillis() / 1000.0) + ", peak memory "
                                + People.bytes(e.cost().peakMemoryBytes()));
            case Event.StageFailed e -> ended(e.stage(), "failed", "");
            case Event.StageSkipped e -> ended(e.stage(), "skipped", "stage '" + e.upstream() + "' failed");
            case Event.StageInterrupted e -> ended(e.stage(), "stopped", "");
            case Event.ResultChanged e ->
                line(e.stage(), "changed", e.violation().artefact() + " came out other than before");
            case Event.Announced e -> line(e.stage(), "note", announced(e));
            case Event.Measured e -> {}
            case Event.FigureShown e -> {}
            case Event.ListingShown e -> {}
            case Event.Counted e -> {}
            case Event.ClaimJudged e -> {}
            case Event.RunFinished e -> close();
        }
        lines.on(event);
        step();
    }

    /// Says what is due by now.
    synchronized void tick() {
        if (bar == null) {
            lines.due(clock.instant()).forEach(due -> line(due.stage(), due.how(), due.detail()));
        }
    }

    @Override
    public synchronized void close() {
        if (ticker != null) {
            ticker.shutdownNow();
            ticker = null;
        }
        ProgressBar open = bar;
        bar = null;
        if (open != null) {
            open.close();
            Console.error().print("\r\u001b[K");
        }
    }

    static String announced(Event.Announced e) {
        return e.seconds().isEmpty()
                ? e.work()
                : e.work() + ", about "
                        + ProgressLines.time(
                                Duration.ofMillis(Math.round(1000 * e.seconds().getAsDouble()))) + " on this machine";
    }

    private void ended(String stage, String how, String detail) {
        finished++;
        shares.remove(stage);
        doing.remove(stage);
        line(stage, how, detail);
    }

    private void line(String stage, String how, String detail) {
        if (bar != null) {
            Console.error().print("\r\u001b[K");
        }
        Console.note(("  " + stage + " ".repeat(Math.max(0, nameWidth - stage.length())) + "  " + pad(how) + "  "
                        + detail)
                .stripTrailing());
    }

    private void step() {
        if (bar != null) {
            double at = finished
                    + shares.values().stream().mapToDouble(Double::doubleValue).sum();
            bar.stepTo(Math.round(at * PARTS));
            bar.setExtraMessage(OneLine.of(String.join(", ", doing.values())));
        }
    }

    private static String pad(String how) {
        return how + " ".repeat(Math.max(0, 7 - how.length()));
    }
}
